/* file.c -- opening, closing and positioning. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "stream.h"

static FILE *open_stream(const char *path, const char *mode, int extra)
{
    int open_flags, flags, more_mode;
    if (__stream_parse_mode(mode, &open_flags, &flags, &more_mode))
        return NULL;
    int fd = open(path, open_flags | extra, 0666);
    if (fd < 0)
        return NULL;
    FILE *f = __stream_new(fd, flags, more_mode);
    if (!f)
        close(fd);
    return f;
}

FILE *fopen(const char *restrict path, const char *restrict mode) { return open_stream(path, mode, 0); }
FILE *fopen64(const char *path, const char *mode) { return open_stream(path, mode, O_LARGEFILE); }

FILE *fdopen(int fd, const char *mode)
{
    int open_flags, flags, more_mode;
    if (__stream_parse_mode(mode, &open_flags, &flags, &more_mode))
        return NULL;
    if (fcntl(fd, F_GETFL, 0) < 0)
        return NULL;
    return __stream_new(fd, flags, more_mode);
}

/* The state stays the caller's when there is no stream for it. */
FILE *__stream_on_device(const struct stream_device *device, void *state, const char *mode)
{
    int open_flags, flags, more_mode;
    if (__stream_parse_mode(mode, &open_flags, &flags, &more_mode))
        return NULL;
    FILE *f = __stream_new(-1, flags, more_mode);
    if (f) {
        more_of(f)->device = device;
        more_of(f)->device_state = state;
    }
    return f;
}

int fclose(FILE *f)
{
    if (!(f->_flag & (_IOREAD | _IOWRT | _IORW))) {
        errno = EBADF;
        return EOF;
    }
    __stream_lock(f);
    int result = __stream_flush(f);
    const struct stream_device *device = more_of(f)->device;
    if ((device ? device->close(more_of(f)->device_state) : close(f->_file)) < 0)
        result = EOF;
    __stream_unlock(f);
    __stream_release(f);
    return result;
}

static FILE *reopen(const char *path, const char *mode, FILE *f, int extra)
{
    int open_flags, flags, more_mode;
    if (__stream_parse_mode(mode, &open_flags, &flags, &more_mode))
        return NULL;
    __stream_flush(f);
    int fd = open(path, open_flags | extra, 0666), old = f->_file;
    if (fd < 0) {
        fclose(f);
        return NULL;
    }
    if (fd != old) {                    /* the stream keeps its number */
        dup2(fd, old);
        close(fd);
    }
    setvbuf(f, NULL, f == stderr ? _IONBF : _IOFBF, 0);
    f->_flag = (short)(flags | (f == stderr ? _IONBF : 0));
    f->_file = old;
    more_of(f)->mode = more_mode;
    more_of(f)->wide = 0;
    return f;
}

FILE *freopen(const char *restrict path, const char *restrict mode, FILE *restrict f) { return reopen(path, mode, f, 0); }
FILE *freopen64(const char *path, const char *mode, FILE *f) { return reopen(path, mode, f, O_LARGEFILE); }

off64_t __stream_seek(FILE *f, off64_t offset, int whence)
{
    const struct stream_device *device = more_of(f)->device;
    return device ? device->seek(more_of(f)->device_state, offset, whence) : lseek64(f->_file, offset, whence);
}

int fseeko64(FILE *f, off64_t offset, int whence)
{
    __stream_lock(f);
    int result = __stream_flush(f);
    if (result == 0) {
        if (whence == SEEK_CUR && (f->_flag & _IOREAD) && f->_cnt > 0)
            offset -= f->_cnt;
        if (__stream_seek(f, offset, whence) < 0)
            result = -1;
        else {
            if (f->_flag & _IOREAD || f->_flag & _IORW) {
                f->_cnt = 0;
                f->_ptr = f->_base;
                if (f->_flag & _IORW)   /* what comes next decides */
                    f->_flag &= ~(_IOREAD | _IOWRT);
            }
            f->_flag &= ~_IOEOF;
        }
    }
    __stream_unlock(f);
    return result;
}

off64_t ftello64(FILE *f)
{
    __stream_lock(f);
    if ((f->_flag & _IOWRT) && (more_of(f)->mode & MODE_APPEND))
        __stream_flush(f);
    off64_t at = __stream_seek(f, 0, SEEK_CUR);
    if (at >= 0 && f->_base) {
        if ((f->_flag & _IOREAD) && f->_cnt > 0)
            at -= f->_cnt;
        else if (f->_flag & _IOWRT)
            at += f->_ptr - f->_base;
    }
    __stream_unlock(f);
    return at;
}

int fseeko(FILE *f, off_t offset, int whence) { return fseeko64(f, offset, whence); }
int fseek(FILE *f, long offset, int whence) { return fseeko64(f, offset, whence); }

off_t ftello(FILE *f)
{
    off64_t at = ftello64(f);
    if (at != (off_t)at) {
        errno = EOVERFLOW;
        return -1;
    }
    return (off_t)at;
}

long ftell(FILE *f) { return ftello(f); }

void rewind(FILE *f)
{
    fseeko64(f, 0, SEEK_SET);
    clearerr(f);
}

int fgetpos64(FILE *f, fpos64_t *at) { return (*at = ftello64(f)) < 0 ? -1 : 0; }
int fsetpos64(FILE *f, const fpos64_t *at) { return fseeko64(f, *at, SEEK_SET); }
int fgetpos(FILE *restrict f, fpos_t *restrict at) { return (*at = ftell(f)) < 0 ? -1 : 0; }
int fsetpos(FILE *f, const fpos_t *at) { return fseek(f, *at, SEEK_SET); }

int remove(const char *path)
{
    if (unlink(path) == 0)
        return 0;
    return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}

FILE *tmpfile(void)
{
    char name[] = "/tmp/tmpfXXXXXX";
    int fd = mkstemp(name);
    if (fd < 0)
        return NULL;
    unlink(name);
    FILE *f = __stream_new(fd, _IORW, 0);
    if (!f)
        close(fd);
    return f;
}

FILE *tmpfile64(void) { return tmpfile(); }
