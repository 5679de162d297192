/* stream.c -- the streams themselves: _iob, making and releasing, locking, modes. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lock.h"
#include "stream.h"

static struct stream_more standard[3];
FILE _iob[_NFILE] = {
    { ._flag = _IOREAD, ._file = 0, .__ext = &standard[0] },
    { ._flag = _IOWRT, ._file = 1, .__ext = &standard[1] },
    { ._flag = _IOWRT | _IONBF, ._file = 2, .__ext = &standard[2] },
};

static int list_lock;
static FILE *others;                    /* streams outside _iob[0..2], linked through more->next */

int *_Errno(void);

void __stream_lock(FILE *f)
{
    if (!LIBC_THREADED)
        return;
    struct stream_more *m = more_of(f);
    void *self = _Errno();
    if (m->owner != self) {
        libc_lock(&m->lock);
        m->owner = self;
    }
    m->depth++;
}

void __stream_unlock(FILE *f)
{
    if (!LIBC_THREADED)
        return;
    struct stream_more *m = more_of(f);
    if (m->depth == 0 || --m->depth > 0)
        return;
    m->owner = NULL;
    libc_unlock(&m->lock);
}

void flockfile(FILE *f) { __stream_lock(f); }
void funlockfile(FILE *f) { __stream_unlock(f); }

