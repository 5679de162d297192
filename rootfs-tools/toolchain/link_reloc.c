/* link_reloc.c -- contents made to fit the addresses chosen, and the relocations left for load time.
 *
 * A word that holds an address (R_POS, R_NEG of pointer width) in .data gets a loader relocation, since the module may
 * be moved; .text is never relocated at load time, so an address of another module there is an error. Differences (an
 * R_POS/R_NEG pair at one place: jump tables) need none. [aix-abi 1.6]
 */
#include "rootfs-tools/toolchain/link.h"

#include <stdlib.h>
#include <string.h>

enum { NOP = 0x60000000, NOP_CROR31 = 0x4ffffb82, NOP_CROR15 = 0x4def7b82, TRAP = 0x7fe00008 };

/* ---- loader symbols */

void link_number_loader_symbols(struct link *l, struct symbol ***list, unsigned *count)
{
    struct symbol **v = link_alloc((l->nsymbols + 2) * sizeof *v);
    unsigned n = 0;
    if (l->rtinit) {
        struct symbol *s = link_symbol(l, "__rtinit");
        s->def = l->rtinit;
        s->exported = true;
        v[n++] = s;
    }
    if (!l->noentry)
        v[n++] = link_symbol(l, l->entry);
    for (unsigned i = 0; i < l->nexports; i++)
        if (!(n && v[0] == l->exports[i]) && !(n > 1 && v[1] == l->exports[i]))
            v[n++] = l->exports[i];
    for (unsigned i = 0; i < l->nsymbols; i++) {
        struct symbol *s = l->symbols[i];
        if (s->import_used && !s->def && !s->exported)
            v[n++] = s;
    }
    for (unsigned i = 0; i < n; i++)
        v[i]->loader_index = i + 3;
    *list = v;
    *count = n;
}

/* ---- fields */

static uint64_t read_field(const uint8_t *p, unsigned bytes)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < bytes; i++)
        v = v << 8 | p[i];
    return v;
}

static void write_field(uint8_t *p, unsigned bytes, uint64_t v)
{
    for (unsigned i = bytes; i-- > 0; v >>= 8)
        p[i] = (uint8_t)v;
}

static const char *where(const struct csect *cs)
{
    return link_format("%s(%s)", cs->obj ? cs->obj->name : "(linker)", cs->name);
}

static void add_loader_reloc(struct link *l, uint64_t va, uint32_t symndx, const struct reloc *r, unsigned section)
{
    struct loader_reloc e = {va, symndx, (uint16_t)((r->size & 0x3f) << 8 | r->type), (uint16_t)section};
    LINK_APPEND(l->relocs, l->nrelocs, l->relocs_cap, e);
}

/* The number by which loader relocations name a section: .tdata and .tbss count down from -1. */
static uint32_t section_symbol(const struct csect *cs)
{
    return cs->kind == K_TDATA ? (uint32_t)-1 : cs->kind == K_TBSS ? (uint32_t)-2 : cs->kind;
}

/* Half of a difference of two places of one section: does the other half stand at the same offset? */
static bool is_paired(struct link *l, const struct csect *cs, unsigned i, const struct target *t)
{
    for (unsigned step = 0; step < 2; step++) {
        unsigned j = step ? i + 1 : i - 1;
        if (j >= cs->nrelocs || cs->relocs[j].off != cs->relocs[i].off ||
            cs->relocs[j].type != (cs->relocs[i].type ^ 1))
            continue;
        struct target other = link_target(l, cs->relocs[j].to);
        if (other.kind == T_PLACE && t->kind == T_PLACE && other.cs->kind == t->cs->kind)
            return true;
    }
    return false;
}

static void relocate_address(struct link *l, struct csect *cs, unsigned i, const struct target *t)
{
    const struct reloc *r = &cs->relocs[i];
    unsigned bytes = ((r->size & 0x3f) + 8) / 8;
    uint64_t delta = link_target_address(t) - r->to->value, old = read_field(cs->data + r->off, bytes);
    if (t->kind == T_GLINK ||
        (cs->kind == K_DWARF && (t->kind != T_PLACE || (t->cs->kind != K_DWARF && !t->cs->live && !t->cs->merged))))
        delta = -r->to->value;
    if (r->type == R_REL)
        delta -= cs->addr - cs->old_va;
    write_field(cs->data + r->off, bytes, r->type == R_NEG ? old - delta : old + delta);
    bool absolute = t->kind == T_NOTHING || t->kind == T_FIXED;
    if (absolute || cs->kind == K_DWARF || bytes != pointer_size(l) || r->type == R_REL || is_paired(l, cs, i, t))
        return;
    if (t->kind == T_GLINK) {
        link_error(l, "%s: address of the code of imported %s", where(cs), t->sym->name);
    } else if (cs->kind == K_TEXT && t->kind == T_IMPORT) {
        link_error(l, "%s: read-only csect holds the address of imported %s", where(cs), t->sym->name);
    } else if (cs->kind == K_TEXT) {
        if (l->shared)
            link_error(l, "%s: read-only csect holds an address, which a shared object cannot have", where(cs));
    } else {
        uint32_t sym = t->kind == T_IMPORT ? t->sym->loader_index : section_symbol(t->cs);
        add_loader_reloc(l, cs->addr + r->off, sym, r, cs->kind == K_TDATA ? 5 : 2);
    }
}

static bool is_nop(uint32_t word) { return word == NOP || word == NOP_CROR31 || word == NOP_CROR15; }

