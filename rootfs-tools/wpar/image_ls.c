/* image_ls.c -- `wpar image ls`, `cat` and `verify`: images looked at without writing anything. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "rootfs-tools/backup/safe_tree.h"
#include "rootfs-tools/backup/sidecar.h"
#include "rootfs-tools/wpar/image_packages.h"
#include "rootfs-tools/wpar/image_session.h"

static int cannot_open(const struct image_options *o, const struct error *err)
{
    fprintf(stderr, "wpar image %s: ", o->verb);
    print_plain(stderr, err->text);
    putc('\n', stderr);
    return IMAGE_FAILED;
}

/* "drwxr-xr-x", with "+" for an extended ACL, as ls has it. */
static void mode_text(uint32_t mode, char text[12])
{
    static const char types[] = "?pc?d?b?-?l?s???";
    static const char letters[] = "rwxrwxrwx";
    text[0] = types[mode >> 12 & 15];
    for (int i = 0; i < 9; i++)
        text[1 + i] = mode & (0400u >> i) ? letters[i] : '-';
    if (mode & S_ISUID)
        text[3] = mode & 0100 ? 's' : 'S';
    if (mode & S_ISGID)
        text[6] = mode & 0010 ? 's' : 'S';
    if (mode & S_ISVTX)
        text[9] = mode & 0001 ? 't' : 'T';
    text[10] = mode & BFF_MODE_EXTENDED_ACL ? '+' : ' ';
    text[11] = '\0';
}

static void print_detailed(const struct bff_member *m)
{
    char mode[12], date[32], size[32];
    time_t t = m->mtime;
    struct tm tm;
    mode_text(m->mode, mode);
    strftime(date, sizeof date, "%Y-%m-%d %H:%M", localtime_r(&t, &tm));
    if (S_ISCHR(m->mode) || S_ISBLK(m->mode))
        snprintf(size, sizeof size, "%u,%u", m->rdev_major, m->rdev_minor);
    else
        snprintf(size, sizeof size, "%u", S_ISDIR(m->mode) ? 0 : m->size);
    printf("%s %3u %8u %8u %10s %s ", mode, m->nlink, m->uid, m->gid, size, date);
    print_plain(stdout, m->name);
    if (S_ISLNK(m->mode)) {
        fputs(" -> ", stdout);
        print_plain(stdout, m->target);
    }
    putchar('\n');
}

static void print_member(const struct image_options *o, const struct bff_member *m)
{
    if (o->json) {
        json_t *object = member_json(m, m->name);
        json_dumpf(object, stdout, JSON_COMPACT);
        json_decref(object);
        putchar('\n');
    } else if (o->detailed) {
        print_detailed(m);
    } else {
        print_plain(stdout, m->name);
        putchar('\n');
    }
}

int image_ls(const struct image_options *o)
{
    struct image_session s;
    struct error err;
    int rc;
    if (o->packages)
        return image_list_packages(o);
    if (session_open(&s, o, &err))
        return cannot_open(o, &err);
    while ((rc = session_next(&s)) > 0)
        if (session_wants(&s))
            print_member(o, &s.reader.member);
    if (fflush(stdout) || ferror(stdout)) {
        session_tell(&s, "standard output: cannot be written");
        rc = -1;
    }
    return session_close(&s, rc < 0 ? IMAGE_FAILED : IMAGE_GOOD);
}

static int copy_out(struct image_session *s)
{
    const uint8_t *data;
    struct error err;
    ssize_t n;
    while ((n = bff_data(&s->reader, &data, &err)) > 0)
        if (fwrite(data, 1, (size_t)n, stdout) != (size_t)n)
            break;
    if (n == 0 && fflush(stdout) == 0)
        return IMAGE_GOOD;
    session_tell(s, n < 0 ? err.text : "standard output: cannot be written");
    return n < 0 ? IMAGE_INCOMPLETE : IMAGE_FAILED;
}

int image_cat(const struct image_options *o)
{
    struct image_session s;
    struct error err;
    int rc, status = IMAGE_GOOD;
    if (session_open(&s, o, &err))
        return cannot_open(o, &err);
    while ((rc = session_next(&s)) > 0) {
        char name[BFF_NAME_MAX + 1], wanted[BFF_NAME_MAX + 1];
        if (!session_wants(&s) || tree_clean_name(s.reader.member.name, name, &err) ||
            tree_clean_name(o->names[0], wanted, &err) || strcmp(name, wanted) != 0)
            continue;
        if (S_ISREG(s.reader.member.mode)) {
            status = copy_out(&s);
        } else {
            session_tell(&s, "not a regular file");
            status = IMAGE_INCOMPLETE;
        }
        break;
    }
    return session_close(&s, rc < 0 ? IMAGE_FAILED : status);
}

/* Every byte read and unpacked. */
static int check_data(struct image_session *s, uint64_t *bytes)
{
    const uint8_t *data;
    struct error err;
    ssize_t n;
    while ((n = bff_data(&s->reader, &data, &err)) > 0) {
        *bytes += (uint64_t)n;
        progress_show(&s->progress, s->source.position);
    }
    if (n < 0) {
        s->reader.damages++;
        session_tell(s, err.text);
    }
    return n < 0 && s->source.failed ? -1 : 0;
}

int image_verify(const struct image_options *o)
{
    static const char *const containers[] = { "", " in a tape image", " in a tape image", " in an ISO" };
    struct image_session s;
    struct image_kind kind = { 0 };
    struct error err;
    uint64_t bytes = 0;
    int rc;
    if (session_open(&s, o, &err))
        return cannot_open(o, &err);
    while ((rc = session_next(&s)) > 0) {
        image_kind_note(&kind, &s.reader.member);
        if (check_data(&s, &bytes)) {
            rc = -1;
            break;
        }
    }
    progress_clear(&s.progress);
    print_plain(stdout, s.source.name);
    printf(": %s%s, volume %u, %" PRIu64 " members, %" PRIu64 " bytes of files, ", image_kind_name(&kind),
           containers[s.container], s.reader.volume.number, s.reader.members, bytes);
    if (s.reader.damages)
        printf("damaged in %" PRIu64 " places\n", s.reader.damages);
    else
        puts("no damage");
    return session_close(&s, rc < 0 ? IMAGE_FAILED : IMAGE_GOOD);
}
