/* image_restore.c -- see image_restore.h. */
#include "rootfs-tools/wpar/image_restore.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/extract.h"
#include "rootfs-tools/wpar/image_session.h"

enum { LINES_MAX = 100 };

struct restoring {
    struct image_restore *request;
    struct image_progress progress;
    struct image_source source;
    struct bff_reader reader;
};

static void tell(void *context, const char *text)
{
    struct restoring *s = context;
    progress_clear(&s->progress);
    if (s->request->lost++ >= LINES_MAX)
        return;
    fprintf(stderr, "%s: ", s->request->command);
    print_plain(stderr, text);
    putc('\n', stderr);
}

static void tell_damage(void *context, uint64_t where, const char *text)
{
    struct restoring *s = context;
    char line[BFF_NAME_MAX + 300];
    snprintf(line, sizeof line, "%s: at %" PRIu64 ": %s", s->source.name, where, text);
    tell(s, line);
}

static bool is_wanted(const struct restoring *s)
{
    char member[BFF_NAME_MAX + 1], name[BFF_NAME_MAX + 1];
    struct error none;
    char **names = s->request->names;
    if (!names)
        return true;
    if (tree_clean_name(s->reader.member.name, member, &none))
        return false;
    for (; *names; names++) {
        if (strlen(*names) > BFF_NAME_MAX || tree_clean_name(**names == '/' ? *names + 1 : *names, name, &none))
            continue;
        size_t n = strlen(name);
        if (n == 0 || (strncmp(member, name, n) == 0 && (!member[n] || member[n] == '/')))
            return true;
    }
    return false;
}

static int extract_members(struct restoring *s, struct extraction *x, struct error *err)
{
    int rc;
    while ((rc = bff_next(&s->reader, err)) > 0) {
        progress_show(&s->progress, s->source.position);
        if (!is_wanted(s))
            continue;
        if (s->request->verbose) {
            progress_clear(&s->progress);
            print_plain(stdout, s->reader.member.name);
            putchar('\n');
        }
        if (extract_member(x, &s->reader, err))
            return -1;
    }
    return rc;
}

static int extract_all(struct restoring *s, struct error *err)
{
    struct error later;
    struct extraction x = { .tell = tell, .context = s };
    if (extract_default_limits(s->request->directory, &x.limits, err) ||
        extract_begin(&x, s->request->directory, s->request->sidecar, err))
        return -1;
    int rc = extract_members(s, &x, err);
    if (extract_end(&x, &later) && rc == 0) {
        *err = later;
        rc = -1;
    }
    s->request->files = x.counts.files;
    s->request->bytes = x.counts.bytes;
    return rc;
}

int image_restore(struct image_restore *r, struct error *err)
{
    struct restoring s = { .request = r };
    mode_t mask = umask(0);     /* extraction gives modes as the image has them */
    umask(mask);
    if (image_open(&s.source, r->image, NULL, err))
        return -1;
    progress_begin(&s.progress, s.source.size);
    int rc = bff_open(&s.reader, &s.source, (struct bff_damage_sink){ tell_damage, &s }, err);
    if (rc == 0) {
        rc = extract_all(&s, err);
        bff_close(&s.reader);
    }
    umask(mask);
    progress_clear(&s.progress);
    source_close(&s.source);
    if (r->lost > LINES_MAX)
        fprintf(stderr, "%s: %" PRIu64 " more lines like these\n", r->command, r->lost - LINES_MAX);
    return rc < 0 ? -1 : 0;
}
