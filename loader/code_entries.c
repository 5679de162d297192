/* code_entries.c -- where functions of a loaded module begin.
 *
 * Sources, each of which may be missing: relocated words in data that point into text (function descriptors [aix-abi 1.6], tables of
 * functions); symbols of the loader section and of the symbol table that stand for code (XCOFF object file format: csect auxiliary
 * entry); traceback tables, which stand behind a word of zeros at the end of a function and tell its length (<sys/debug.h>); and
 * the table of functions that every Go program carries (internal/abi and runtime/symtab.go of the Go sources), its symbols being
 * usually stripped. That table is complete, and Go's constants, to which thousands of relocated words point, lie in text as well: where it
 * is, nothing else is looked at.
 */
#include "loader/code_entries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "loader/xcoff.h"
#include "runtime/address_space.h"
#include "runtime/copyio.h"

struct finder {
    const struct module *m;
    struct code_entries *out;
    size_t room;
    gva lo, hi;                 /* text in the guest */
    const uint8_t *text;        /* in the file; code is not relocated */
    bool failed;
    function_visitor *visit;    /* is told instead of `out` */
    void *context;
};

void code_text(const struct module *m, gva *lo, gva *hi)
{
    const struct xcoff_section *s = m->image.text;

    *lo = s ? s->vaddr + m->text_delta : 0;
    *hi = s ? *lo + s->size : 0;
}

static void add_function(struct finder *f, gva pc, gva end, const char *name, size_t length)
{
    if (pc < f->lo || pc >= f->hi || pc % 4)
        return;
    if (f->visit) {
        f->visit(f->context, pc, end, name, length);
        return;
    }
    if (f->out->count == f->room) {
        size_t room = f->room ? 2 * f->room : 1024;
        gva *grown = realloc(f->out->pcs, room * sizeof *grown);
        if (!grown) {
            f->failed = true;
            return;
        }
        f->out->pcs = grown;
        f->room = room;
    }
    f->out->pcs[f->out->count++] = pc;
}

static void add(struct finder *f, gva pc) { add_function(f, pc, 0, NULL, 0); }

static uint64_t big(const uint8_t *p, unsigned size)
{
    uint64_t n = 0;

    for (unsigned i = 0; i < size; i++)
        n = n << 8 | p[i];
    return n;
}

/* The words are in guest memory as the loader left them: bound and relocated. */
static void from_data(struct finder *f)
{
    const struct xcoff_image *x = &f->m->image;
    unsigned word = x->is64 ? 8 : 4;

    for (uint32_t i = 0; i < x->nrelocs; i++) {
        struct xcoff_reloc r = xcoff_reloc(x, i);
        gva at = r.vaddr + f->m->data_delta;
        if (&x->sections[r.rsecnm - 1] == x->data_section && (r.size & 0x3f) + 1u == 8 * word && at >= f->m->data_start &&
            at + word <= f->m->data_end)
            add(f, big(g2h(at), word));
    }
}

static void from_loader_symbols(struct finder *f)
{
    const struct xcoff_image *x = &f->m->image;

    for (uint32_t i = 0; i < x->nsymbols; i++) {
        const struct xcoff_symbol *s = &x->symbols[i];
        if (!(s->smtype & XL_IMPORT) && s->scnum > 0 && &x->sections[s->scnum - 1] == x->text)
            add_function(f, s->value + f->m->text_delta, 0, s->name, s->name_length);
    }
}

/* Exported functions: their symbols name descriptors, whose first word is the code. */
static void from_exported_descriptors(struct finder *f)
{
    const struct xcoff_image *x = &f->m->image;

    for (uint32_t i = 0; i < x->nsymbols; i++) {
        const struct xcoff_symbol *s = &x->symbols[i];
        uint64_t code;
        if (!(s->smtype & XL_IMPORT) && s->smclas == XMC_DS && s->scnum > 0 && &x->sections[s->scnum - 1] == x->data_section &&
            copyin_long(&code, s->value + f->m->data_delta) == 0)
            add_function(f, code, 0, s->name, s->name_length);
    }
}

/* Symbols of code: section definitions and labels of the classes of code. */
static bool names_code(const uint8_t *aux)
{
    unsigned type = aux[10] & 7, class = aux[11];

    return (type == XTY_SD || type == XTY_LD) && (class == XMC_PR || class == XMC_GL || class == XMC_XO);
}