/* After a call through a stub the caller's TOC pointer has to be fetched back from its frame. */
static void restore_toc_after_call(struct link *l, struct csect *cs, const struct reloc *r, uint32_t word,
                                   const struct symbol *callee)
{
    if (!(word & 1))
        return;
    if (r->off + 8 <= cs->size && is_nop(get32(cs->data + r->off + 4)))
        set32(cs->data + r->off + 4, l->is64 ? 0xe8410028 : 0x80410014);
    else
        link_warning("%s: no nop after the call of imported %s: the TOC pointer is not restored", where(cs),
                     callee->name);
}

static void relocate_branch(struct link *l, struct csect *cs, const struct reloc *r, const struct target *t)
{
    uint8_t *p = cs->data + r->off;
    uint32_t word = get32(p);
    if (t->kind == T_FIXED) {
        set32(p, (word & ~0x3fffffcu) | 2 | (t->sym->fixed_address & 0x3fffffc));
        return;
    }
    if (t->kind == T_NOTHING) { /* an undefined weak function */
        set32(p, TRAP);
        return;
    }
    int64_t old = (int32_t)((word & 0x3fffffc) << 6) >> 6;
    uint64_t addend = (uint64_t)old + cs->old_va + r->off - r->to->value;
    int64_t distance = (int64_t)(link_target_address(t) + addend - (cs->addr + r->off));
    if (distance < -0x2000000 || distance >= 0x2000000)
        link_error(l, "%s: branch to %s is out of range", where(cs), t->sym ? t->sym->name : t->cs->name);
    set32(p, (word & ~0x3fffffeu) | ((uint32_t)distance & 0x3fffffc));
    if (t->kind == T_GLINK)
        restore_toc_after_call(l, cs, r, word, t->sym);
}

static void relocate_absolute_branch(struct link *l, struct csect *cs, const struct reloc *r, const struct target *t)
{
    if (t->kind != T_FIXED)
        link_error(l, "%s: absolute branch to %s, which has no fixed address", where(cs),
                   t->sym ? t->sym->name : t->cs->name);
    else
        relocate_branch(l, cs, r, t);
}

/* ld, std, lwa and the pair forms keep the two low bits of their displacement field for the opcode. */
static unsigned opcode_bits(const struct csect *cs, const struct reloc *r)
{
    unsigned opcode = r->off >= 2 ? cs->data[r->off - 2] >> 2 : 0;
    return opcode == 58 || opcode == 62 || opcode == 57 || opcode == 61 ? 3 : 0;
}

static void relocate_toc(struct link *l, struct csect *cs, const struct reloc *r, const struct target *t)
{
    if (t->kind != T_PLACE) {
        link_error(l, "%s: %s is reached through the TOC but not defined in this module", where(cs), t->sym->name);
        return;
    }
    int64_t distance = (int64_t)(link_target_address(t) - l->toc);
    uint16_t field = get16(cs->data + r->off), keep = field & opcode_bits(cs, r);
    if (r->type == R_TOCU)
        field = (uint16_t)((distance + 0x8000) >> 16);
    else
        field = (uint16_t)distance | keep;
    if (r->type != R_TOCU && r->type != R_TOCL && (distance < -0x8000 || distance >= 0x8000))
        link_error(l, "%s: the TOC is larger than 64 KiB: compile with -mcmodel=large", where(cs));
    set16(cs->data + r->off, field);
}

/* The loader fills these in: the offset of a thread-local variable, the handle of its module. [aix-abi 1.10] */
static void relocate_tls(struct link *l, struct csect *cs, const struct reloc *r, const struct target *t)
{
    uint32_t sym = t->kind == T_IMPORT ? t->sym->loader_index : t->kind == T_PLACE ? section_symbol(t->cs) : 0;
    bool handle = r->type == R_TLSM || r->type == R_TLSML;
    unsigned bytes = pointer_size(l);
    write_field(cs->data + r->off, bytes, handle ? 0 : link_target_address(t));
    add_loader_reloc(l, cs->addr + r->off, sym, r, 2);
}

static void relocate_one(struct link *l, struct csect *cs, unsigned i)
{
    const struct reloc *r = &cs->relocs[i];
    struct target t = link_target(l, r->to);
    switch (r->type) {
    case R_REF:
        break;
    case R_POS:
    case R_NEG:
    case R_REL:
    case R_RL:
    case R_RLA:
        relocate_address(l, cs, i, &t);
        break;
    case R_BR:
    case R_RBR:
        relocate_branch(l, cs, r, &t);
        break;
    case R_BA:
    case R_RBA:
    case R_RBAC:
        relocate_absolute_branch(l, cs, r, &t);
        break;
    case R_TOC:
    case R_TRL:
    case R_TRLA:
    case R_TOCU:
    case R_TOCL:
        relocate_toc(l, cs, r, &t);
        break;
    case R_TLS:
    case R_TLS_IE:
    case R_TLS_LD:
    case R_TLS_LE:
    case R_TLSM:
    case R_TLSML:
        relocate_tls(l, cs, r, &t);
        break;
    default:
        link_error(l, "%s: relocation type 0x%x is not supported", where(cs), r->type);
    }
}

void link_relocate(struct link *l)
{
    static const uint8_t order[] = {K_TEXT, K_DATA, K_TDATA, K_DWARF};
    for (unsigned k = 0; k < sizeof order; k++)
        for (unsigned i = 0; i < l->section[order[k]].n; i++) {
            struct csect *cs = l->section[order[k]].v[i];
            for (unsigned j = 0; j < cs->nrelocs; j++)
                relocate_one(l, cs, j);
        }
    for (unsigned i = 0; i < l->glinks.n; i++) {
        struct csect *stub = l->glinks.v[i];
        set16(stub->data + 2, link_find(l, stub->name + 1)->slot->addr - l->toc);
    }
}
