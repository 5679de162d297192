/* tzfile.c -- time zones by name, "Europe/Berlin": compiled files of usr/share/lib/zoneinfo, version 2 and later [RFC 8536]. Damaged
 * files are no zones.
 */
#include "tzfile.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER = 44, LARGEST = 1 << 16 };

struct counts {
    size_t ut, std, leap, time, type, chars;
};

static unsigned long long big_endian(const unsigned char *p, int n)
{
    unsigned long long v = 0;
    while (n--)
        v = v << 8 | *p++;
    return v;
}

static int read_header(const unsigned char *p, const unsigned char *end, struct counts *c)
{
    if (end - p < HEADER || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
        return -1;
    *c = (struct counts){ big_endian(p + 20, 4), big_endian(p + 24, 4), big_endian(p + 28, 4),
                          big_endian(p + 32, 4), big_endian(p + 36, 4), big_endian(p + 40, 4) };
    int wrong = c->time > LARGEST || c->type == 0 || c->type > 256 || c->chars > LARGEST || c->leap > LARGEST;
    return wrong || c->std > 256 || c->ut > 256 ? -1 : 0;
}

/* Bytes behind a header whose times have `width` bytes. */
static size_t body_size(const struct counts *c, size_t width)
{
    return c->time * (width + 1) + c->type * 6 + c->chars + c->leap * (width + 4) + c->std + c->ut;
}

static int take(const unsigned char *p, const struct counts *c, struct tzfile *z)
{
    z->times = malloc((c->time + 1) * sizeof *z->times);
    z->kinds = malloc(c->time + 1);
    if (!z->times || !z->kinds)
        return -1;
    for (size_t i = 0; i < c->time; i++) {
        z->times[i] = (long long)big_endian(p + 8 * i, 8);
        z->kinds[i] = p[8 * c->time + i];
        if (z->kinds[i] >= c->type)
            return -1;
    }
    const unsigned char *types = p + 9 * c->time;
    for (size_t i = 0; i < c->type; i++) {
        z->kind[i].offset = (int)big_endian(types + 6 * i, 4);
        z->kind[i].is_dst = types[6 * i + 4] != 0;
    }
    z->count = (int)c->time;
    return 0;
}

static int parse(const unsigned char *p, const unsigned char *end, struct tzfile *z)
{
    struct counts c;
    if (read_header(p, end, &c) || (size_t)(end - p) < HEADER + body_size(&c, 4))
        return -1;
    p += HEADER + body_size(&c, 4);
    if (read_header(p, end, &c) || (size_t)(end - p) < HEADER + body_size(&c, 8) || take(p + HEADER, &c, z))
        return -1;
    p += HEADER + body_size(&c, 8);
    const unsigned char *line_end = p < end && *p == '\n' ? memchr(p + 1, '\n', (size_t)(end - p - 1)) : NULL;
    if (line_end && line_end - p - 1 < TZFILE_FOOTER)
        memcpy(z->footer, p + 1, (size_t)(line_end - p - 1));
    return 0;
}

/* The whole file, to be freed. */
static unsigned char *read_file(const char *path, size_t *size)
{
    struct stat st;
    int fd = open(path, O_RDONLY);
    unsigned char *bytes = NULL;
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= LARGEST && (bytes = malloc((size_t)st.st_size + 1))) {
        ssize_t n = read(fd, bytes, (size_t)st.st_size);
        *size = n < 0 ? 0 : (size_t)n;
    }
    if (fd >= 0)
        close(fd);
    return bytes;
}

int __tzfile_load(const char *name, struct tzfile *zone)
{
    static const char *const folders[] = { "/usr/share/lib/zoneinfo", "/usr/share/zoneinfo" };
    char path[256];
    int found = -1;
    free(zone->times);
    free(zone->kinds);
    memset(zone, 0, sizeof *zone);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && found < 0 && *name && *name != '/' && !strstr(name, ".."); i++) {
        size_t size = 0;
        if (snprintf(path, sizeof path, "%s/%s", folders[i], name) >= (int)sizeof path)
            break;
        unsigned char *bytes = read_file(path, &size);
        if (bytes)
            found = parse(bytes, bytes + size, zone);
        free(bytes);
    }
    if (found < 0) {
        free(zone->times);
        free(zone->kinds);
        memset(zone, 0, sizeof *zone);
    }
    return found;
}
