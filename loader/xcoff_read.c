/* xcoff_read.c -- check an XCOFF file and describe it in host terms [aix-abi 1.1-1.6].
 *
 * Nothing of the file is believed: every offset, size and count is compared with the file's length before use. What
 * real files do is tolerated: sections in any order and with odd flags, no F_DYNLOAD, any version stamp, text and data
 * that overlap because both are linked at 0. Sections that loading does not touch are not checked against the file,
 * since stripped files carry nonsense there.
 */
#include "loader/xcoff_read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/xcoff.h"

static bool inside(const struct xcoff_image *image, uint64_t offset, uint64_t length)
{
    return offset <= image->size && length <= image->size - offset;
}

static int malformed(struct error *err, const char *what)
{
    return error_set(err, ENOEXEC, "malformed XCOFF: %s", what);
}

int xcoff_width(const uint8_t *data, uint64_t size)
{
    if (size < 2)
        return 0;
    unsigned magic = data[0] << 8 | data[1];
    return magic == XCOFF_MAGIC32 ? 32 : magic == XCOFF_MAGIC64 ? 64 : 0;
}

static int read_file_header(struct xcoff_image *image, struct error *err)
{
    int width = xcoff_width(image->data, image->size);
    if (width == 0) {
        unsigned magic = image->size < 2 ? 0 : image->data[0] << 8 | image->data[1];
        if (magic == XCOFF_MAGIC64_OLD)
            return error_set(err, ENOEXEC, "64-bit XCOFF of AIX 4.3 (magic 0x1ef), which AIX 5 does not run either");
        return error_set(err, ENOEXEC, "not an XCOFF module (magic 0x%x)", magic);
    }
    image->is64 = width == 64;
    if (image->is64) {
        const struct xcoff_filehdr64 *h = (const void *)image->data;
        if (!inside(image, 0, sizeof *h))
            return malformed(err, "file header is cut off");
        image->magic = be_get(h->f_magic);
        image->nsections = be_get(h->f_nscns);
        image->timdat = be_get(h->f_timdat);
        image->symptr = be_get(h->f_symptr);
        image->nsyms = be_get(h->f_nsyms);
        image->opthdr = be_get(h->f_opthdr);
        image->flags = be_get(h->f_flags);
        return 0;
    }
    const struct xcoff_filehdr32 *h = (const void *)image->data;
    if (!inside(image, 0, sizeof *h))
        return malformed(err, "file header is cut off");
    image->magic = be_get(h->f_magic);
    image->nsections = be_get(h->f_nscns);
    image->timdat = be_get(h->f_timdat);
    image->symptr = be_get(h->f_symptr);
    image->nsyms = be_get(h->f_nsyms);
    image->opthdr = be_get(h->f_opthdr);
    image->flags = be_get(h->f_flags);
    return 0;
}

/* Fields of the same name in both widths. */
#define READ_AUX(h) \
    do { \
        struct xcoff_aux *a = &image->aux; \
        a->vstamp = be_get((h)->o_vstamp); \
        a->tsize = be_get((h)->o_tsize); \
        a->dsize = be_get((h)->o_dsize); \
        a->bsize = be_get((h)->o_bsize); \
        a->entry = be_get((h)->o_entry); \
        a->text_start = be_get((h)->o_text_start); \
        a->data_start = be_get((h)->o_data_start); \
        a->toc = be_get((h)->o_toc); \
        a->maxstack = be_get((h)->o_maxstack); \
        a->maxdata = be_get((h)->o_maxdata); \
        a->snentry = be_get((h)->o_snentry); \
        a->sntext = be_get((h)->o_sntext); \
        a->sndata = be_get((h)->o_sndata); \
        a->sntoc = be_get((h)->o_sntoc); \
        a->snloader = be_get((h)->o_snloader); \
        a->snbss = be_get((h)->o_snbss); \
        a->algntext = be_get((h)->o_algntext); \
        a->algndata = be_get((h)->o_algndata); \
        a->sntdata = be_get((h)->o_sntdata); \
        a->sntbss = be_get((h)->o_sntbss); \
        a->flags = (h)->o_flags; \
        memcpy(a->modtype, (h)->o_modtype, 2); \
    } while (0)

