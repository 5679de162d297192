/* measure_cache.c -- what a large cache costs: to map it, to find units in it, to check one before it runs.
 *
 * measure_cache [MIB]: writes a segment of about that size (100) into a directory of its own, units shaped as real ones are on
 * average (400 bytes of code for 60 guest bytes), and prints medians. The file is in the page cache, as in a warm start.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_map.h"
#include "xlate/cache/cache_write.h"

enum { CODE = 400, RANGES = 2, LINKS = 3, PCS = 20, UNIT_BYTES = 760, ROUNDS = 31, LOOKUPS = 100000 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_value);
    return values[ROUNDS / 2];
}

static uint64_t key_of(size_t i) { return (i + 1) * 0x9e3779b97f4a7c15u; }

static void write_segment(int dir, size_t count, char name[CACHE_NAME_LEN])
{
    static const uint8_t code[CODE] = { 0xc3 };
    static const struct cache_pc pcs[PCS];
    struct cache_record *records = calloc(count, sizeof *records);
    struct cache_range *ranges = calloc(count, RANGES * sizeof *ranges);
    struct cache_record_link *links = calloc(count, LINKS * sizeof *links);
    struct error err;

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < RANGES; k++)
            ranges[RANGES * i + k] = (struct cache_range){ 64 * i + 32 * k, 64 * i + 32 * k + 28 };
        for (size_t k = 0; k < LINKS; k++)
            links[LINKS * i + k] = (struct cache_record_link){ (uint32_t)(16 * k), 64 * (i / 2 + k) };
        records[i] = (struct cache_record){ .key = key_of(i), .entry = 64 * i, .code = code, .code_size = CODE,
                                            .ranges = ranges + RANGES * i, .range_count = RANGES, .links = links + LINKS * i,
                                            .link_count = LINKS, .pcs = pcs, .pc_count = PCS };
    }
    if (cache_write(dir, records, count, name, &err)) {
        fprintf(stderr, "measure_cache: %s\n", err.text);
        exit(1);
    }
    free(records);
    free(ranges);
    free(links);
}

static struct cache_segment *map(int dir, const char *name)
{
    struct error err;
    struct cache_segment *s = cache_open(dir, name, true, &err);

    if (!s) {
        fprintf(stderr, "measure_cache: %s\n", err.text);
        exit(1);
    }
    return s;
}

static double time_mapping(int dir, const char *name)
{
    double times[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        double begun = now();
        struct cache_segment *s = map(dir, name);
        times[i] = now() - begun;
        cache_close(s);
    }
    return median(times);
}

/* A unit at random, in blocks that were searched before or, the first time, not. */
static double time_lookups(struct cache_segment *s, size_t count)
{
    double times[ROUNDS];
    uint64_t random = 1;
    size_t first, found = 0;

    for (int i = 0; i < ROUNDS; i++) {
        double begun = now();
        for (int k = 0; k < LOOKUPS; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            found += cache_find(s, key_of((random >> 33) % count), &first);
        }
        times[i] = (now() - begun) / LOOKUPS;
    }
    if (found != (size_t)ROUNDS * LOOKUPS)
        exit(1);
    return median(times);
}

static double time_first(struct cache_segment *s, size_t count)
{
    double begun = now();
    size_t first;

    for (size_t i = 0; i < count; i++)
        if (cache_find(s, key_of(i), &first) != 1 || !cache_unit_sound(s, first))
            exit(1);
    return (now() - begun) / (double)count;
}

int main(int argc, char **argv)
{
    char path[] = "/tmp/vwpar-measure-XXXXXX", name[CACHE_NAME_LEN];
    size_t mebibytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 100, count = (mebibytes << 20) / UNIT_BYTES;

    int dir = mkdtemp(path) ? open(path, O_RDONLY | O_DIRECTORY) : -1;
    if (dir < 0)
        return 1;
    write_segment(dir, count, name);
    double mapping = time_mapping(dir, name);
    struct cache_segment *s = map(dir, name);
    printf("segment: %.1f MiB, %zu units\n", (double)s->header->file_size / (1 << 20), count);
    printf("mapping: %.3f ms\n", mapping / 1e6);
    printf("finding and checking a unit the first time: %.0f ns\n", time_first(s, count));
    printf("finding a unit: %.0f ns\n", time_lookups(s, count));
    cache_close(s);
    unlinkat(dir, name, 0);
    return rmdir(path);
}
