/* malloc.c -- memory allocation: size bins over one growing heap, neighbours merged when freed, large blocks from mmap.
 *
 * A block is a header of two words and the memory; sizes are multiples of 16 and count the header. The header holds the size with
 * flags and the size of the block before (when that one is free). A check word made of the address tells a header that was overwritten,
 * or a pointer that never came from malloc: the program is then ended with a message, as AIX's debug malloc would.
 * One lock for all: what matters for speed here is that a small malloc touches one bin and one bit map.
 */
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "lock.h"

struct block {
    size_t size;                /* bytes with header, | flags */
    unsigned int before;        /* size of the free block in front / 16, 0 when that one is in use */
    unsigned int check;
    struct block *next, *prev;  /* in a bin, while free */
};

enum { USED = 1, MAPPED = 2, FLAGS = 15 };
#define HEADER     (sizeof(size_t) + 8)         /* 12 or 16; rounded up below so that memory is 16-aligned */
#define OVERHEAD   ((HEADER + 15) & ~(size_t)15)
#define SMALLEST   ((sizeof(struct block) + 15) & ~(size_t)15)
#define LARGE      ((size_t)1 << 18)
#define HEAP_STEP  ((size_t)1 << 17)
#define SMALL_BINS 64                           /* 16-byte steps below 1024 */
#define BINS       (SMALL_BINS + 16)

static struct block *bins[BINS];
static uint32_t bin_map[(BINS + 31) / 32];
static int lock;
static size_t heap_total;                       /* bytes from sbrk */
static struct block *heap_end;                  /* a zero-size used block after the last one */

int __malloc_user_defined_name;

static size_t size_of(const struct block *b) { return b->size & ~(size_t)FLAGS; }
static void *memory_of(struct block *b) { return (char *)b + OVERHEAD; }
static struct block *block_of(void *p) { return (struct block *)((char *)p - OVERHEAD); }
static struct block *after(struct block *b) { return (struct block *)((char *)b + size_of(b)); }
static unsigned int check_of(const struct block *b) { return (unsigned int)((uintptr_t)b >> 4) ^ 0x5A7C91E3u; }

static _Noreturn void corrupt(const char *what)
{
    char line[128] = "malloc: ";
    strcat(strcat(line, what), "\n");
    write(2, line, strlen(line));
    abort();
}

static int bin_of(size_t size)
{
    if (size < SMALL_BINS * 16)
        return (int)(size / 16);
    int bin = SMALL_BINS;
    for (size >>= 11; size && bin < BINS - 1; size >>= 1)
        bin++;
    return bin;
}

static void insert_free(struct block *b, size_t size)
{
    int bin = bin_of(size);
    b->size = size;
    b->check = check_of(b);
    b->prev = NULL;
    b->next = bins[bin];
    if (b->next)
        b->next->prev = b;
    bins[bin] = b;
    bin_map[bin / 32] |= 1u << bin % 32;
    after(b)->before = (unsigned int)(size / 16);
}

static void remove_free(struct block *b)
{
    int bin = bin_of(size_of(b));
    if (b->check != check_of(b))
        corrupt("a freed block was written to");
    if (b->prev)
        b->prev->next = b->next;
    else
        bins[bin] = b->next;
    if (b->next)
        b->next->prev = b->prev;
    if (!bins[bin])
        bin_map[bin / 32] &= ~(1u << bin % 32);
    after(b)->before = 0;
}

static struct block *first_fit(int bin, size_t size)
{
    for (struct block *b = bins[bin]; b; b = b->next)
        if (size_of(b) >= size)
            return b;
    return NULL;
}

/* Any block of a higher bin is large enough, except within the wide bins, which are searched. */
static struct block *find_free(size_t size)
{
    int bin = bin_of(size);
    struct block *b = first_fit(bin, size);
    for (int word = (bin + 1) / 32; !b && word < (int)(sizeof bin_map / sizeof *bin_map); word++) {
        uint32_t map = bin_map[word];
        if (word == (bin + 1) / 32)
            map &= ~0u << (bin + 1) % 32;
        if (map)
            b = bins[word * 32 + __builtin_ctz(map)];
    }
    return b;
}

/* The end mark of the heap is a header only; new memory that follows it directly continues the heap. */
static struct block *grow_heap(size_t size)
{
    size_t step = (size + OVERHEAD * 2 + 16 + HEAP_STEP - 1) & ~(HEAP_STEP - 1);
    char *memory = sbrk((long)step);
    if (memory == (char *)-1)
        return NULL;
    struct block *b;
    char *end = memory + step;
    heap_total += step;
    if (heap_end && memory == (char *)heap_end + OVERHEAD) {
        b = heap_end;
        if (b->before) {
            b = (struct block *)((char *)b - (size_t)b->before * 16);
            remove_free(b);
        }
    } else {
        b = (struct block *)(((uintptr_t)memory + 15) & ~(uintptr_t)15);
        b->before = 0;
    }
    heap_end = (struct block *)(((uintptr_t)end & ~(uintptr_t)15) - OVERHEAD);
    heap_end->size = USED;
    heap_end->check = check_of(heap_end);
    insert_free(b, (size_t)((char *)heap_end - (char *)b));
    return b;
}

