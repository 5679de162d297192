/* atomics.c -- atomic operations as AIX documents them; one thread, so that each result is known. Expected: by hand. */
#include <stdio.h>
#include <sys/atomic_op.h>

static int word = 5, old = 4;
static long wide = 40, wide_old = 42;

static void show(const char *name, long result) { printf("%s: %ld, %d (%d), %ld (%ld)\n", name, result, word, old, wide, wide_old); }

int main(void)
{
    show("add", fetch_and_add(&word, 3));
    show("or", fetch_and_or(&word, 0x11));
    show("and", fetch_and_and(&word, ~0x8u));
    show("swap that differs", compare_and_swap(&word, &old, 9));
    show("swap", compare_and_swap(&word, &old, 9));
    show("wide add", fetch_and_addlp(&wide, 2));
    show("wide swap", compare_and_swaplp(&wide, &wide_old, -1));
    show("wide and", (long)fetch_and_andlp(&wide, 0xF0));
    show("wide or", (long)fetch_and_orlp(&wide, 0x0F));
    show("set", test_and_set(&word, 2));
    show("set again", test_and_set(&word, 2));
    word = 0;
    show("lock", _check_lock(&word, 0, 1));
    show("lock again", _check_lock(&word, 0, 1));
    _clear_lock(&word, 0);
    show("clear", 0);
    return 0;
}
