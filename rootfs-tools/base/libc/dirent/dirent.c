/* dirent.c -- directory streams over getdirent, whose records are those of readdir [aix-abi 4.2].
 *
 * What opendir and opendir64 make is the same: the records are those of the function that reads, since programs ported from
 * elsewhere read with readdir64 what opendir opened. In 64-bit programs the two layouts are the same.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 8192 };

struct __dirstream {
    int fd, is64;                   /* which records are in the buffer */
    unsigned at, end;               /* in the buffer */
    long long position;             /* cookie of the entry that is next */
    long long buffer[BUFFER / 8];
};

static DIR *make(int fd)
{
    DIR *dir = malloc(sizeof *dir);

    if (!dir)
        return NULL;
    dir->fd = fd;
    dir->is64 = 0;
    dir->at = dir->end = 0;
    dir->position = 0;
    return dir;
}

DIR *opendir(const char *path)
{
    struct stat st;
    DIR *dir;
    int fd = open(path, O_RDONLY | O_NONBLOCK);

    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0) {
        errno = ENOTDIR;
        if (S_ISDIR(st.st_mode) && (dir = make(fd))) {
            fcntl(fd, F_SETFD, FD_CLOEXEC);
            return dir;
        }
    }
    int why = errno;
    close(fd);
    errno = why;
    return NULL;
}

DIR64 *opendir64(const char *path) { return opendir(path); }
DIR *fdopendir(int fd) { return make(fd); }
int dirfd(DIR *dir) { return dir->fd; }

int closedir(DIR *dir)
{
    int fd = dir->fd;

    free(dir);
    return close(fd);
}

int closedir64(DIR64 *dir)
{
    return closedir(dir);
}

void seekdir64(DIR64 *dir, off64_t position)
{
    lseek64(dir->fd, position, SEEK_SET);
    dir->at = dir->end = 0;
    dir->position = position;
}

/* The next record, or NULL at the end. */
static void *next(DIR *dir, int is64)
{
    if (dir->is64 != is64 && dir->at < dir->end)
        seekdir64(dir, dir->position);
    if (dir->at >= dir->end) {
        int n = is64 ? getdirent64(dir->fd, dir->buffer, BUFFER) : getdirent(dir->fd, dir->buffer, BUFFER);
        if (n <= 0)
            return NULL;
        dir->is64 = is64;
        dir->at = 0;
        dir->end = (unsigned)n;
    }
    return (char *)dir->buffer + dir->at;
}

struct dirent *readdir(DIR *dir)
{
    struct dirent *entry = next(dir, 0);

    if (entry) {
        dir->at += entry->d_reclen;
        dir->position = entry->d_offset;
    }
    return entry;
}

struct dirent64 *readdir64(DIR64 *dir)
{
    struct dirent64 *entry = next(dir, 1);

    if (entry) {
        dir->at += entry->d_reclen;
        dir->position = (long long)entry->d_offset;
    }
    return entry;
}

/* AIX returns 9 (EBADF) with a null result at the end of the directory as well (recalled): programs test the result. */
int readdir_r(DIR *restrict dir, struct dirent *restrict entry, struct dirent **restrict result)
{
    struct dirent *found = readdir(dir);

    *result = NULL;
    if (!found)
        return EBADF;
    memcpy(entry, found, found->d_reclen < sizeof *entry ? found->d_reclen : sizeof *entry);
    *result = entry;
    return 0;
}

void seekdir(DIR *dir, long position) { seekdir64(dir, position); }
void rewinddir(DIR *dir) { seekdir64(dir, 0); }
void rewinddir64(DIR64 *dir) { seekdir64(dir, 0); }
long telldir(DIR *dir) { return (long)dir->position; }
off64_t telldir64(DIR64 *dir) { return dir->position; }