int ftrylockfile(FILE *f)
{
    struct stream_more *m = more_of(f);
    int expected = 0;
    if (LIBC_THREADED && m->owner != _Errno() &&
        !__atomic_compare_exchange_n(&m->lock, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return -1;
    if (LIBC_THREADED) {
        m->owner = _Errno();
        m->depth++;
    }
    return 0;
}

FILE *__stream_new(int fd, int flags, int mode)
{
    FILE *f = calloc(1, sizeof *f + sizeof(struct stream_more));
    if (!f)
        return NULL;
    struct stream_more *m = (struct stream_more *)(f + 1);
    f->__ext = m;
    f->_file = fd;
    f->_flag = (short)flags;
    m->mode = mode;
    libc_lock(&list_lock);
    m->next = others;
    others = f;
    libc_unlock(&list_lock);
    return f;
}

static void release_buffer(FILE *f)
{
    if (f->_flag & _IOMYBUF)
        free(f->_base - PUSHBACK);
    f->_base = f->_ptr = f->_bufendp = NULL;
    f->_cnt = 0;
    f->_flag &= ~_IOMYBUF;
}

void __stream_release(FILE *f)
{
    release_buffer(f);
    f->_flag = 0;
    if (f >= _iob && f < _iob + _NFILE)
        return;
    libc_lock(&list_lock);
    for (FILE **link = &others; *link; link = &more_of(*link)->next)
        if (*link == f) {
            *link = more_of(f)->next;
            break;
        }
    libc_unlock(&list_lock);
    free(f);
}

void __stream_each(void (*visit)(FILE *f))
{
    for (int i = 0; i < 3; i++)
        visit(&_iob[i]);
    libc_lock(&list_lock);
    for (FILE *f = others; f; f = more_of(f)->next)
        visit(f);
    libc_unlock(&list_lock);
}

int __stream_parse_mode(const char *mode, int *open_flags, int *flags, int *more_mode)
{
    int plus = strchr(mode, '+') != NULL;
    *more_mode = 0;
    switch (mode[0]) {
    case 'r': *open_flags = plus ? O_RDWR : O_RDONLY; break;
    case 'w': *open_flags = (plus ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC; break;
    case 'a':
        *open_flags = (plus ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND;
        *more_mode = MODE_APPEND;
        break;
    default: errno = EINVAL; return -1;
    }
    *flags = plus ? _IORW : mode[0] == 'r' ? _IOREAD : _IOWRT;
    return 0;
}

/* errno is not touched: a handler that prints between a call and the look at its errno is common. */
int __stream_is_terminal(FILE *f)
{
    int before = errno, terminal = isatty(f->_file);

    errno = before;
    return terminal;
}

/* A buffer at the first use: none given by setvbuf, so by kind: terminals line by line, others by blocks. */
static int get_buffer(FILE *f)
{
    if (f->_base)
        return 0;
    if (!(f->_flag & (_IONBF | _IOLBF)) && (f->_flag & (_IOWRT | _IORW)) && __stream_is_terminal(f))
        f->_flag |= _IOLBF;
    unsigned char *memory = NULL;
    size_t size = 1;
    if (!(f->_flag & _IONBF)) {
        size = BUFSIZ;
        memory = malloc(PUSHBACK + size);
        if (memory)
            f->_flag |= _IOMYBUF;
        else
            size = 1;
    }
    f->_base = (memory ? memory : more_of(f)->small) + PUSHBACK;
    f->_bufendp = f->_base + size;
    f->_ptr = f->_base;
    f->_cnt = 0;
    return 0;
}

int __stream_to_read(FILE *f)
{
    if (f->_flag & _IOWRT) {
        if (!(f->_flag & _IORW)) {
            f->_flag |= _IOERR;
            errno = EBADF;
            return EOF;
        }
        if (__stream_flush(f))
            return EOF;
        f->_flag &= ~_IOWRT;
        f->_cnt = 0;
    }
    if (!(f->_flag & (_IOREAD | _IORW))) {
        f->_flag |= _IOERR;
        errno = EBADF;
        return EOF;
    }
    f->_flag |= _IOREAD;
    return get_buffer(f);
}

int __stream_to_write(FILE *f)
{
    if ((f->_flag & _IOREAD) && (f->_flag & _IORW)) {
        f->_flag &= ~(_IOREAD | _IOEOF);
        f->_ptr = f->_base;
        f->_cnt = 0;
    }
    if (!(f->_flag & (_IOWRT | _IORW)) || (f->_flag & _IOREAD)) {
        f->_flag |= _IOERR;
        errno = EBADF;
        return EOF;
    }
    int fresh = !(f->_flag & _IOWRT) || !f->_base;
    f->_flag |= _IOWRT;
    if (get_buffer(f))
        return EOF;
    if (fresh) {
        f->_ptr = f->_base;
        f->_cnt = f->_flag & (_IONBF | _IOLBF) ? 0 : (int)(f->_bufendp - f->_base);
    }
    return 0;
}

int setvbuf(FILE *restrict f, char *restrict buffer, int mode, size_t size)
{
    if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF)
        return -1;
    __stream_lock(f);
    if (f->_flag & _IOWRT)
        __stream_flush(f);
    release_buffer(f);
    f->_flag = (short)((f->_flag & ~(_IONBF | _IOLBF)) | mode);
    if (mode != _IONBF && buffer && size > PUSHBACK) {
        f->_base = (unsigned char *)buffer + PUSHBACK;
        f->_bufendp = (unsigned char *)buffer + size;
        f->_ptr = f->_base;
        if (f->_flag & _IOWRT)
            f->_cnt = mode == _IOLBF ? 0 : (int)(f->_bufendp - f->_base);
    }
    __stream_unlock(f);
    return 0;
}

void setbuf(FILE *restrict f, char *restrict buffer) { setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ); }
void setbuffer(FILE *f, char *buffer, size_t size) { setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, size); }
void setlinebuf(FILE *f) { setvbuf(f, NULL, _IOLBF, 0); }

#undef feof
#undef ferror
#undef fileno
int feof(FILE *f) { return (f->_flag & _IOEOF) != 0; }
int ferror(FILE *f) { return (f->_flag & _IOERR) != 0; }
int fileno(FILE *f) { return f->_file; }
void clearerr(FILE *f) { f->_flag &= ~(_IOEOF | _IOERR); }

int fwide(FILE *f, int mode)
{
    struct stream_more *m = more_of(f);
    if (m->wide == 0)
        m->wide = mode;
    return m->wide;
}
