/* table.c -- hash table, linear search, linked lists [POSIX hcreate, lsearch, insque]. */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

static ENTRY *table;
static size_t slots, used;

int hcreate(size_t n)
{
    if (table || n > (size_t)-1 / 4 / sizeof *table)
        return 0;
    for (slots = 8; slots < n + n / 2; slots *= 2)
        ;
    used = 0;
    table = calloc(slots, sizeof *table);
    return table != NULL;
}

void hdestroy(void)
{
    free(table);
    table = NULL;
}

/* One slot always stays empty: it ends every search. */
ENTRY *hsearch(ENTRY item, ACTION action)
{
    unsigned int hash = 5381;
    for (const char *s = item.key; *s; s++)
        hash = hash * 33 ^ (unsigned char)*s;
    size_t i = hash & (slots - 1);
    while (table[i].key && strcmp(table[i].key, item.key) != 0)
        i = (i + 1) & (slots - 1);
    if (table[i].key)
        return &table[i];
    if (action == FIND)
        return NULL;
    if (used + 1 == slots) {
        errno = ENOMEM;
        return NULL;
    }
    used++;
    table[i] = item;
    return &table[i];
}

void *lfind(const void *key, const void *base, size_t *n, size_t width, int (*order)(const void *, const void *))
{
    const char *at = base;
    for (size_t i = 0; i < *n; i++, at += width)
        if (order(key, at) == 0)
            return (void *)at;
    return NULL;
}

void *lsearch(const void *key, void *base, size_t *n, size_t width, int (*order)(const void *, const void *))
{
    void *found = lfind(key, base, n, width, order);
    return found ? found : memcpy((char *)base + (*n)++ * width, key, width);
}

struct link {
    struct link *next, *previous;
};

void insque(void *element, void *after)
{
    struct link *e = element, *a = after;
    e->previous = a;
    e->next = a ? a->next : NULL;
    if (a)
        a->next = e;
    if (e->next)
        e->next->previous = e;
}

void remque(void *element)
{
    struct link *e = element;
    if (e->previous)
        e->previous->next = e->next;
    if (e->next)
        e->next->previous = e->previous;
}
