/* function_name.h -- which function an address lies in, for reports: its name and where it begins. */
#ifndef LOADER_FUNCTION_NAME_H
#define LOADER_FUNCTION_NAME_H

#include <stddef.h>
#include "loader/module.h"

struct function_place {
    const struct module *module;        /* NULL: the address is in no module's text */
    gva start;                          /* 0: no table tells */
    char name[256];                     /* "" when there is none; without the dot that code has in front; cut off */
};

/* From symbols, traceback tables and Go's table. Takes no lock and allocates nothing: for a process about to end. */
void function_at(gva pc, struct function_place *place);

#endif
