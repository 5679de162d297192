/* object.h -- take apart the ELF object that code generation made: text with its constants, links, and the pc table. */
#ifndef XLATE_WORKER_OBJECT_H
#define XLATE_WORKER_OBJECT_H

#include <stddef.h>
#include "runtime/error.h"
#include "xlate/worker/unit_code.h"

int object_read(char *image, size_t size, struct unit_code *out, struct error *err);

#endif
