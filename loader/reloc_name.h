/* reloc_name.h -- names of relocations. */
#ifndef LOADER_RELOC_NAME_H
#define LOADER_RELOC_NAME_H

/* "R_POS" and so on; "unknown" for numbers that are no relocation. */
const char *reloc_name(unsigned type);

#endif
