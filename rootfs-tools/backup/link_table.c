/* link_table.c -- see link_table.h. */
#include "rootfs-tools/backup/link_table.h"

#include <stdlib.h>
#include <string.h>

static size_t slot_of(const struct link_table *t, uint32_t dev_major, uint32_t dev_minor, uint32_t ino)
{
    uint64_t h = ((uint64_t)dev_major << 32 ^ (uint64_t)dev_minor << 16 ^ ino) * 0x9E3779B97F4A7C15u;
    return (size_t)(h >> 32) & (t->room - 1);
}

/* The slot of this file, or the free one where it belongs. */
static struct link_entry *probe(const struct link_table *t, uint32_t dev_major, uint32_t dev_minor, uint32_t ino)
{
    size_t i = slot_of(t, dev_major, dev_minor, ino);
    while (t->slots[i].path &&
           (t->slots[i].ino != ino || t->slots[i].dev_major != dev_major || t->slots[i].dev_minor != dev_minor))
        i = (i + 1) & (t->room - 1);
    return &t->slots[i];
}

const struct link_entry *link_table_find(const struct link_table *t, uint32_t dev_major, uint32_t dev_minor,
                                         uint32_t ino)
{
    const struct link_entry *e = t->room ? probe(t, dev_major, dev_minor, ino) : NULL;
    return e && e->path ? e : NULL;
}

static int grow(struct link_table *t)
{
    struct link_table bigger = { .room = t->room ? 2 * t->room : 64 };
    bigger.slots = calloc(bigger.room, sizeof *bigger.slots);
    if (!bigger.slots)
        return -1;
    for (size_t i = 0; i < t->room; i++)
        if (t->slots[i].path)
            *probe(&bigger, t->slots[i].dev_major, t->slots[i].dev_minor, t->slots[i].ino) = t->slots[i];
    bigger.used = t->used;
    free(t->slots);
    *t = bigger;
    return 0;
}

int link_table_add(struct link_table *t, struct link_entry entry)
{
    if (2 * (t->used + 1) > t->room && grow(t))
        return -1;
    struct link_entry *e = probe(t, entry.dev_major, entry.dev_minor, entry.ino);
    char *path = strdup(entry.path);
    if (!path)
        return -1;
    if (!e->path)
        t->used++;
    free(e->path);
    *e = entry;
    e->path = path;
    return 0;
}

void link_table_free(struct link_table *t)
{
    for (size_t i = 0; i < t->room; i++)
        free(t->slots[i].path);
    free(t->slots);
    *t = (struct link_table){ 0 };
}
