/* passwd.c -- users in /etc/passwd: name:passwd:uid:gid:gecos:dir:shell.
 *
 * Lookups open the file anew and touch no state, so the _r forms need no lock.
 */
#define _VWPAR_DRAFT7
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include "../include/lines.h"

static const char file[] = "/etc/passwd";
enum { LINE = 2048 };

static int parse(char *line, struct passwd *pw)
{
    char *at = line, *uid, *gid;

    if (!*line || *line == '#' || *line == '+' || *line == '-')
        return 0;
    pw->pw_name = __next_field(&at, ':');
    pw->pw_passwd = __next_field(&at, ':');
    uid = __next_field(&at, ':');
    gid = __next_field(&at, ':');
    pw->pw_gecos = __next_field(&at, ':');
    pw->pw_dir = __next_field(&at, ':');
    pw->pw_shell = __next_field(&at, ':');
    if (!*uid || !*gid)
        return 0;
    pw->pw_uid = (uid_t)strtoul(uid, NULL, 10);
    pw->pw_gid = (gid_t)strtoul(gid, NULL, 10);
    return 1;
}

/* By name, or by uid when that is NULL: 0 with *result set or NULL, or an error number. */
static int find(const char *name, uid_t uid, struct passwd *pw, char *buffer, size_t size, struct passwd **result)
{
    struct lines lines;
    int got, too_small = 0;

    *result = NULL;
    if (__lines_open(&lines, file) < 0)
        return errno == ENOENT ? 0 : errno;
    while ((got = __lines_next(&lines, buffer, size)) != 0) {
        if (got < 0) {
            too_small = 1;
            continue;
        }
        if (parse(buffer, pw) && (name ? strcmp(pw->pw_name, name) == 0 : pw->pw_uid == uid)) {
            *result = pw;
            break;
        }
    }
    __lines_close(&lines);
    return !*result && too_small ? ERANGE : 0;
}

int _posix_getpwnam_r(const char *name, struct passwd *pw, char *buffer, size_t size, struct passwd **result)
{
    return find(name, 0, pw, buffer, size, result);
}

int _posix_getpwuid_r(uid_t uid, struct passwd *pw, char *buffer, size_t size, struct passwd **result)
{
    return find(NULL, uid, pw, buffer, size, result);
}

/* The forms of draft 7: 0, or -1 with errno. */
static int draft7(int error, const struct passwd *result)
{
    if (result)
        return 0;
    errno = error ? error : ESRCH;
    return -1;
}

int getpwnam_r(const char *name, struct passwd *pw, char *buffer, int size)
{
    struct passwd *result;
    int error = find(name, 0, pw, buffer, (size_t)size, &result);

    return draft7(error, result);
}

int getpwuid_r(uid_t uid, struct passwd *pw, char *buffer, int size)
{
    struct passwd *result;
    int error = find(NULL, uid, pw, buffer, (size_t)size, &result);

    return draft7(error, result);
}

/* The classic functions share one entry; an entry that is not found leaves errno ENOENT (recalled: ESRCH by some levels). */
static struct passwd entry;
static char entry_line[LINE];
static struct lines all = { .fd = -1 };

static struct passwd *classic(int error, struct passwd *result)
{
    if (!result)
        errno = error ? error : ENOENT;
    return result;
}

struct passwd *getpwnam(const char *name)
{
    struct passwd *result;
    int error = find(name, 0, &entry, entry_line, LINE, &result);

    return classic(error, result);
}

struct passwd *getpwuid(uid_t uid)
{
    struct passwd *result;
    int error = find(NULL, uid, &entry, entry_line, LINE, &result);

    return classic(error, result);
}

void setpwent(void)
{
    __lines_close(&all);
}

void endpwent(void)
{
    __lines_close(&all);
}

struct passwd *getpwent(void)
{
    if (all.fd < 0 && __lines_open(&all, file) < 0)
        return NULL;
    for (int got; (got = __lines_next(&all, entry_line, LINE)) != 0;)
        if (got > 0 && parse(entry_line, &entry))
            return &entry;
    return NULL;
}