/* Of a symbol table's entry: in it, or in the string table, which starts with its own size. */
static const char *symbol_name(const struct xcoff_image *x, const uint8_t *entry, size_t *length)
{
    uint64_t strings = x->symptr + (uint64_t)x->nsyms * XCOFF_SYMENT_SIZE;
    uint64_t at = x->is64 ? big(entry + 8, 4) : big(entry + 4, 4);

    *length = 0;
    if (!x->is64 && big(entry, 4)) {
        *length = strnlen((const char *)entry, 8);
        return (const char *)entry;
    }
    if (x->size - strings < 4 || at >= big(x->data + strings, 4) || at >= x->size - strings)
        return NULL;
    *length = strnlen((const char *)x->data + strings + at, x->size - strings - at);
    return (const char *)x->data + strings + at;
}

static void from_symbol_table(struct finder *f)
{
    const struct xcoff_image *x = &f->m->image;

    if (x->symptr > x->size || (uint64_t)x->nsyms * XCOFF_SYMENT_SIZE > x->size - x->symptr)
        return;
    for (uint64_t i = 0; i < x->nsyms;) {
        const uint8_t *e = x->data + x->symptr + i * XCOFF_SYMENT_SIZE;
        unsigned class = e[16], aux = e[17];
        int section = (int16_t)big(e + 12, 2);
        if ((class == C_EXT || class == C_HIDEXT || class == C_WEAKEXT) && aux && i + aux < x->nsyms && section > 0 &&
            (unsigned)section <= x->nsections && &x->sections[section - 1] == x->text && names_code(e + aux * XCOFF_SYMENT_SIZE)) {
            size_t length;
            const char *name = symbol_name(x, e, &length);
            add_function(f, (x->is64 ? big(e, 8) : big(e + 8, 4)) + f->m->text_delta, 0, name, length);
        }
        i += 1 + aux;
    }
}

/* What follows the eight fixed bytes of a traceback table [aix-abi 1.9]: parameter types when there are parameters, the offset, the mask
 * of handlers, controlled storage, the name; all but the offset may be missing. */
struct traceback {
    uint32_t function_length;
    const char *name;
    size_t name_length;
};

static void traceback_name(const uint8_t *table, size_t size, size_t at, struct traceback *t)
{
    enum { FLAGS = 2, MORE_FLAGS = 3, CONTROLLED_STORAGE = 8, HANDLER = 0x80, HAS_NAME = 0x40 };

    at += table[MORE_FLAGS] & HANDLER ? 4 : 0;
    if (table[FLAGS] & CONTROLLED_STORAGE && at + 4 <= size)
        at += 4 + 4 * big(table + at, 4);
    if (!(table[MORE_FLAGS] & HAS_NAME) || at > size || size - at < 2 || big(table + at, 2) > size - at - 2)
        return;
    t->name_length = big(table + at, 2);
    t->name = (const char *)table + at + 2;
}

static bool traceback_read(const uint8_t *table, size_t size, struct traceback *t)
{
    enum { VERSION = 0, HAS_OFFSET = 2, FIXED_PARAMETERS = 6, FLOAT_PARAMETERS = 7, HEAD = 8, OFFSET_BIT = 0x20 };

    *t = (struct traceback){ 0 };
    if (size < HEAD || table[VERSION] != 0 || !(table[HAS_OFFSET] & OFFSET_BIT))
        return false;
    size_t at = HEAD + (table[FIXED_PARAMETERS] || table[FLOAT_PARAMETERS] >> 1 ? 4 : 0);
    if (size < at + 4)
        return false;
    t->function_length = (uint32_t)big(table + at, 4);
    traceback_name(table, size, at + 4, t);
    return true;
}

static void from_traceback_tables(struct finder *f)
{
    size_t size = f->hi - f->lo;
    struct traceback t;

    for (size_t at = 4; at + 4 <= size; at += 4)
        if (big(f->text + at, 4) == 0 && traceback_read(f->text + at + 4, size - at - 4, &t) && t.function_length &&
            t.function_length <= at && t.function_length % 4 == 0)
            add_function(f, f->lo + at - t.function_length, f->lo + at, t.name, t.name_length);
}

/* Go's table of functions. Its header: magic of Go 1.18 or 1.20 on, two zeros, the size of an instruction, that of a pointer; then
 * words of 8 bytes. A function: its offset from the start of text, and that of a record, which begins with the same and the offset of
 * its name. */
struct go_table {
    const uint8_t *at;
    uint64_t size;
    uint64_t count, text, names, functions;
};
enum { GO_HEADER = 72, GO_COUNT = 8, GO_TEXT = 24, GO_NAMES = 32, GO_FUNCTIONS = 64, GO_PAIR = 8 };

