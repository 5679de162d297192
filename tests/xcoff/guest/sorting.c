/* sorting.c -- calls back from libc into the program: qsort, bsearch. Expected output: the same source built for the
 * host. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char name[8];
    int key;
};

static int calls;

static int by_key(const void *a, const void *b)
{
    calls++;
    return ((const struct entry *)a)->key - ((const struct entry *)b)->key;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

int main(void)
{
    static struct entry v[500];
    unsigned seed = 1;
    for (int i = 0; i < 500; i++) {
        seed = seed * 1103515245 + 12345;
        v[i].key = (int)((seed >> 8) % 100000) * 500 + i;
        sprintf(v[i].name, "n%04d", (i * 37) % 500);
    }
    qsort(v, 500, sizeof *v, by_key);
    for (int i = 1; i < 500; i++)
        if (v[i - 1].key > v[i].key)
            printf("out of order at %d\n", i);
    printf("%s %d %s %d\n", v[0].name, v[0].key, v[499].name, v[499].key);
    qsort(v, 500, sizeof *v, by_name);
    struct entry wanted = {"n0123", 0}, *found = bsearch(&wanted, v, 500, sizeof *v, by_name);
    printf("%ld %s\n", found ? (long)(found - v) : -1L, calls > 499 ? "compared" : "not compared");
    return 0;
}
