/* helpers.h -- numbers of the C functions of helpers.def in cpu->helpers. */
#ifndef XLATE_ISA_HELPERS_H
#define XLATE_ISA_HELPERS_H

/* A function that leaves all registers of the host as they were: a call of it on a cold path costs the hot path nothing. Its result is
 * left in memory, for the register that would hold it is kept, too. */
#define KEEPS_REGISTERS __attribute__((preserve_all))

enum helper_id {
#define HELPER(name, result, arguments) HELPER_##name,
#include "xlate/isa/helpers.def"
#undef HELPER
    HELPER_COUNT,
};

#endif
