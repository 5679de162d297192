/* fuzz_cache.c -- any bytes as a segment of the code cache, with hashes that are right: what is left are the checks of structure.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_map.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int directory = -1;
static char name[CACHE_NAME_LEN];

static void prepare(void)
{
    char path[] = "/tmp/vwpar-fuzz-XXXXXX";
    struct error err;
    if (!mkdtemp(path) || (directory = cache_open_directory(path, &err)) < 0)
        abort();
    cache_file_name(name, sizeof name, "-0123456789abcdef.seg");
}

static void make_blocks_credible(uint8_t *bytes, struct cache_header *h, struct cache_layout l)
{
    struct cache_block *blocks = (void *)(bytes + l.blocks);
    const struct cache_unit *units = (void *)(bytes + l.units);
    for (size_t i = 0; i < h->block_count; i++) {
        size_t left = h->unit_count - i * CACHE_BLOCK;
        blocks[i].hash = cache_block_hash(units + i * CACHE_BLOCK, left < CACHE_BLOCK ? left : CACHE_BLOCK, (void *)(bytes + l.ranges),
                                          h->range_count);
    }
    h->index_hash = cache_index_hash(blocks, h->block_count);
}

/* Everything a reader believes without looking. */
static void make_credible(uint8_t *bytes, size_t size)
{
    struct cache_header *h = (struct cache_header *)bytes;
    memcpy(h->magic, CACHE_MAGIC, sizeof h->magic);
    h->version = CACHE_VERSION;
    h->header_size = sizeof *h;
    h->fingerprint = cache_fingerprint();
    h->file_size = size;
    h->block_count = (uint32_t)((h->unit_count + (uint64_t)CACHE_BLOCK - 1) / CACHE_BLOCK);
    struct cache_layout l = cache_layout(h);
    if (l.blocks <= l.units && l.units <= l.ranges && l.ranges <= l.targets && l.targets <= size)
        make_blocks_credible(bytes, h, l);
    h->header_hash = cache_header_hash(h);
}

static void use(struct cache_segment *s)
{
    size_t first;
    gva pc;
    for (size_t i = 0; i < s->header->unit_count; i++) {
        if (!cache_block_sound(s, i / CACHE_BLOCK))
            continue;
        cache_find(s, s->units[i].key, &first);
        cache_unit_sound(s, i);
        cache_guest_pc(s, s->code + s->units[i].code_offset, &pc);
    }
    for (size_t i = 0; i < s->header->slot_count; i++)
        cache_slot(s, s->targets[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err;
    if (directory < 0)
        prepare();
    if (size < sizeof(struct cache_header) || size > 1 << 20)
        return 0;
    uint8_t *bytes = malloc(size);
    memcpy(bytes, data, size);
    make_credible(bytes, size);
    int fd = openat(directory, name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size)
        abort();
    close(fd);
    struct cache_segment *s = cache_open(directory, name, true, &err);
    if (s) {
        use(s);
        cache_close(s);
    }
    free(bytes);
    return 0;
}
