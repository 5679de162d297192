/* image_extract.c -- `wpar image extract`. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/extract.h"
#include "rootfs-tools/wpar/image_session.h"
#include "runtime/cleanup.h"

/* "DIR.image.json" beside the directory. */
static char *default_sidecar(const char *directory)
{
    char *real = realpath(directory, NULL), *path = NULL;
    if (real && asprintf(&path, "%s.image.json", strcmp(real, "/") == 0 ? "/rootfs" : real) < 0)
        path = NULL;
    free(real);
    return path;
}

static void print_counts(const struct image_options *o, const struct extract_counts *c)
{
    if (o->verbose)
        fprintf(stderr,
                "wpar image extract: %" PRIu64 " files (%" PRIu64 " bytes), %" PRIu64 " directories, %" PRIu64
                " links, %" PRIu64 " symbolic links, %" PRIu64 " fifos; %" PRIu64 " devices and sockets and %" PRIu64
                " NFS4 ACLs recorded only\n",
                c->files, c->bytes, c->directories, c->links, c->symlinks, c->fifos, c->recorded, c->acls);
}

static int extract_all(struct image_session *s, struct extraction *x)
{
    struct error err;
    int rc;
    while ((rc = session_next(s)) > 0) {
        if (!session_wants(s))
            continue;
        if (s->options->verbose) {
            print_plain(stdout, s->reader.member.name);
            putchar('\n');
        }
        if (extract_member(x, &s->reader, &err)) {
            session_tell(s, err.text);
            return -1;
        }
    }
    return rc;
}

static int begin(struct extraction *x, const struct image_options *o, struct error *err)
{
    const char *directory = o->directory ? o->directory : ".";
    if (mkdir(directory, 0755) && errno != EEXIST)
        return error_set(err, errno, "%s: %s", directory, strerror(errno));
    free_ptr char *sidecar = o->sidecar ? strdup(o->sidecar) : default_sidecar(directory);
    if (!sidecar || extract_default_limits(directory, &x->limits, err))
        return sidecar ? -1 : error_set(err, errno, "%s: %s", directory, strerror(errno));
    if (o->max_bytes)
        x->limits.bytes = o->max_bytes;
    if (o->max_members)
        x->limits.members = o->max_members;
    return extract_begin(x, directory, sidecar, err);
}

int image_extract(const struct image_options *o)
{
    struct image_session s;
    struct error err;
    struct extraction x = { .tell = session_tell, .context = &s };
    if (session_open(&s, o, &err)) {
        fprintf(stderr, "wpar image extract: %s\n", err.text);
        return IMAGE_FAILED;
    }
    if (begin(&x, o, &err)) {
        session_tell(&s, err.text);
        return session_close(&s, IMAGE_FAILED);
    }
    if (o->verbose)
        s.progress.shown = false;       /* the names tell */
    int rc = extract_all(&s, &x);
    if (extract_end(&x, &err)) {
        session_tell(&s, err.text);
        rc = -1;
    }
    progress_clear(&s.progress);
    print_counts(o, &x.counts);
    return session_close(&s, rc < 0 ? IMAGE_FAILED : x.counts.failed ? IMAGE_INCOMPLETE : IMAGE_GOOD);
}