/* A file header may announce a shorter auxiliary header (objects: 28 bytes); that one says nothing about loading. */
static int read_aux_header(struct xcoff_image *image, struct error *err)
{
    uint64_t at = image->is64 ? sizeof(struct xcoff_filehdr64) : sizeof(struct xcoff_filehdr32);
    if (!inside(image, at, image->opthdr))
        return malformed(err, "auxiliary header is cut off");
    if (image->is64 && image->opthdr >= XCOFF_AUX64_LEAST) {
        struct xcoff_aux64 h = { 0 };
        memcpy(&h, image->data + at, image->opthdr < sizeof h ? image->opthdr : sizeof h);
        READ_AUX(&h);
        image->aux.x64flags = be_get(h.o_x64flags);
        image->has_aux = true;
    } else if (!image->is64 && image->opthdr >= sizeof(struct xcoff_aux32)) {
        const struct xcoff_aux32 *h = (const void *)(image->data + at);
        READ_AUX(h);
        if (image->aux.entry == UINT32_MAX)     /* "none" reads the same in both widths */
            image->aux.entry = UINT64_MAX;
        image->has_aux = true;
    }
    return 0;
}

#define READ_SECTION(s, h) \
    do { \
        memcpy((s)->name, (h)->s_name, 8); \
        (s)->paddr = be_get((h)->s_paddr); \
        (s)->vaddr = be_get((h)->s_vaddr); \
        (s)->size = be_get((h)->s_size); \
        (s)->scnptr = be_get((h)->s_scnptr); \
        (s)->relptr = be_get((h)->s_relptr); \
        (s)->lnnoptr = be_get((h)->s_lnnoptr); \
        (s)->nreloc = be_get((h)->s_nreloc); \
        (s)->nlnno = be_get((h)->s_nlnno); \
        (s)->flags = be_get((h)->s_flags); \
    } while (0)

static int read_sections(struct xcoff_image *image, struct error *err)
{
    uint64_t header = image->is64 ? sizeof(struct xcoff_filehdr64) : sizeof(struct xcoff_filehdr32);
    uint64_t each = image->is64 ? sizeof(struct xcoff_scnhdr64) : sizeof(struct xcoff_scnhdr32);
    uint64_t at = header + image->opthdr;
    if (!inside(image, at, each * image->nsections))
        return malformed(err, "section headers are cut off");
    image->sections = calloc(image->nsections + 1, sizeof *image->sections);
    if (!image->sections)
        return error_set(err, ENOMEM, "no memory for section headers");
    for (unsigned i = 0; i < image->nsections; i++) {
        const uint8_t *p = image->data + at + each * i;
        if (image->is64)
            READ_SECTION(&image->sections[i], (const struct xcoff_scnhdr64 *)p);
        else
            READ_SECTION(&image->sections[i], (const struct xcoff_scnhdr32 *)p);
    }
    return 0;
}

/* The section with that number; NULL for number 0 or when its contents (has_bytes) are not in the file. */
static int take_section(const struct xcoff_image *image, unsigned number, bool has_bytes, const char *what,
                        const struct xcoff_section **out, struct error *err)
{
    *out = NULL;
    if (number == 0)
        return 0;
    if (number > image->nsections)
        return error_set(err, ENOEXEC, "malformed XCOFF: %s is said to be section %u of %u", what, number,
                         image->nsections);
    const struct xcoff_section *s = &image->sections[number - 1];
    uint64_t top = image->is64 ? UINT64_MAX : UINT32_MAX;
    if (has_bytes && s->size != 0 && !inside(image, s->scnptr, s->size))
        return error_set(err, ENOEXEC, "malformed XCOFF: %s lies outside the file", what);
    if (s->vaddr > top || s->size > top - s->vaddr)
        return error_set(err, ENOEXEC, "malformed XCOFF: %s wraps around the address space", what);
    *out = s;
    return 0;
}

