/* guest_user.c -- see guest_user.h. */
#include "rootfs-tools/wpar/guest_user.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"

static int open_inside(const char *directory, const char *path, int flags)
{
    close_fd int root = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct open_how how = { .flags = (unsigned)flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT };
    return root < 0 ? -1 : (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

/* name:password:uid:gid:text:home:shell */
static int take_line(struct guest_user *u, char *line, const char *name)
{
    char *fields[7] = { 0 };
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        fields[i] = strsep(&line, ":");
    if (!fields[3] || strcmp(fields[0], name) != 0)
        return 0;
    u->uid = (uid_t)strtoul(fields[2], NULL, 10);
    u->gid = (gid_t)strtoul(fields[3], NULL, 10);
    if (fields[5] && fields[5][0] == '/')
        snprintf(u->home, sizeof u->home, "%s", fields[5]);
    if (fields[6] && fields[6][0] == '/')
        snprintf(u->shell, sizeof u->shell, "%s", fields[6]);
    return 1;
}

int guest_user_find(struct guest_user *u, const char *directory, const char *name, struct error *err)
{
    char line[2048];
    *u = (struct guest_user){ .home = "/", .shell = "/usr/bin/sh" };
    snprintf(u->name, sizeof u->name, "%s", name);
    int fd = open_inside(directory, "/etc/passwd", O_RDONLY);
    close_file FILE *f = fd >= 0 ? fdopen(fd, "r") : NULL;
    while (f && fgets(line, sizeof line, f))
        if (take_line(u, line, name))
            return 0;
    return strcmp(name, "root") == 0 ? 0 : error_set(err, ESRCH, "there is no user %s in the workload partition", name);
}

int guest_file_exists(const char *directory, const char *path)
{
    struct stat st;
    close_fd int fd = open_inside(directory, path, O_PATH);
    return fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0111);
}

int guest_directory_exists(const char *directory, const char *path)
{
    close_fd int fd = open_inside(directory, path, O_PATH | O_DIRECTORY);
    return fd >= 0;
}

int guest_command_find(char out[PATH_MAX], const char *const *directories, const char *word)
{
    static const char *const places[] = { "/usr/bin", "/etc", "/usr/sbin", "/usr/ucb", "/sbin", "/usr/local/bin" };
    snprintf(out, PATH_MAX, "%s", word);
    if (strchr(word, '/'))
        return 0;
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        for (const char *const *d = directories; *d; d++) {
            snprintf(out, PATH_MAX, "%s/%.3000s", places[i], word);
            if (guest_file_exists(*d, out))
                return 0;
        }
    return -1;
}
