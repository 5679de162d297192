/* object.c -- take apart the ELF object that code generation made.
 *
 * Wanted are the bytes of .text with the read-only constants laid behind it, pc-relative references between the two (jump tables,
 * too) resolved; the places that refer to link slots, and those that hold addresses of guest code; and the line table, whose "lines" are
 * guest instructions (codegen.h).
 * Everything else in the object is dropped. A relocation of another kind means that LLVM made something a cached unit cannot have
 * (a call of libm, an absolute address): that is an error which names it.
 */
#include "xlate/worker/object.h"

#include <elfutils/libdw.h>
#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include "xlate/worker/codegen.h"

enum { MAX_SECTIONS = 64, ADDEND_MAX = 1 << 15 };

struct object {
    Elf *elf;
    size_t section_count;
    Elf_Scn *symbols;
    int64_t placed[MAX_SECTIONS];       /* where in out->text the section was laid; -1: nowhere */
    struct unit_code *out;
};

static const char *section_name(struct object *o, Elf_Scn *scn)
{
    size_t names;
    GElf_Shdr header;
    if (elf_getshdrstrndx(o->elf, &names) || !gelf_getshdr(scn, &header))
        return "";
    const char *name = elf_strptr(o->elf, names, header.sh_name);
    return name ? name : "";
}

static bool is_constant_section(const char *name, const GElf_Shdr *header)
{
    return header->sh_type == SHT_PROGBITS && !strncmp(name, ".rodata", 7);
}

/* Lay one section at the end of text. */
static int place(struct object *o, Elf_Scn *scn, const GElf_Shdr *header, struct error *err)
{
    struct unit_code *out = o->out;
    size_t align = header->sh_addralign ? header->sh_addralign : 1;
    if (align > UNIT_CODE_ALIGN)
        return error_set(err, 0, "translated code: section %s is aligned to %zu", section_name(o, scn), align);
    size_t start = (out->size + align - 1) / align * align;
    Elf_Data *data = elf_getdata(scn, NULL);
    if (!data)
        return error_set(err, 0, "translated code: %s", elf_errmsg(-1));
    uint8_t *text = realloc(out->text, start + data->d_size + UNIT_CODE_ALIGN);
    if (!text)
        return error_set(err, ENOMEM, "translated code: out of memory");
    memset(text + out->size, 0xcc, start - out->size);
    memcpy(text + start, data->d_buf, data->d_size);
    out->text = text;
    out->size = start + data->d_size;
    o->placed[elf_ndxscn(scn)] = (int64_t)start;
    return 0;
}

/* First the code, so that the entry is at 0; then the constants. */
static int place_sections(struct object *o, struct error *err)
{
    for (int pass = 0; pass < 2; pass++) {
        for (Elf_Scn *scn = NULL; (scn = elf_nextscn(o->elf, scn));) {
            GElf_Shdr header;
            const char *name = section_name(o, scn);
            if (!gelf_getshdr(scn, &header) || elf_ndxscn(scn) >= MAX_SECTIONS)
                return error_set(err, 0, "translated code: not a readable object");
            if (header.sh_type == SHT_SYMTAB)
                o->symbols = scn;
            bool wanted = pass ? is_constant_section(name, &header) : !strcmp(name, ".text");
            if (!wanted || header.sh_size == 0)
                continue;
            if (place(o, scn, &header, err))
                return -1;
        }
    }
    return 0;
}

static int add_link(struct object *o, const char *symbol, uint32_t offset, struct error *err)
{
    struct unit_code *out = o->out;
    struct unit_link *links = realloc(out->links, (out->link_count + 1) * sizeof *links);
    if (!links)
        return error_set(err, ENOMEM, "translated code: out of memory");
    out->links = links;
    links[out->link_count++] = (struct unit_link){offset, strtoull(symbol + strlen(SLOT_PREFIX), NULL, 16)};
    return 0;
}

/* Signed words cannot be moved everywhere: LLVM does not make them, since no address is wanted as more than a word. */
static int add_move(struct object *o, const char *symbol, const GElf_Rela *rela, size_t field, struct error *err)
{
    struct unit_code *out = o->out;
    unsigned type = GELF_R_TYPE(rela->r_info);
    if ((type != R_X86_64_32 && type != R_X86_64_64) || labs(rela->r_addend) > ADDEND_MAX)
        return error_set(err, EDOM, "translated code: relocation type %u against %s%+ld", type, symbol, (long)rela->r_addend);
    struct unit_move *moves = realloc(out->moves, (out->move_count + 1) * sizeof *moves);
    if (!moves)
        return error_set(err, ENOMEM, "translated code: out of memory");
    uint64_t address = strtoull(symbol + strlen(ADDRESS_PREFIX), NULL, 16) + (uint64_t)rela->r_addend;
    uint32_t size = type == R_X86_64_32 ? 4 : 8;
    out->moves = moves;
    moves[out->move_count++] = (struct unit_move){(uint32_t)field, size};
    memcpy(out->text + field, &address, size);
    return 0;
}

