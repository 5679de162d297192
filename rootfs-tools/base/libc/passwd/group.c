/* group.c -- groups in /etc/group: name:passwd:gid:member,member.
 *
 * The member array lies in the caller's buffer behind the line, as the re-entrant forms require.
 */
#define _VWPAR_DRAFT7
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "../include/lines.h"

static const char file[] = "/etc/group";
enum { LINE = 16384 };

/* 1 an entry, 0 none in this line, -1 no room for the members. */
static int parse(char *line, size_t size, struct group *gr)
{
    char *at = line, *gid, *members, *end = line + size;
    size_t n = 0;

    if (!*line || *line == '#' || *line == '+' || *line == '-')
        return 0;
    char **list = (char **)(((uintptr_t)line + strlen(line) + sizeof(char *)) & ~(uintptr_t)(sizeof(char *) - 1));
    gr->gr_name = __next_field(&at, ':');
    gr->gr_passwd = __next_field(&at, ':');
    gid = __next_field(&at, ':');
    members = __next_field(&at, ':');
    if (!*gid)
        return 0;
    gr->gr_gid = (gid_t)strtoul(gid, NULL, 10);
    for (;;) {
        if ((char *)(list + n + 1) > end)
            return -1;
        if (!*members)
            break;
        list[n++] = __next_field(&members, ',');
    }
    list[n] = NULL;
    gr->gr_mem = list;
    return 1;
}

static int find(const char *name, gid_t gid, struct group *gr, char *buffer, size_t size, struct group **result)
{
    struct lines lines;
    int got, too_small = 0;

    *result = NULL;
    if (__lines_open(&lines, file) < 0)
        return errno == ENOENT ? 0 : errno;
    while (!*result && (got = __lines_next(&lines, buffer, size)) != 0) {
        if (got > 0)
            got = parse(buffer, size, gr);
        if (got < 0)
            too_small = 1;
        else if (got && (name ? strcmp(gr->gr_name, name) == 0 : gr->gr_gid == gid))
            *result = gr;
    }
    __lines_close(&lines);
    return !*result && too_small ? ERANGE : 0;
}

int _posix_getgrnam_r(const char *name, struct group *gr, char *buffer, size_t size, struct group **result)
{
    return find(name, 0, gr, buffer, size, result);
}

int _posix_getgrgid_r(gid_t gid, struct group *gr, char *buffer, size_t size, struct group **result)
{
    return find(NULL, gid, gr, buffer, size, result);
}

static int draft7(int error, const struct group *result)
{
    if (result)
        return 0;
    errno = error ? error : ESRCH;
    return -1;
}

int getgrnam_r(const char *name, struct group *gr, char *buffer, int size)
{
    struct group *result;
    int error = find(name, 0, gr, buffer, (size_t)size, &result);

    return draft7(error, result);
}

int getgrgid_r(gid_t gid, struct group *gr, char *buffer, int size)
{
    struct group *result;
    int error = find(NULL, gid, gr, buffer, (size_t)size, &result);

    return draft7(error, result);
}

static struct group entry;
static char entry_line[LINE];
static struct lines all = { .fd = -1 };

static struct group *classic(int error, struct group *result)
{
    if (!result)
        errno = error ? error : ENOENT;
    return result;
}

struct group *getgrnam(const char *name)
{
    struct group *result;
    int error = find(name, 0, &entry, entry_line, LINE, &result);

    return classic(error, result);
}

struct group *getgrgid(gid_t gid)
{
    struct group *result;
    int error = find(NULL, gid, &entry, entry_line, LINE, &result);

    return classic(error, result);
}

void setgrent(void)
{
    __lines_close(&all);
}

void endgrent(void)
{
    __lines_close(&all);
}

struct group *getgrent(void)
{
    if (all.fd < 0 && __lines_open(&all, file) < 0)
        return NULL;
    for (int got; (got = __lines_next(&all, entry_line, LINE)) != 0;)
        if (got > 0 && parse(entry_line, LINE, &entry) > 0)
            return &entry;
    return NULL;
}

static int has_member(const struct group *gr, const char *name)
{
    for (char **m = gr->gr_mem; *m; m++)
        if (strcmp(*m, name) == 0)
            return 1;
    return 0;
}

int initgroups(const char *name, gid_t base)
{
    struct lines lines;
    struct group gr;
    gid_t groups[NGROUPS_MAX] = { base };
    int n = 1, got;
    char *line = malloc(LINE);

    if (!line)
        return -1;
    if (__lines_open(&lines, file) == 0) {
        while (n < NGROUPS_MAX && (got = __lines_next(&lines, line, LINE)) != 0)
            if (got > 0 && parse(line, LINE, &gr) > 0 && gr.gr_gid != base && has_member(&gr, name))
                groups[n++] = gr.gr_gid;
        __lines_close(&lines);
    }
    free(line);
    return setgroups(n, groups);
}
