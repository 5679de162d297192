/* ttyname.c -- is it a terminal, and which one; pseudo terminals.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { NAME = 64 };

int isatty(int fd)
{
    struct termios t;

    if (tcgetattr(fd, &t) == 0)
        return 1;
    if (errno != EBADF)
        errno = ENOTTY;
    return 0;
}

/* Look in a folder for the character device of st; 1 when `name` is it. */
static int search(const char *folder, const struct stat *st, char *name, size_t size)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    struct stat found;

    if (!dir)
        return 0;
    while ((entry = readdir(dir))) {
        if ((size_t)snprintf(name, size, "%s/%s", folder, entry->d_name) >= size)
            continue;
        if (stat(name, &found) == 0 && S_ISCHR(found.st_mode) && found.st_rdev == st->st_rdev && found.st_ino == st->st_ino)
            break;
    }
    closedir(dir);
    return entry != NULL;
}

int ttyname_r(int fd, char *name, size_t size)
{
    struct stat st;

    if (!isatty(fd))
        return errno;
    if (fstat(fd, &st) < 0)
        return errno;
    return search("/dev/pts", &st, name, size) || search("/dev", &st, name, size) ? 0 : ENOTTY;
}

char *ttyname(int fd)
{
    static char name[NAME];
    int error = ttyname_r(fd, name, sizeof name);

    if (!error)
        return name;
    errno = error;
    return NULL;
}

char *ctermid(char *name)
{
    static char own[L_ctermid + 1];

    return strcpy(name ? name : own, "/dev/tty");
}

/* A master is made by opening /dev/ptc; its slave is what ISPTM's answer numbers (recalled). */
int posix_openpt(int flags)
{
    int fd = open("/dev/ptc", flags);

    return fd < 0 && errno == ENOENT ? open("/dev/ptmx", flags) : fd;
}

int grantpt(int fd) { return ioctl(fd, GRTPT, 0) < 0 && errno == EBADF ? -1 : 0; }
int unlockpt(int fd) { return ioctl(fd, UNLKPT, 0); }

char *ptsname(int fd)
{
    static char name[NAME];
    int number = ioctl(fd, ISPTM, 0);

    if (number < 0)
        return NULL;
    snprintf(name, sizeof name, "/dev/pts/%d", number & 0xffff);
    return name;
}
