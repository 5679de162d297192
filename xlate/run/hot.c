/* hot.c -- which units were hot before, and which are now.
 *
 * Notes are kept in a table of their own until the process ends: a program that is found translated notes nothing, and writes no file.
 * What was hot before is read through a mapping, for no descriptor is kept; a page that cannot be read says no.
 */
#include "xlate/run/hot.h"

#include <stdatomic.h>
#include <stddef.h>
#include "runtime/copyio.h"
#include "xlate/cache/cache_use.h"

enum { NOTES_MAX = 8192 };

static const uint16_t *before;
static uint64_t notes[NOTES_MAX];
static _Atomic unsigned note_count;

void hot_start(int cache_dir) { before = cache_hot_map(cache_dir); }

bool hot_before(uint64_t key)
{
    uint16_t tag;

    return before && copyio_bytes(&tag, &before[cache_hot_place(key)], sizeof tag) == 0 && tag == cache_hot_tag(key);
}

void hot_note(uint64_t key)
{
    unsigned i = note_count++;

    if (i < NOTES_MAX)
        notes[i] = key;
}

void hot_finish(int cache_dir)
{
    unsigned count = note_count < NOTES_MAX ? note_count : NOTES_MAX;
    struct cache_hot file;

    if (!count || !cache_hot_open(&file, cache_dir, true))
        return;
    for (unsigned i = 0; i < count; i++)
        cache_hot_add(&file, notes[i]);
    cache_hot_close(&file);
}
