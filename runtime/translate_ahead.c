/* translate_ahead.c -- `aixrun --translate`.
 *
 * The program is loaded as for a run, since translations are found by address and bytes: libraries then lie where they will lie. Of
 * each module two sets of instructions are kept: those of its functions, from each entry to the next or to the zeros before a traceback
 * table, and those that are in the cache afterwards. Programs that may handle synchronous signals run with other translations from
 * then on (dispatch_require_precise()); they get both kinds. Go's do so when their run-time system has been set up: of the first kind
 * they get that.
 *
 * `--coverage` counts the same for what is in the cache already.
 */
#include "runtime/translate_ahead.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "loader/code_entries.h"
#include "loader/xcoff.h"
#include "runtime/address_space.h"
#include "runtime/cleanup.h"
#include "xlate/run/ahead.h"
#include "xlate/run/dispatch.h"
#include "xlate/run/unit.h"

enum { BAR = 40 };

struct covered {                /* of one module */
    const struct module *module;
    gva lo, hi;
    struct code_entries entries;
    bool complete;              /* there are no functions but the entries */
    uint8_t *known, *done;      /* per instruction */
    uint8_t *here;              /* the same as done, of translations of the kind that is made now */
    uint64_t units, guest, host;    /* of it in the cache; bytes */
};

static struct covered *all;
static size_t count;
static bool shown;

static struct covered *covering(gva pc)
{
    for (size_t i = 0; i < count; i++)
        if (pc >= all[i].lo && pc < all[i].hi)
            return &all[i];
    return NULL;
}

static int by_address(const void *a, const void *b)
{
    gva x = *(const gva *)a, y = *(const gva *)b;

    return x < y ? -1 : x > y;
}

/* Units end at a cap, and large functions would be translated from each place where one ends, over and over: not from what is
 * translated already, where it is known not to be a function. */
static bool is_wanted(gva pc)
{
    const struct covered *c = covering(pc);

    if (!c || !c->complete || !c->here[(pc - c->lo) / 4])
        return c;
    return bsearch(&pc, c->entries.pcs, c->entries.count, sizeof pc, by_address);
}

static void note_done(gva lo, gva hi)
{
    struct covered *c = covering(lo);

    for (; c && lo < hi && lo < c->hi; lo += 4)
        c->known[(lo - c->lo) / 4] = c->done[(lo - c->lo) / 4] = c->here[(lo - c->lo) / 4] = 1;
}

static void show_progress(size_t done, size_t known)
{
    static const char hashes[] = "########################################";
    int full = known ? (int)(done * BAR / known) : BAR;

    if (shown)
        fprintf(stderr, "\r[%-*.*s] %zu of %zu units", BAR, full, hashes, done, known);
}

/* Zeros end a function, and so does the next one. */
static void note_known(struct covered *c)
{
    uint32_t word;

    for (size_t i = 0; i < c->entries.count; i++) {
        gva end = i + 1 < c->entries.count ? c->entries.pcs[i + 1] : c->hi;
        for (gva pc = c->entries.pcs[i]; pc + 4 <= end; pc += 4) {
            memcpy(&word, g2h(pc), sizeof word);
            if (!word)
                break;
            c->known[(pc - c->lo) / 4] = 1;
        }
    }
}

static int find_all(struct error *err)
{
    all = calloc(loader.count + 1, sizeof *all);
    if (!all)
        return error_set(err, ENOMEM, "out of memory");
    for (const struct module *m = loader.modules; m; m = m->next) {
        struct covered *c = &all[count];
        c->module = m;
        code_text(m, &c->lo, &c->hi);
        if (c->lo == c->hi)
            continue;
        c->known = calloc((c->hi - c->lo) / 4 + 1, 1);
        c->done = calloc((c->hi - c->lo) / 4 + 1, 1);
        c->here = calloc((c->hi - c->lo) / 4 + 1, 1);
        c->complete = code_entries_of_go(m);
        if (!c->known || !c->done || !c->here)
            return error_set(err, ENOMEM, "out of memory");
        if (code_entries_find(m, &c->entries, err))
            return -1;
        count++;
    }
    return 0;
}

static bool imports_handlers(const struct module *m)
{
    static const char *const names[] = { "sigaction", "_sigaction", "sigvec", "signal", "bsd_signal", "sigset" };

    for (uint32_t i = 0; i < m->image.nsymbols; i++) {
        const struct xcoff_symbol *s = &m->image.symbols[i];
        for (size_t k = 0; s->smtype & XL_IMPORT && k < ARRAY_LEN(names); k++)
            if (s->name_length == strlen(names[k]) && !memcmp(s->name, names[k], s->name_length))
                return true;
    }
    return false;
}

