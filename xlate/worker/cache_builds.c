/* cache_builds.c -- segments of other builds of the translator in a cache directory: counted, and removed when room is needed.
 *
 * A build's files begin with eight digits of its fingerprint. It was used when its file of days was last written, or a segment.
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "xlate/cache/cache_key.h"
#include "xlate/worker/cache_tidy.h"

enum { PREFIX = 8 };

struct build {
    char prefix[PREFIX + 1];
    uint64_t files, bytes;
    time_t used;
};

struct builds { struct build *all; size_t count; };

/* "FFFFFFFF-..." or "FFFFFFFF.use": digits of a build that is not ours. */
static bool of_other_build(const char *name)
{
    char ours[CACHE_NAME_LEN];

    for (int i = 0; i < PREFIX; i++)
        if (!isxdigit((unsigned char)name[i]))
            return false;
    cache_file_name(ours, sizeof ours, "");
    return strncmp(name, ours, PREFIX) && (name[PREFIX] == '-' || name[PREFIX] == '.');
}

static struct build *build_of(struct builds *b, const char *name)
{
    for (size_t i = 0; i < b->count; i++)
        if (!strncmp(b->all[i].prefix, name, PREFIX))
            return &b->all[i];
    struct build *grown = realloc(b->all, (b->count + 1) * sizeof *grown);
    if (!grown)
        return NULL;
    b->all = grown;
    b->all[b->count] = (struct build){ .used = 0 };
    memcpy(b->all[b->count].prefix, name, PREFIX);
    return &b->all[b->count++];
}

static DIR *open_again(int dir)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);

    if (!d && fd >= 0)
        close(fd);
    return d;
}

static struct builds find_builds(int dir)
{
    struct builds found = { .count = 0 };
    struct stat st;
    DIR *d = open_again(dir);

    for (struct dirent *e; d && (e = readdir(d));) {
        if (!of_other_build(e->d_name) || fstatat(dir, e->d_name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
            continue;
        struct build *b = build_of(&found, e->d_name);
        if (!b)
            break;
        b->files++;
        b->bytes += (uint64_t)st.st_blocks * 512;
        b->used = st.st_mtime > b->used ? st.st_mtime : b->used;
    }
    if (d)
        closedir(d);
    return found;
}

static int by_use(const void *a, const void *b)
{
    const struct build *x = a, *y = b;

    return x->used < y->used ? -1 : x->used > y->used;
}

/* Its translator holds this lock while it runs. The lock file stays: another may be opening it. */
static int lock_build(int dir, const char *prefix)
{
    char name[CACHE_NAME_LEN];

    snprintf(name, sizeof name, "%s.lock", prefix);
    int fd = openat(dir, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool remove_build(int dir, const char *prefix)
{
    close_fd int locked = lock_build(dir, prefix);
    DIR *d = locked < 0 ? NULL : open_again(dir);

    if (!d)
        return false;
    for (struct dirent *e; (e = readdir(d));)
        if (!strncmp(e->d_name, prefix, PREFIX) && of_other_build(e->d_name) && strcmp(e->d_name + PREFIX, ".lock"))
            unlinkat(dir, e->d_name, 0);
    closedir(d);
    return true;
}

struct tidy_builds tidy_other_builds(int dir)
{
    struct builds b = find_builds(dir);
    struct tidy_builds sum = { .builds = (unsigned)b.count };

    for (size_t i = 0; i < b.count; i++) {
        sum.files += b.all[i].files;
        sum.bytes += b.all[i].bytes;
    }
    free(b.all);
    return sum;
}

uint64_t tidy_trim_builds(int dir, uint64_t bytes)
{
    struct builds b = find_builds(dir);
    uint64_t total = 0, freed = 0;

    for (size_t i = 0; i < b.count; i++)
        total += b.all[i].bytes;
    if (b.count)
        qsort(b.all, b.count, sizeof *b.all, by_use);
    for (size_t i = 0; i < b.count && total - freed > bytes; i++)
        if (remove_build(dir, b.all[i].prefix))
            freed += b.all[i].bytes;
    free(b.all);
    return freed;
}
