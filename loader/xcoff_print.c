/* xcoff_print.c -- `aixrun --headers FILE`.
 *
 * Names in the file are printed with what could disturb a terminal replaced by dots.
 */
#include "loader/xcoff_print.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "loader/big_archive.h"
#include "loader/reloc_name.h"
#include "loader/xcoff.h"
#include "loader/xcoff_read.h"
#include "runtime/cleanup.h"

static void put_name(FILE *out, const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        fputc((unsigned char)name[i] < ' ' || (unsigned char)name[i] >= 0x7f ? '.' : name[i], out);
}

static void put_string(FILE *out, const char *s) { put_name(out, s, strlen(s)); }

static void print_flags(const struct xcoff_image *image, FILE *out)
{
    static const struct { unsigned bit; const char *name; } names[] = {
        { XF_RELFLG, "RELFLG" }, { XF_EXEC, "EXEC" },     { XF_LNNO, "LNNO" },         { XF_DSA, "DSA" },
        { XF_DYNLOAD, "DYNLOAD" }, { XF_SHROBJ, "SHROBJ" }, { XF_LOADONLY, "LOADONLY" },
    };
    fprintf(out, "  flags 0x%04x", image->flags);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (image->flags & names[i].bit)
            fprintf(out, " %s", names[i].name);
    fputc('\n', out);
}

static void print_aux(const struct xcoff_aux *a, FILE *out)
{
    fprintf(out, "  module type %s, version stamp %u\n", a->modtype, a->vstamp);
    fprintf(out, "  text 0x%" PRIx64 " size 0x%" PRIx64 " align %u\n", a->text_start, a->tsize, a->algntext);
    fprintf(out, "  data 0x%" PRIx64 " size 0x%" PRIx64 " align %u, bss size 0x%" PRIx64 "\n", a->data_start, a->dsize,
            a->algndata, a->bsize);
    if (a->entry == 0 || a->entry == UINT64_MAX)
        fprintf(out, "  no entry point");
    else
        fprintf(out, "  entry descriptor 0x%" PRIx64, a->entry);
    fprintf(out, ", TOC 0x%" PRIx64 "\n", a->toc);
    fprintf(out, "  maxdata 0x%" PRIx64 ", maxstack 0x%" PRIx64 "\n", a->maxdata, a->maxstack);
    fprintf(out, "  sections: entry %u text %u data %u toc %u loader %u bss %u tdata %u tbss %u\n", a->snentry,
            a->sntext, a->sndata, a->sntoc, a->snloader, a->snbss, a->sntdata, a->sntbss);
}

static void print_sections(const struct xcoff_image *image, FILE *out)
{
    fprintf(out, "  %-3s %-8s %-18s %-12s %-10s %-10s %s\n", "no", "name", "address", "size", "offset", "flags",
            "relocs");
    for (unsigned i = 0; i < image->nsections; i++) {
        const struct xcoff_section *s = &image->sections[i];
        fprintf(out, "  %-3u ", i + 1);
        put_string(out, s->name);
        fprintf(out, "%*s 0x%-16" PRIx64 " 0x%-10" PRIx64 " 0x%-8" PRIx64 " 0x%08x %u\n", (int)(8 - strlen(s->name)),
                "", s->vaddr, s->size, s->scnptr, s->flags, s->nreloc);
    }
}

static void print_import_file(const struct xcoff_import_file *f, FILE *out)
{
    if (f->path[0]) {
        put_string(out, f->path);
        if (strcmp(f->path, "/") != 0)
            fputc('/', out);
    }
    put_string(out, f->base);
    if (f->member[0]) {
        fputc('(', out);
        put_string(out, f->member);
        fputc(')', out);
    }
}

static void print_symbol(const struct xcoff_image *image, const struct xcoff_symbol *s, FILE *out)
{
    static const char *const class_names[] = {"PR", "RO",   "DB",     "TC", "UA", "RW", "GL", "XO",
                                              "SV", "BS",   "DS",     "UC", "TI", "TB", "14", "TC0",
                                              "TD", "SV64", "SV3264", "19", "TL", "UL", "TE"};
    fprintf(out, "    ");
    put_name(out, s->name, s->name_length);
    if (s->smclas < ARRAY_LEN(class_names))
        fprintf(out, " %s", class_names[s->smclas]);
    else
        fprintf(out, " class %u", s->smclas);
    if (s->smtype & XL_WEAK)
        fprintf(out, " weak");
    if (s->smtype & XL_ENTRY)
        fprintf(out, " entry");
    if (!(s->smtype & XL_IMPORT) || s->smclas == XMC_XO)
        fprintf(out, " 0x%" PRIx64 " section %d", s->value, s->scnum);
    if (s->smtype & XL_IMPORT) {
        fprintf(out, " from ");
        if (s->ifile == 0)
            fprintf(out, "deferred");
        else
            print_import_file(&image->imports[s->ifile], out);
    }
    fputc('\n', out);
}