static int translate(const struct code_entries *entries, bool (*wanted)(gva pc), struct ahead_result *sum, struct error *err)
{
    struct ahead a = { .entries = entries->pcs, .count = entries->count, .wanted = wanted, .translated = note_done,
                       .progress = show_progress };
    struct ahead_result result;
    int failed = ahead_translate(&a, &result, err);

    sum->units += result.units;
    sum->found += result.found;
    sum->refused += result.refused;
    if (shown)
        fputs("\r\033[K", stderr);
    return failed;
}

static int translate_all(struct ahead_result *sum, struct error *err)
{
    struct code_entries every = { .count = 0 };
    int failed;

    for (size_t i = 0; i < count; i++) {
        every.count += all[i].entries.count;
        memset(all[i].here, 0, (all[i].hi - all[i].lo) / 4);
    }
    every.pcs = calloc(every.count + 1, sizeof *every.pcs);
    if (!every.pcs)
        return error_set(err, ENOMEM, "out of memory");
    for (size_t i = 0, at = 0; i < count; at += all[i].entries.count, i++)
        if (all[i].entries.count)
            memcpy(every.pcs + at, all[i].entries.pcs, all[i].entries.count * sizeof *every.pcs);
    failed = translate(&every, is_wanted, sum, err);
    free(every.pcs);
    return failed;
}

static bool is_outside_program(gva pc)
{
    const struct covered *c = covering(pc);

    return c && c->module != loader.program;
}

/* Go before its signal handlers are there. */
static int translate_go_start(struct ahead_result *sum, struct error *err)
{
    struct code_entries entries;

    if (code_entries_of_go_runtime(loader.program, &entries, err))
        return -1;
    int failed = translate(&entries, is_outside_program, sum, err);
    free(entries.pcs);
    return failed;
}

static size_t sum_of(const uint8_t *each, size_t size)
{
    size_t sum = 0;

    for (size_t i = 0; i < size; i++)
        sum += each[i];
    return sum;
}

static void report(const struct ahead_result *r)
{
    for (size_t i = 0; i < count; i++) {
        const struct covered *c = &all[i];
        size_t size = (c->hi - c->lo) / 4, known = sum_of(c->known, size), done = sum_of(c->done, size);
        printf("%s: %zu functions, %zu instructions found, %zu translated (%.1f%%)\n", c->module->name, c->entries.count, known, done,
               known ? 100.0 * (double)done / (double)known : 100.0);
    }
    printf("%zu units in the cache, %zu of them new; at %zu addresses no code begins\n", r->units, r->units - r->found, r->refused);
}

static void count_unit(const struct cache_segment *s, const struct cache_unit *u)
{
    struct covered *c = covering(u->entry);

    if (!c)
        return;
    c->units++;
    c->host += u->code_size;
    for (size_t i = 0; i < u->range_count; i++) {
        const struct cache_range *r = &s->ranges[u->range_first + i];
        c->guest += r->hi - r->lo;
        note_done(r->lo, r->hi);
    }
}

static void print_coverage(const struct covered *c)
{
    size_t size = (c->hi - c->lo) / 4;

    printf("%s: %" PRIu64 " units, %zu of %zu instructions, %" PRIu64 " guest bytes, %" PRIu64 " host bytes, ", c->module->name, c->units,
           sum_of(c->done, size), sum_of(c->known, size), c->guest, c->host);
    printf("%.1f host bytes per guest byte\n", c->guest ? (double)c->host / (double)c->guest : 0.0);
}

int translate_coverage(struct error *err)
{
    if (find_all(err))
        return -1;
    for (size_t i = 0; i < count; i++)
        note_known(&all[i]);
    unit_each(count_unit);
    for (size_t i = 0; i < count; i++)
        print_coverage(&all[i]);
    return 0;
}

int translate_ahead(bool quiet, struct error *err)
{
    struct ahead_result result = { .units = 0 };
    bool go, handlers;

    shown = !quiet && isatty(STDERR_FILENO);
    if (find_all(err))
        return -1;
    for (size_t i = 0; i < count; i++)
        note_known(&all[i]);
    go = code_entries_of_go(loader.program);
    handlers = imports_handlers(loader.program);
    if (go ? translate_go_start(&result, err) : translate_all(&result, err))
        return -1;
    if (go || handlers) {
        dispatch_require_precise();
        if (translate_all(&result, err))
            return -1;
    }
    if (!quiet)
        report(&result);
    return 0;
}
