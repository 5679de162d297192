/* reloc_name.c -- names of relocations, for messages and listings; apart from relocate.c so that listings need no
 * loader.
 */
#include "loader/reloc_name.h"

static const char *const names[256] = {
#define RELOC(number, name, compute) [number] = #name,
#include "loader/reloc.def"
#undef RELOC
};

const char *reloc_name(unsigned type) { return type < 256 && names[type] ? names[type] : "unknown"; }
