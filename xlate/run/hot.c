/* hot.c -- which units were hot before, and which are now.
 *
 * Notes are kept in a table of their own until the process ends: a program that is found translated notes nothing, and opens no file.
 */
#include "xlate/run/hot.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include "runtime/private_fd.h"
#include "xlate/cache/cache_use.h"

enum { NOTES_MAX = 8192 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct cache_hot before = { .fd = -1 };
static int directory;
static uint64_t notes[NOTES_MAX];
static _Atomic unsigned note_count;

static void open_file(void)
{
    if (cache_hot_open(&before, directory, false))
        before.fd = private_fd(before.fd);
}

bool hot_before(int cache_dir, uint64_t key)
{
    directory = cache_dir;
    pthread_once(&once, open_file);
    return before.fd >= 0 && cache_hot_has(&before, key);
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
