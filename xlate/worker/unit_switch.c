/* unit_switch.c -- where computed jumps of a function may go.
 *
 * Compilers turn a dense switch into a table of 32-bit distances from the table itself. Its address comes through the TOC, which a
 * translator that sees code alone cannot read; but a run of words that are all distances into the one function is rare enough to be
 * found by looking. Nothing depends on the finding being right: translated code compares the actual target with those found here,
 * and leaves the unit when it is another.
 */
#include "xlate/worker/unit_switch.h"

#include <stdlib.h>
#include <string.h>

enum { SHORTEST_TABLE = 4 };

static gva target_at(const struct unit_request *r, gva table, gva at)
{
    uint32_t word;
    memcpy(&word, r->code + (at - r->code_base), sizeof word);
    gva target = table + (gva)(int64_t)(int32_t)__builtin_bswap32(word);
    return r->is64 ? target : (uint32_t)target;
}

static int by_value(const void *a, const void *b)
{
    gva x = *(const gva *)a, y = *(const gva *)b;
    return x < y ? -1 : x > y;
}

unsigned switch_targets(const struct unit_request *r, gva lo, gva hi, gva targets[MAX_SWITCH_TARGETS])
{
    gva end = r->code_base + (r->code_size & ~(size_t)3);
    unsigned count = 0;
    for (gva table = r->code_base; table < end; table += 4) {
        unsigned entries = 0;
        for (gva at = table; at < end && count + entries < MAX_SWITCH_TARGETS; at += 4, entries++) {
            gva target = target_at(r, table, at);
            if (target < lo || target >= hi || target & 3)
                break;
            targets[count + entries] = target;
        }
        if (entries < SHORTEST_TABLE)
            continue;
        count += entries;
        table += 4 * (entries - 1);
    }
    qsort(targets, count, sizeof *targets, by_value);
    unsigned unique = 0;
    for (unsigned i = 0; i < count; i++)
        if (!unique || targets[unique - 1] != targets[i])
            targets[unique++] = targets[i];
    return unique;
}
