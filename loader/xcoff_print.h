/* xcoff_print.h -- what is in an XCOFF module or an AIX archive, as text for people.
 */
#ifndef LOADER_XCOFF_PRINT_H
#define LOADER_XCOFF_PRINT_H

#include <stdint.h>
#include <stdio.h>
#include "runtime/error.h"

/* Headers, sections, imports, exports and a summary of relocations of the module, or of each member of the archive, in
 * the host file `path`. -1 when it cannot be read or is malformed; what was good until there has been printed. */
int xcoff_print(const char *path, FILE *out, struct error *err);

/* The same for bytes in memory; `name` heads the text. */
int xcoff_print_bytes(const char *name, const uint8_t *data, uint64_t size, FILE *out, struct error *err);

#endif
