/* helpers.h -- numbers of the C functions of helpers.def in cpu->helpers. */
#ifndef XLATE_ISA_HELPERS_H
#define XLATE_ISA_HELPERS_H

enum helper_id {
#define HELPER(name, result, arguments) HELPER_##name,
#include "xlate/isa/helpers.def"
#undef HELPER
    HELPER_COUNT,
};

#endif