static void take(struct block *b, size_t size)
{
    size_t rest = size_of(b) - size;
    remove_free(b);
    if (rest >= SMALLEST) {
        b->size = size | USED;
        insert_free(after(b), rest);
        after(b)->before = 0;
    } else
        b->size = size_of(b) | USED;
}

static void *map_large(size_t size)
{
    size_t length = (size + 4095) & ~(size_t)4095;
    struct block *b = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    if (b == MAP_FAILED)
        return NULL;
    b->size = length | USED | MAPPED;
    b->before = 0;
    b->check = check_of(b);
    return memory_of(b);
}

static size_t block_size(size_t n)
{
    size_t size = (n + OVERHEAD + 15) & ~(size_t)15;
    return size < SMALLEST ? SMALLEST : size;
}

void *malloc(size_t n)
{
    if (n > (size_t)PTRDIFF_MAX - 8192) {
        errno = ENOMEM;
        return NULL;
    }
    size_t size = block_size(n);
    void *p = size >= LARGE ? map_large(size) : NULL;
    if (p)
        return p;
    libc_lock(&lock);
    struct block *b = find_free(size);
    if (!b)
        b = grow_heap(size);
    if (b) {
        take(b, size);
        p = memory_of(b);
    }
    libc_unlock(&lock);
    if (!p)
        errno = ENOMEM;
    return p;
}

static void check_used(struct block *b)
{
    if (b->check != check_of(b))
        corrupt("the header in front of a block was overwritten, or the pointer is not malloc's");
    if (!(b->size & USED))
        corrupt("a block is freed twice");
}

void free(void *p)
{
    if (!p)
        return;
    struct block *b = block_of(p);
    check_used(b);
    if (b->size & MAPPED) {
        munmap(b, size_of(b));
        return;
    }
    libc_lock(&lock);
    size_t size = size_of(b);
    struct block *next = after(b);
    if (next->check != check_of(next))
        corrupt("a block was written to behind its end");
    b->size &= ~(size_t)USED;
    if (!(next->size & USED)) {
        size += size_of(next);
        remove_free(next);
    }
    if (b->before) {
        struct block *front = (struct block *)((char *)b - (size_t)b->before * 16);
        remove_free(front);
        size += size_of(front);
        b = front;
    }
    insert_free(b, size);
    libc_unlock(&lock);
}

void cfree(void *p) { free(p); }

void *calloc(size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n)) {
        errno = ENOMEM;
        return NULL;
    }
    void *p = malloc(n);
    if (p && !(block_of(p)->size & MAPPED))
        memset(p, 0, n);
    return p;
}

void *realloc(void *p, size_t n)
{
    if (!p)
        return malloc(n);
    if (n == 0) {
        free(p);
        return NULL;
    }
    struct block *b = block_of(p);
    check_used(b);
    size_t have = size_of(b) - OVERHEAD;
    if (n <= have && (n >= have / 2 || have < 256))
        return p;
    void *bigger = malloc(n);
    if (!bigger)
        return NULL;
    memcpy(bigger, p, n < have ? n : have);
    free(p);
    return bigger;
}

/* Alignments above 16: a block large enough is split in front of the aligned place. */
int posix_memalign(void **out, size_t alignment, size_t n)
{
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)))
        return EINVAL;
    if (alignment <= 16)
        return (*out = malloc(n)) ? 0 : ENOMEM;
    size_t size = block_size(n), need = size + alignment + SMALLEST;
    if (need < n)
        return ENOMEM;
    libc_lock(&lock);
    struct block *b = find_free(need);
    if (!b)
        b = grow_heap(need);
    if (b) {
        take(b, need);
        uintptr_t place = ((uintptr_t)memory_of(b) + SMALLEST + alignment - 1) & ~(uintptr_t)(alignment - 1);
        struct block *aligned = block_of((void *)place);
        size_t front = (size_t)((char *)aligned - (char *)b);
        aligned->size = (size_of(b) - front) | USED;
        aligned->check = check_of(aligned);
        insert_free(b, front);
        b = aligned;
    }
    libc_unlock(&lock);
    if (!b)
        return ENOMEM;
    *out = memory_of(b);
    return 0;
}

void *memalign(size_t alignment, size_t n)
{
    void *p;
    int error = posix_memalign(&p, alignment, n);
    if (error) {
        errno = error;
        return NULL;
    }
    return p;
}

void *valloc(size_t n) { return memalign(4096, n); }

/* What the heap holds; large blocks from mmap are not counted. */
struct mallinfo mallinfo(void)
{
    struct mallinfo m = { 0 };
    libc_lock(&lock);
    for (int bin = 0; bin < BINS; bin++)
        for (struct block *b = bins[bin]; b; b = b->next) {
            m.ordblks++;
            m.fordblks += size_of(b);
        }
    m.arena = heap_total;
    m.uordblks = m.arena - m.fordblks;
    libc_unlock(&lock);
    return m;
}

/* There is nothing to choose. */
int mallopt(int command, int value) { return 1; }

/* Held across fork so that the child finds the heap whole. */
void __libc_malloc_lock(void) { libc_lock(&lock); }
void __libc_malloc_unlock(void) { libc_unlock(&lock); }