static const uint8_t *find_go_header(const struct xcoff_image *x, const uint8_t **end)
{
    static const uint8_t heads[][8] = { { 0xff, 0xff, 0xff, 0xf0, 0, 0, 4, 8 }, { 0xff, 0xff, 0xff, 0xf1, 0, 0, 4, 8 } };

    for (unsigned i = 0; x->is64 && i < x->nsections; i++) {
        const struct xcoff_section *s = &x->sections[i];
        const uint8_t *begin = x->data + s->scnptr;
        if ((s != x->text && s != x->data_section) || s->size < GO_HEADER)
            continue;
        *end = begin + s->size;
        for (const uint8_t *p = begin; p + GO_HEADER <= *end; p += 8)
            if (!memcmp(p, heads[0], 8) || !memcmp(p, heads[1], 8))
                return p;
    }
    return NULL;
}

static bool find_go_table(const struct xcoff_image *x, struct go_table *t)
{
    const uint8_t *end, *at = find_go_header(x, &end);

    if (!at)
        return false;
    *t = (struct go_table){ .at = at, .size = (uint64_t)(end - at), .count = big(at + GO_COUNT, 8), .text = big(at + GO_TEXT, 8),
                            .names = big(at + GO_NAMES, 8), .functions = big(at + GO_FUNCTIONS, 8) };
    return t->names < t->size && t->functions <= t->size && t->count <= (t->size - t->functions) / GO_PAIR;
}

bool code_entries_of_go(const struct module *m)
{
    struct go_table t;

    return find_go_table(&m->image, &t);
}

/* A name in the record of function i; NULL when it is not in the table. */
static const char *go_name(const struct go_table *t, uint64_t i)
{
    uint64_t record = t->functions + big(t->at + t->functions + i * GO_PAIR + 4, 4);

    if (record > t->size - 8)
        return NULL;
    uint64_t name = t->names + big(t->at + record + 4, 4);
    return name < t->size && memchr(t->at + name, 0, t->size - name) ? (const char *)t->at + name : NULL;
}

static bool is_go_runtime(const char *name)
{
    static const char *const prefixes[] = { "runtime.", "runtime/", "internal/", "_rt0_", "sync" };

    for (size_t i = 0; name && i < ARRAY_LEN(prefixes); i++)
        if (!strncmp(name, prefixes[i], strlen(prefixes[i])))
            return true;
    return false;
}

static void from_go(struct finder *f, bool runtime_only)
{
    struct go_table t;

    if (!find_go_table(&f->m->image, &t))
        return;
    gva base = t.text ? t.text + f->m->text_delta : f->lo;
    for (uint64_t i = 0; i < t.count; i++) {
        const char *name = go_name(&t, i);
        if (!runtime_only || is_go_runtime(name))
            add_function(f, base + big(t.at + t.functions + i * GO_PAIR, 4), 0, name, name ? strlen(name) : 0);
    }
}

static int by_address(const void *a, const void *b)
{
    gva x = *(const gva *)a, y = *(const gva *)b;

    return x < y ? -1 : x > y;
}

static void sort(struct code_entries *e)
{
    size_t kept = 0;

    qsort(e->pcs, e->count, sizeof *e->pcs, by_address);
    for (size_t i = 0; i < e->count; i++)
        if (!kept || e->pcs[kept - 1] != e->pcs[i])
            e->pcs[kept++] = e->pcs[i];
    e->count = kept;
}

static bool begin(struct finder *f, const struct module *m)
{
    *f = (struct finder){ .m = m };
    if (!m->image.text || !m->image.text->size)
        return false;
    code_text(m, &f->lo, &f->hi);
    f->text = m->image.data + m->image.text->scnptr;
    return true;
}

static int finish(struct finder *f, struct error *err)
{
    if (f->failed) {
        free(f->out->pcs);
        return error_set(err, ENOMEM, "%s: out of memory for its functions", f->m->name);
    }
    if (f->out->count)
        sort(f->out);
    return 0;
}

int code_entries_find(const struct module *m, struct code_entries *out, struct error *err)
{
    struct finder f;

    *out = (struct code_entries){ .count = 0 };
    if (!begin(&f, m))
        return 0;
    f.out = out;
    if (code_entries_of_go(m)) {
        from_go(&f, false);
    } else {
        from_data(&f);
        from_loader_symbols(&f);
        from_symbol_table(&f);
        from_traceback_tables(&f);
    }
    return finish(&f, err);
}

int code_entries_of_go_runtime(const struct module *m, struct code_entries *out, struct error *err)
{
    struct finder f;

    *out = (struct code_entries){ .count = 0 };
    if (!begin(&f, m))
        return 0;
    f.out = out;
    from_go(&f, true);
    return finish(&f, err);
}

void code_functions(const struct module *m, function_visitor *visit, void *context)
{
    struct finder f;

    if (!begin(&f, m))
        return;
    f.visit = visit;
    f.context = context;
    if (code_entries_of_go(m)) {
        from_go(&f, false);
        return;
    }
    from_loader_symbols(&f);
    from_exported_descriptors(&f);
    from_symbol_table(&f);
    from_traceback_tables(&f);
}
