/* named.c -- named semaphores: a file in /tmp that every user of the name maps shared. Where AIX keeps them is not public.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../include/lock.h"

static const char prefix[] = "/tmp/.sem.";
enum { SEM_BYTES = 4096 };

/* One mapping per name and process: opening again gives the same address [POSIX sem_open]. */
struct named {
    dev_t dev;
    ino_t ino;
    sem_t *sem;
    int opened;
    struct named *next;
};
static struct named *all;
static int lock;

static int path_of(const char *name, char *path)
{
    while (*name == '/')
        name++;
    if (!*name || strlen(name) > NAME_MAX - sizeof prefix) {
        errno = *name ? ENAMETOOLONG : EINVAL;
        return -1;
    }
    strcpy(path, prefix);
    path += sizeof prefix - 1;
    for (; *name; name++)
        *path++ = *name == '/' ? '_' : *name;
    *path = 0;
    return 0;
}

/* Create under a temporary name and link: nobody sees a semaphore without its value. */
static int create(const char *path, mode_t mode, unsigned value)
{
    char temporary[NAME_MAX + 32];
    sem_t first;

    if (sem_init(&first, 1, value) < 0)
        return -1;
    strcpy(temporary, "/tmp/.semXXXXXX");
    int fd = mkstemp(temporary);
    if (fd < 0)
        return -1;
    int result = -1;
    if (ftruncate(fd, SEM_BYTES) == 0 && pwrite(fd, &first, sizeof first, 0) == sizeof first && fchmod(fd, mode) == 0)
        result = link(temporary, path);
    int why = errno;
    unlink(temporary);
    close(fd);
    errno = why;
    return result;
}

static sem_t *map(int fd)
{
    struct stat st;
    struct named *n;

    if (fstat(fd, &st) < 0)
        return SEM_FAILED;
    for (n = all; n; n = n->next)
        if (n->dev == st.st_dev && n->ino == st.st_ino) {
            n->opened++;
            return n->sem;
        }
    if (!(n = malloc(sizeof *n)))
        return SEM_FAILED;
    sem_t *sem = mmap(NULL, SEM_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FILE, fd, 0);
    if (sem == MAP_FAILED) {
        free(n);
        return SEM_FAILED;
    }
    *n = (struct named){ st.st_dev, st.st_ino, sem, 1, all };
    all = n;
    return sem;
}

sem_t *sem_open(const char *name, int flags, ...)
{
    char path[sizeof prefix + NAME_MAX];
    va_list args;
    int fd;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    unsigned value = flags & O_CREAT ? va_arg(args, unsigned) : 0;
    va_end(args);
    if (path_of(name, path) < 0)
        return SEM_FAILED;
    if (flags & O_CREAT && create(path, mode, value) < 0 && (errno != EEXIST || flags & O_EXCL))
        return SEM_FAILED;
    if ((fd = open(path, O_RDWR)) < 0)
        return SEM_FAILED;
    libc_lock(&lock);
    sem_t *sem = map(fd);
    libc_unlock(&lock);
    close(fd);
    return sem;
}

int sem_close(sem_t *sem)
{
    struct named **at, *n;

    libc_lock(&lock);
    for (at = &all; *at && (*at)->sem != sem; at = &(*at)->next)
        ;
    n = *at;
    int last = n && --n->opened == 0;
    if (last)
        *at = n->next;
    libc_unlock(&lock);
    if (!n) {
        errno = EINVAL;
        return -1;
    }
    if (last) {
        munmap(n->sem, SEM_BYTES);
        free(n);
    }
    return 0;
}

int sem_unlink(const char *name)
{
    char path[sizeof prefix + NAME_MAX];

    if (path_of(name, path) < 0)
        return -1;
    if (unlink(path) == 0)
        return 0;
    if (errno == EPERM)                 /* another user's, in a sticky folder */
        errno = EACCES;
    return -1;
}