static int find_sections(struct xcoff_image *image, struct error *err)
{
    const struct xcoff_aux *a = &image->aux;
    if (!image->has_aux)
        return 0;
    if (take_section(image, a->sntext, true, "text", &image->text, err) < 0 ||
        take_section(image, a->sndata, true, "data", &image->data_section, err) < 0 ||
        take_section(image, a->snbss, false, "bss", &image->bss, err) < 0 ||
        take_section(image, a->sntdata, true, "thread-local data", &image->tdata, err) < 0 ||
        take_section(image, a->sntbss, false, "thread-local bss", &image->tbss, err) < 0 ||
        take_section(image, a->snloader, true, "loader section", &image->loader, err) < 0)
        return -1;
    return 0;
}

struct loader_layout {          /* header of the loader section, both widths */
    uint64_t nsyms, nreloc, istlen, nimpid, stlen, impoff, stoff, symoff, reloff;
};

static int read_loader_header(struct xcoff_image *image, struct loader_layout *l, struct error *err)
{
    uint64_t size = image->loader->size;
    if (size < (image->is64 ? sizeof(struct xcoff_ldhdr64) : sizeof(struct xcoff_ldhdr32)))
        return malformed(err, "loader header is cut off");
    const uint8_t *base = image->data + image->loader->scnptr;
    if (image->is64) {
        const struct xcoff_ldhdr64 *h = (const void *)base;
        image->loader_version = be_get(h->l_version);
        *l = (struct loader_layout){ be_get(h->l_nsyms), be_get(h->l_nreloc), be_get(h->l_istlen), be_get(h->l_nimpid),
                                     be_get(h->l_stlen), be_get(h->l_impoff), be_get(h->l_stoff), be_get(h->l_symoff),
                                     be_get(h->l_rldoff) };
    } else {
        const struct xcoff_ldhdr32 *h = (const void *)base;
        image->loader_version = be_get(h->l_version);
        *l = (struct loader_layout){ be_get(h->l_nsyms), be_get(h->l_nreloc), be_get(h->l_istlen), be_get(h->l_nimpid),
                                     be_get(h->l_stlen), be_get(h->l_impoff), be_get(h->l_stoff), sizeof *h, 0 };
        l->reloff = l->symoff + l->nsyms * sizeof(struct xcoff_ldsym32);
    }
    return 0;
}

/* A table inside the loader section. Where an empty one is said to be does not matter, so it is put at the start. */
static bool within(uint64_t size, uint64_t *offset, uint64_t length)
{
    if (length == 0)
        *offset = 0;
    return *offset <= size && length <= size - *offset;
}

static int check_loader_layout(const struct xcoff_image *image, struct loader_layout *l, struct error *err)
{
    uint64_t size = image->loader->size;
    uint64_t reloc_size = image->is64 ? sizeof(struct xcoff_ldrel64) : sizeof(struct xcoff_ldrel32);
    if (!within(size, &l->symoff, l->nsyms * sizeof(struct xcoff_ldsym32)))
        return malformed(err, "loader symbols lie outside the loader section");
    if (!within(size, &l->reloff, l->nreloc * reloc_size))
        return malformed(err, "loader relocations lie outside the loader section");
    if (!within(size, &l->impoff, l->istlen))
        return malformed(err, "import files lie outside the loader section");
    if (!within(size, &l->stoff, l->stlen))
        return malformed(err, "loader strings lie outside the loader section");
    if (l->nimpid > l->istlen / 3)
        return malformed(err, "more import files than their table can hold");
    return 0;
}

/* Triples of NUL-terminated strings. */
static int read_import_files(struct xcoff_image *image, const struct loader_layout *l, struct error *err)
{
    const char *p = (const char *)image->data + image->loader->scnptr + l->impoff, *end = p + l->istlen;
    image->imports = calloc(l->nimpid + 1, sizeof *image->imports);
    if (!image->imports)
        return error_set(err, ENOMEM, "no memory for import files");
    for (uint64_t i = 0; i < l->nimpid; i++) {
        const char *part[3];
        for (int k = 0; k < 3; k++) {
            const char *nul = p < end ? memchr(p, 0, (size_t)(end - p)) : NULL;
            if (!nul)
                return malformed(err, "the table of import files is cut off");
            part[k] = p;
            p = nul + 1;
        }
        image->imports[i] = (struct xcoff_import_file){ part[0], part[1], part[2] };
    }
    image->nimports = (uint32_t)l->nimpid;
    return 0;
}