static void print_symbols(const struct xcoff_image *image, uint8_t kind, const char *title, FILE *out)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < image->nsymbols; i++)
        count += (image->symbols[i].smtype & kind) != 0;
    fprintf(out, "  %u %s\n", count, title);
    for (uint32_t i = 0; i < image->nsymbols; i++)
        if (image->symbols[i].smtype & kind)
            print_symbol(image, &image->symbols[i], out);
}

/* One line per kind of relocation and section that occurs. */
static void print_reloc_summary(const struct xcoff_image *image, FILE *out)
{
    struct { uint16_t type, section; uint32_t count; } seen[64];
    unsigned kinds = 0;
    uint32_t other = 0;
    for (uint32_t i = 0; i < image->nrelocs; i++) {
        struct xcoff_reloc r = xcoff_reloc(image, i);
        uint16_t type = (uint16_t)(r.size << 8 | r.type);
        unsigned k = 0;
        while (k < kinds && (seen[k].type != type || seen[k].section != r.rsecnm))
            k++;
        if (k == kinds && kinds == ARRAY_LEN(seen)) {
            other++;
            continue;
        }
        if (k == kinds) {
            seen[kinds].type = type;
            seen[kinds].section = r.rsecnm;
            seen[kinds++].count = 0;
        }
        seen[k].count++;
    }
    fprintf(out, "  %u loader relocations\n", image->nrelocs);
    for (unsigned k = 0; k < kinds; k++)
        fprintf(out, "    %s %u bits, section %u: %u\n", reloc_name(seen[k].type & 0xff),
                (seen[k].type >> 8 & 0x3f) + 1, seen[k].section, seen[k].count);
    if (other)
        fprintf(out, "    further kinds: %u\n", other);
}

static void print_loader(const struct xcoff_image *image, FILE *out)
{
    fprintf(out, "  loader section version %u: %u symbols, %u relocations, %u import files\n", image->loader_version,
            image->nsymbols, image->nrelocs, image->nimports);
    for (uint32_t i = 0; i < image->nimports; i++) {
        fprintf(out, i == 0 ? "    0 library path " : "    %u ", i);
        if (i == 0)
            put_string(out, image->imports[0].path);
        else
            print_import_file(&image->imports[i], out);
        fputc('\n', out);
    }
    print_symbols(image, XL_IMPORT, "imports", out);
    print_symbols(image, XL_EXPORT, "exports", out);
    print_reloc_summary(image, out);
}

static int print_module(const char *name, const uint8_t *data, uint64_t size, FILE *out, struct error *err)
{
    struct xcoff_image image;
    if (xcoff_read(&image, data, size, err) < 0)
        return error_wrap(err, "%s", name);
    put_string(out, name);
    fprintf(out, ": %d-bit XCOFF, magic 0x%x\n  %u symbols, %u sections, auxiliary header of %u bytes\n",
            image.is64 ? 64 : 32, image.magic, image.nsyms, image.nsections, image.opthdr);
    print_flags(&image, out);
    if (image.has_aux)
        print_aux(&image.aux, out);
    print_sections(&image, out);
    if (image.has_loader)
        print_loader(&image, out);
    xcoff_free(&image);
    return 0;
}

/* Members that are no XCOFF (import files, symbol lists) are listed only. */
static int print_archive(const char *name, const uint8_t *data, uint64_t size, FILE *out, struct error *err)
{
    struct archive ar;
    struct archive_member m;
    if (archive_open(&ar, data, size, err) < 0)
        return error_wrap(err, "%s", name);
    put_string(out, name);
    fprintf(out, ": %s archive\n", ar.big ? "big" : "small");
    int r;
    while ((r = archive_next(&ar, &m, err)) > 0) {
        char member[256];
        snprintf(member, sizeof member, "%.*s", (int)m.name_length, m.name);
        fprintf(out, "member ");
        put_string(out, member);
        fprintf(out, ": %" PRIu64 " bytes at %" PRIu64 ", mode %" PRIo64 "\n", m.size, m.offset, m.mode);
        if (xcoff_width(data + m.offset, m.size) != 0 && print_module(member, data + m.offset, m.size, out, err) < 0)
            return error_wrap(err, "%s", name);
    }
    return r < 0 ? error_wrap(err, "%s", name) : 0;
}

int xcoff_print_bytes(const char *name, const uint8_t *data, uint64_t size, FILE *out, struct error *err)
{
    return archive_is(data, size) ? print_archive(name, data, size, out, err)
                                  : print_module(name, data, size, out, err);
}

int xcoff_print(const char *path, FILE *out, struct error *err)
{
    close_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode) || st.st_size == 0)
        return error_set(err, ENOEXEC, "%s: no XCOFF module or archive", path);
    void *data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    int r = xcoff_print_bytes(path, data, (uint64_t)st.st_size, out, err);
    munmap(data, (size_t)st.st_size);
    return r;
}