static int apply(struct object *o, size_t base, const GElf_Rela *rela, struct error *err)
{
    GElf_Sym symbol;
    GElf_Shdr header;
    unsigned type = GELF_R_TYPE(rela->r_info);
    if (!gelf_getshdr(o->symbols, &header) ||
        !gelf_getsym(elf_getdata(o->symbols, NULL), (int)GELF_R_SYM(rela->r_info), &symbol))
        return error_set(err, 0, "translated code: relocation without symbol");
    const char *name = elf_strptr(o->elf, header.sh_link, symbol.st_name);
    size_t field = base + rela->r_offset;
    if (symbol.st_shndx == SHN_UNDEF && !strncmp(name, ADDRESS_PREFIX, strlen(ADDRESS_PREFIX)))
        return add_move(o, name, rela, field, err);
    if (type != R_X86_64_PC32 && type != R_X86_64_PLT32)
        return error_set(err, 0, "translated code: relocation type %u against %s", type, name);

    if (symbol.st_shndx == SHN_UNDEF) {
        if (strncmp(name, SLOT_PREFIX, strlen(SLOT_PREFIX)) || rela->r_addend != -4)
            return error_set(err, 0, "translated code: reference to %s%+ld", name, (long)rela->r_addend);
        memset(o->out->text + field, 0, 4);
        return add_link(o, name, (uint32_t)field, err);
    }
    if (symbol.st_shndx >= MAX_SECTIONS || o->placed[symbol.st_shndx] < 0)
        return error_set(err, 0, "translated code: reference to section %u (%s)", symbol.st_shndx, name);
    int32_t value = (int32_t)(o->placed[symbol.st_shndx] + (int64_t)symbol.st_value + rela->r_addend - (int64_t)field);
    memcpy(o->out->text + field, &value, sizeof value);
    return 0;
}

static int apply_relocations(struct object *o, struct error *err)
{
    for (Elf_Scn *scn = NULL; (scn = elf_nextscn(o->elf, scn));) {
        GElf_Shdr header;
        if (!gelf_getshdr(scn, &header) || header.sh_type != SHT_RELA || header.sh_info >= MAX_SECTIONS)
            continue;
        int64_t base = o->placed[header.sh_info];
        if (base < 0)
            continue;
        Elf_Data *data = elf_getdata(scn, NULL);
        GElf_Rela rela;
        for (int i = 0; gelf_getrela(data, i, &rela); i++)
            if (apply(o, (size_t)base, &rela, err))
                return -1;
    }
    return 0;
}

/* Links and moves begin with their offsets. */
static int by_offset(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void add_pc(struct unit_code *out, uint32_t host, int32_t guest)
{
    if (out->pc_count && out->pcs[out->pc_count - 1].host == host)
        out->pc_count--;
    if (out->pc_count && out->pcs[out->pc_count - 1].guest == (uint32_t)guest)
        return;
    out->pcs[out->pc_count++] = (struct unit_pc){host, (uint32_t)guest};
}

/* Line 0 (code of no instruction in particular) goes with the instruction before it: such code does not fault. */
static int read_lines(struct object *o, struct error *err)
{
    Dwarf *dwarf = dwarf_begin_elf(o->elf, DWARF_C_READ, NULL);
    if (!dwarf)
        return error_set(err, 0, "translated code: line table: %s", dwarf_errmsg(-1));
    Dwarf_Off offset = 0, next;
    size_t header_size, count = 0;
    Dwarf_Die die;
    Dwarf_Lines *lines = NULL;
    int result = -1;
    if (dwarf_nextcu(dwarf, offset, &next, &header_size, NULL, NULL, NULL) || !dwarf_offdie(dwarf, header_size, &die) ||
        dwarf_getsrclines(&die, &lines, &count)) {
        error_set(err, 0, "translated code: line table: %s", dwarf_errmsg(-1));
        goto done;
    }
    o->out->pcs = calloc(count + 1, sizeof *o->out->pcs);
    if (!o->out->pcs) {
        error_set(err, ENOMEM, "translated code: out of memory");
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        Dwarf_Line *line = dwarf_onesrcline(lines, i);
        Dwarf_Addr address;
        int number;
        bool end;
        if (!dwarf_lineaddr(line, &address) && !dwarf_lineno(line, &number) && !dwarf_lineendsequence(line, &end) && !end && number)
            add_pc(o->out, (uint32_t)address, (number - LINE_OF_ENTRY) * 4);
    }
    result = 0;
done:
    dwarf_end(dwarf);
    return result;
}

static int take_apart(struct object *o, struct error *err)
{
    struct unit_code *out = o->out;
    if (place_sections(o, err))
        return -1;
    if (!out->size || !o->symbols)
        return error_set(err, 0, "translated code: no text");
    if (apply_relocations(o, err) || read_lines(o, err))
        return -1;
    if (out->link_count)
        qsort(out->links, out->link_count, sizeof *out->links, by_offset);
    if (out->move_count)
        qsort(out->moves, out->move_count, sizeof *out->moves, by_offset);
    size_t padded = (out->size + UNIT_CODE_ALIGN - 1) / UNIT_CODE_ALIGN * UNIT_CODE_ALIGN;
    memset(out->text + out->size, 0xcc, padded - out->size);
    out->size = padded;
    return 0;
}

int object_read(char *image, size_t size, struct unit_code *out, struct error *err)
{
    elf_version(EV_CURRENT);
    struct object o = {.out = out, .elf = elf_memory(image, size)};
    if (!o.elf)
        return error_set(err, 0, "translated code: %s", elf_errmsg(-1));
    memset(o.placed, 0xff, sizeof o.placed);
    int result = take_apart(&o, err);
    elf_end(o.elf);
    return result;
}
