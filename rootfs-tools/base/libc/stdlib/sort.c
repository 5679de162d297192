/* sort.c -- qsort as heap sort behind a quicksort with median of three: n log n at worst, in place; and bsearch. */
#include <stdlib.h>
#include <string.h>

typedef int compare_fn(const void *, const void *);

static void swap(char *a, char *b, size_t size)
{
    if (size == sizeof(long) && ((unsigned long)a | (unsigned long)b) % sizeof(long) == 0) {
        long t = *(long *)a;
        *(long *)a = *(long *)b;
        *(long *)b = t;
        return;
    }
    for (size_t i = 0; i < size; i++) {
        char t = a[i];
        a[i] = b[i];
        b[i] = t;
    }
}

static void sift_down(char *base, size_t root, size_t n, size_t size, compare_fn *compare)
{
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && compare(base + child * size, base + (child + 1) * size) < 0)
            child++;
        if (compare(base + root * size, base + child * size) >= 0)
            return;
        swap(base + root * size, base + child * size, size);
    }
}

static void heap_sort(char *base, size_t n, size_t size, compare_fn *compare)
{
    for (size_t i = n / 2; i-- > 0;)
        sift_down(base, i, n, size, compare);
    while (n-- > 1) {
        swap(base, base + n * size, size);
        sift_down(base, 0, n, size, compare);
    }
}

static void insertion_sort(char *base, size_t n, size_t size, compare_fn *compare)
{
    for (size_t i = 1; i < n; i++)
        for (char *p = base + i * size; p > base && compare(p - size, p) > 0; p -= size)
            swap(p - size, p, size);
}

/* Puts the median of first, middle and last in front. */
static void choose_pivot(char *base, size_t n, size_t size, compare_fn *compare)
{
    char *mid = base + n / 2 * size, *last = base + (n - 1) * size;
    if (compare(mid, last) > 0)
        swap(mid, last, size);
    if (compare(base, last) > 0)
        swap(base, last, size);
    if (compare(base, mid) < 0)
        swap(base, mid, size);
}

static void quick_sort(char *base, size_t n, size_t size, compare_fn *compare, int depth)
{
    while (n > 12) {
        if (depth-- == 0) {
            heap_sort(base, n, size, compare);
            return;
        }
        choose_pivot(base, n, size, compare);
        size_t i = 0, j = n;
        for (;;) {
            while (++i < n && compare(base + i * size, base) < 0)
                ;
            while (compare(base + --j * size, base) > 0)
                ;
            if (i >= j)
                break;
            swap(base + i * size, base + j * size, size);
        }
        swap(base, base + j * size, size);
        quick_sort(base + (j + 1) * size, n - j - 1, size, compare, depth);
        n = j;
    }
    insertion_sort(base, n, size, compare);
}

void qsort(void *base, size_t n, size_t size, compare_fn *compare)
{
    int depth = 2;
    for (size_t m = n; m; m >>= 1)
        depth += 2;
    quick_sort(base, n, size, compare, depth);
}

void *bsearch(const void *key, const void *base, size_t n, size_t size, compare_fn *compare)
{
    const char *low = base;
    while (n > 0) {
        const char *mid = low + n / 2 * size;
        int order = compare(key, mid);
        if (order == 0)
            return (void *)mid;
        if (order > 0) {
            low = mid + size;
            n -= n / 2 + 1;
        } else
            n /= 2;
    }
    return NULL;
}
