/* searching.c -- tsearch, hsearch, lsearch, insque. Expected: the same source with the host's C library (glibc); of a walk only what
 * does not depend on the tree's shape is shown. */
#define _GNU_SOURCE
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int visits, leaves, deepest, sum;

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void visit(const void *node, VISIT when, int depth)
{
    if (when == leaf || when == postorder) {
        int v = **(int *const *)node;
        sum = (sum * 31 + v) & 0xFFFFFF;
        visits++;
    }
    leaves += when == leaf;
    deepest = depth > deepest ? depth : deepest;
}

static void walk(const char *what, const void *root)
{
    visits = leaves = deepest = sum = 0;
    twalk(root, visit);
    printf("%s: %d nodes, order %d, %s\n", what, visits, sum, deepest < 64 ? "balanced" : "a list");
}

enum { N = 2000 };

static void tree(void)
{
    static int keys[N];
    void *root = NULL;
    int same = 0, wrong = 0;
    for (int i = 0; i < N; i++) {
        keys[i] = i;
        int *const *node = tsearch(&keys[i], &root, by_number);
        wrong += !node || *node != &keys[i];
    }
    for (int i = 0; i < N; i += 3) {
        int copy = i;
        same += *(int **)tsearch(&copy, &root, by_number) == &keys[i];
    }
    walk("full", root);
    for (int i = 0; i < N; i++)
        if (i % 7)
            wrong += tdelete(&keys[i], &root, by_number) == NULL;
    walk("thinned", root);
    int found = 0, absent = -5;
    for (int i = 0; i < N; i++) {
        int *const *node = tfind(&keys[i], &root, by_number);
        found += node && **node == i;
    }
    printf("wrong %d same %d found %d %d %d\n", wrong, same, found, tfind(&absent, &root, by_number) == NULL,
           tdelete(&absent, &root, by_number) == NULL);
    for (int i = 0; i < N; i += 7)
        tdelete(&keys[i], &root, by_number);
    printf("empty %d\n", root == NULL);
}

static void hash(void)
{
    static char names[200][8];
    int right = 0;
    printf("%d\n", hcreate(200) != 0);
    for (int i = 0; i < 200; i++) {
        sprintf(names[i], "n%d", i * 37);
        hsearch((ENTRY){ names[i], (void *)(long)i }, ENTER);
    }
    for (int i = 0; i < 200; i++) {
        char key[8];
        sprintf(key, "n%d", i * 37);
        ENTRY *e = hsearch((ENTRY){ key, NULL }, FIND);
        right += e && (long)e->data == i;
    }
    char none[] = "none";
    printf("%d %d\n", right, hsearch((ENTRY){ none, NULL }, FIND) == NULL);
    hdestroy();
}

struct item {
    struct item *next, *previous;
    int v;
};

static void lists(void)
{
    int table[8] = { 5, 3, 9 }, key = 9, more = 4;
    size_t n = 3;
    int *found = lfind(&key, table, &n, sizeof *table, by_number), *added = lsearch(&more, table, &n, sizeof *table, by_number);
    printf("%d %d %d\n", (int)(found - table), (int)(added - table), (int)n);
    struct item a = { .v = 1 }, b = { .v = 2 }, c = { .v = 3 };
    insque(&a, NULL);
    insque(&c, &a);
    insque(&b, &a);
    for (struct item *i = &a; i; i = i->next)
        printf("%d ", i->v);
    remque(&b);
    for (struct item *i = &c; i; i = i->previous)
        printf("%d ", i->v);
    puts("");
}

int main(void)
{
    tree();
    hash();
    lists();
    return 0;
}
