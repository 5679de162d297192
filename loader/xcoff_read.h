/* xcoff_read.h -- an XCOFF module in memory, checked once, in one host-endian shape for both widths.
 *
 * After xcoff_read() succeeded, every pointer, count and index in struct xcoff_image is good: users need no further
 * checks against the file. Addresses are still untrusted numbers.
 */
#ifndef LOADER_XCOFF_READ_H
#define LOADER_XCOFF_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/error.h"

struct xcoff_section {
    char name[9];
    uint64_t paddr, vaddr, size, scnptr, relptr, lnnoptr;
    uint32_t nreloc, nlnno, flags;
};

struct xcoff_aux {
    unsigned vstamp;
    uint64_t tsize, dsize, bsize, entry, text_start, data_start, toc, maxstack, maxdata;
    unsigned snentry, sntext, sndata, sntoc, snloader, snbss, sntdata, sntbss;
    unsigned algntext, algndata;            /* log2 */
    char modtype[3];
    unsigned flags, x64flags;
};

struct xcoff_symbol {               /* a loader symbol */
    const char *name;               /* name_length bytes, not NUL-terminated */
    uint32_t name_length;
    uint32_t ifile, parm;
    uint64_t value;
    int scnum;
    uint8_t smtype, smclas;
};

struct xcoff_import_file { const char *path, *base, *member; };

struct xcoff_reloc {                /* a loader relocation */
    uint64_t vaddr;
    int32_t symndx;
    uint8_t type, size;             /* size: bit 7 signed, bit 6 fixed up, low 6 bits length - 1 */
    uint16_t rsecnm;
};

struct xcoff_image {
    const uint8_t *data;
    uint64_t size;
    bool is64, has_aux, has_loader;
    uint16_t magic, flags, opthdr;
    uint32_t timdat, nsyms;
    uint64_t symptr;
    struct xcoff_aux aux;           /* zeros when there is none */
    unsigned nsections;
    struct xcoff_section *sections; /* [n-1] is section number n */

    /* The sections loading works with, by the numbers in the auxiliary header; NULL when the module has none. */
    const struct xcoff_section *text, *data_section, *bss, *tdata, *tbss, *loader;

    uint32_t loader_version;
    uint32_t nsymbols, nrelocs, nimports;
    struct xcoff_symbol *symbols;
    struct xcoff_import_file *imports;      /* [0]: the module's library search path in `path` */
    const uint8_t *reloc_records;
};

/* Check the module in data[0..size) and describe it in *image, which points into data. -1 when malformed. Objects
 * without auxiliary header or loader section are described as far as they go. */
int xcoff_read(struct xcoff_image *image, const uint8_t *data, uint64_t size, struct error *err);
void xcoff_free(struct xcoff_image *image);

/* Loader relocation i < nrelocs. */
struct xcoff_reloc xcoff_reloc(const struct xcoff_image *image, uint32_t i);

/* What an import file names: the kernel's exports, or "path/base(member)" as text. */
bool xcoff_import_is_kernel(const struct xcoff_import_file *f);
void xcoff_import_name(const struct xcoff_import_file *f, char *out, size_t size);

/* Width of the module whose first bytes these are: 32, 64, or 0 when it is none that AIX 5 loads. */
int xcoff_width(const uint8_t *data, uint64_t size);

#endif