static int string_at(const struct xcoff_image *image, const struct loader_layout *l, uint32_t offset,
                     struct xcoff_symbol *s, struct error *err)
{
    const char *strings = (const char *)image->data + image->loader->scnptr + l->stoff;
    if (offset >= l->stlen)
        return malformed(err, "name of a loader symbol lies outside the loader strings");
    const char *nul = memchr(strings + offset, 0, l->stlen - offset);
    if (!nul)
        return malformed(err, "name of a loader symbol has no end");
    s->name = strings + offset;
    s->name_length = (uint32_t)(nul - s->name);
    return 0;
}

static int read_symbol32(const struct xcoff_image *image, const struct loader_layout *l,
                         const struct xcoff_ldsym32 *raw, struct xcoff_symbol *s, struct error *err)
{
    *s = (struct xcoff_symbol){ .value = be_get(raw->l_value), .scnum = (int16_t)be_get(raw->l_scnum),
                                .smtype = raw->l_smtype, .smclas = raw->l_smclas, .ifile = be_get(raw->l_ifile),
                                .parm = be_get(raw->l_parm) };
    be32 word[2];
    memcpy(word, raw->l_name, sizeof word);
    if (be_get(word[0]) == 0)
        return string_at(image, l, be_get(word[1]), s, err);
    s->name = (const char *)raw->l_name;
    s->name_length = (uint32_t)strnlen(s->name, sizeof raw->l_name);
    return 0;
}

static int read_symbol64(const struct xcoff_image *image, const struct loader_layout *l,
                         const struct xcoff_ldsym64 *raw, struct xcoff_symbol *s, struct error *err)
{
    *s = (struct xcoff_symbol){ .value = be_get(raw->l_value), .scnum = (int16_t)be_get(raw->l_scnum),
                                .smtype = raw->l_smtype, .smclas = raw->l_smclas, .ifile = be_get(raw->l_ifile),
                                .parm = be_get(raw->l_parm) };
    return string_at(image, l, be_get(raw->l_offset), s, err);
}

static int check_symbol(const struct xcoff_image *image, const struct xcoff_symbol *s, uint64_t nimpid,
                        struct error *err)
{
    if ((s->smtype & XL_IMPORT) && s->ifile != 0 && s->ifile >= nimpid)
        return error_set(err, ENOEXEC, "malformed XCOFF: symbol %.*s is imported from file %u of %u",
                         (int)s->name_length, s->name, s->ifile, (unsigned)nimpid);
    if (!(s->smtype & XL_IMPORT) && s->scnum > (int)image->nsections)
        return error_set(err, ENOEXEC, "malformed XCOFF: symbol %.*s lies in section %d of %u", (int)s->name_length,
                         s->name, s->scnum, image->nsections);
    return 0;
}

static int read_symbols(struct xcoff_image *image, const struct loader_layout *l, struct error *err)
{
    const uint8_t *raw = image->data + image->loader->scnptr + l->symoff;
    image->symbols = calloc(l->nsyms + 1, sizeof *image->symbols);
    if (!image->symbols)
        return error_set(err, ENOMEM, "no memory for loader symbols");
    for (uint64_t i = 0; i < l->nsyms; i++, raw += sizeof(struct xcoff_ldsym32)) {
        struct xcoff_symbol *s = &image->symbols[i];
        int r = image->is64 ? read_symbol64(image, l, (const void *)raw, s, err)
                            : read_symbol32(image, l, (const void *)raw, s, err);
        if (r < 0 || check_symbol(image, s, l->nimpid, err) < 0)
            return -1;
    }
    image->nsymbols = (uint32_t)l->nsyms;
    return 0;
}

