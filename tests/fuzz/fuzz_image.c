/* fuzz_image.c -- read any bytes as a backup image: every member, its data unpacked, its ACL in words; from memory that
 * can be seeked in, and as a pipe that cannot. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rootfs-tools/backup/sidecar.h"
#include "tests/fuzz/image_mutator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t sum;

static void tell(void *context, uint64_t where, const char *text)
{
    sum += where + strlen(text);
}

static void read_data(struct bff_reader *r)
{
    const uint8_t *data;
    struct error err;
    uint64_t total = 0;
    ssize_t n;
    while ((n = bff_data(r, &data, &err)) > 0) {
        for (ssize_t i = 0; i < n; i++)
            sum += data[i];
        total += (uint64_t)n;
        if (total > 1 << 22)
            return;
    }
    if (n == 0 && r->member.packed && total != 0 && total != r->member.size)
        abort();
}

/* Returns the number of members: it must not depend on how the bytes come. */
static uint64_t read_image(struct image_source *s)
{
    struct bff_reader r;
    struct error err;
    uint64_t members;
    if (bff_open(&r, s, (struct bff_damage_sink){ tell, NULL }, &err))
        return 0;
    while (bff_next(&r, &err) > 0) {
        json_t *o = member_json(&r.member, r.member.name);
        sum += json_object_size(o);
        json_decref(o);
        if (r.members & 1)
            read_data(&r);
        if (r.source->position > s->size && s->size)
            abort();
    }
    members = r.members;
    bff_close(&r);
    return members;
}

struct pipe { const uint8_t *data; size_t left; };

static ssize_t pipe_read(void *context, void *to, size_t n)
{
    struct pipe *p = context;
    if (n > 100)
        n = 100;
    if (n > p->left)
        n = p->left;
    memcpy(to, p->data, n);
    p->data += n;
    p->left -= n;
    return (ssize_t)n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct image_source s;
    struct error err;
    struct pipe p = { data, size };
    if (source_open_memory(&s, data, size, &err))
        return 0;
    uint64_t members = read_image(&s);
    source_close(&s);
    if (source_open_backend(&s, "pipe", (struct source_backend){ .read = pipe_read, .context = &p }, 0, &err))
        return 0;
    if (read_image(&s) != members)
        abort();
    source_close(&s);
    return 0;
}