struct xcoff_reloc xcoff_reloc(const struct xcoff_image *image, uint32_t i)
{
    if (image->is64) {
        const struct xcoff_ldrel64 *r = (const void *)(image->reloc_records + i * sizeof *r);
        uint16_t type = be_get(r->l_rtype);
        return (struct xcoff_reloc){be_get(r->l_vaddr), (int32_t)be_get(r->l_symndx), (uint8_t)type,
                                    (uint8_t)(type >> 8), be_get(r->l_rsecnm)};
    }
    const struct xcoff_ldrel32 *r = (const void *)(image->reloc_records + i * sizeof *r);
    uint16_t type = be_get(r->l_rtype);
    return (struct xcoff_reloc){ be_get(r->l_vaddr), (int32_t)be_get(r->l_symndx), (uint8_t)type, (uint8_t)(type >> 8),
                                 be_get(r->l_rsecnm) };
}

/* Each relocation names an existing symbol and a place whose whole field lies inside a section that has bytes. */
static int check_relocs(struct xcoff_image *image, const struct loader_layout *l, struct error *err)
{
    image->reloc_records = image->data + image->loader->scnptr + l->reloff;
    for (uint32_t i = 0; i < l->nreloc; i++) {
        struct xcoff_reloc r = xcoff_reloc(image, i);
        if (r.symndx < XREL_TBSS ||
            (r.symndx >= XREL_FIRST_SYMBOL && (uint32_t)(r.symndx - XREL_FIRST_SYMBOL) >= l->nsyms))
            return error_set(err, ENOEXEC, "malformed XCOFF: loader relocation %u names symbol %d", i, r.symndx);
        const struct xcoff_section *s =
            r.rsecnm >= 1 && r.rsecnm <= image->nsections ? &image->sections[r.rsecnm - 1] : NULL;
        if (!s || (s != image->text && s != image->data_section && s != image->tdata))
            return error_set(err, ENOEXEC, "malformed XCOFF: loader relocation %u is in section %u", i, r.rsecnm);
        uint64_t length = ((r.size & 0x3f) + 8) / 8;
        if (r.vaddr < s->vaddr || s->size < length || r.vaddr - s->vaddr > s->size - length)
            return error_set(err, ENOEXEC, "malformed XCOFF: loader relocation %u lies outside section %u", i,
                             r.rsecnm);
    }
    image->nrelocs = (uint32_t)l->nreloc;
    return 0;
}

static int read_loader_section(struct xcoff_image *image, struct error *err)
{
    struct loader_layout l;
    if (!image->loader)
        return 0;
    if (read_loader_header(image, &l, err) < 0 || check_loader_layout(image, &l, err) < 0 ||
        read_import_files(image, &l, err) < 0 || read_symbols(image, &l, err) < 0 || check_relocs(image, &l, err) < 0)
        return -1;
    image->has_loader = true;
    return 0;
}

int xcoff_read(struct xcoff_image *image, const uint8_t *data, uint64_t size, struct error *err)
{
    *image = (struct xcoff_image){ .data = data, .size = size };
    if (read_file_header(image, err) < 0 || read_aux_header(image, err) < 0 || read_sections(image, err) < 0 ||
        find_sections(image, err) < 0 || read_loader_section(image, err) < 0) {
        xcoff_free(image);
        return -1;
    }
    return 0;
}

void xcoff_free(struct xcoff_image *image)
{
    free(image->sections);
    free(image->symbols);
    free(image->imports);
    image->sections = NULL;
    image->symbols = NULL;
    image->imports = NULL;
}

bool xcoff_import_is_kernel(const struct xcoff_import_file *f)
{
    return (strcmp(f->path, "/") == 0 && strcmp(f->base, "unix") == 0) || (!f->path[0] && strcmp(f->base, "/unix") == 0);
}

void xcoff_import_name(const struct xcoff_import_file *f, char *out, size_t size)
{
    const char *slash = f->path[0] && strcmp(f->path, "/") != 0 ? "/" : "";
    if (f->member[0])
        snprintf(out, size, "%s%s%s(%s)", f->path, slash, f->base, f->member);
    else
        snprintf(out, size, "%s%s%s", f->path, slash, f->base);
}
