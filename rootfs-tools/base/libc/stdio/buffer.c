/* buffer.c -- filling and flushing, character and block transfer. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "kernel.h"
#include "stream.h"

#undef getc
#undef putc
#undef getchar
#undef putchar

static int write_all(FILE *f, const unsigned char *p, size_t n)
{
    while (n > 0) {
        const struct stream_device *device = more_of(f)->device;
        ssize_t done = device ? device->write(more_of(f)->device_state, p, n) : kwrite(f->_file, p, n);
        if (done < 0) {
            f->_flag |= _IOERR;
            return EOF;
        }
        p += done;
        n -= (size_t)done;
    }
    return 0;
}

int __stream_flush(FILE *f)
{
    if (!(f->_flag & _IOWRT) || !f->_base)
        return 0;
    unsigned char *text = f->_base;
    size_t n = (size_t)(f->_ptr - text);
    f->_ptr = text;
    f->_cnt = f->_flag & (_IONBF | _IOLBF) ? 0 : (int)(f->_bufendp - text);
    return n ? write_all(f, text, n) : 0;
}

/* Reading from a terminal shows what was prompted for. */
static void flush_line_buffered(FILE *f)
{
    if ((f->_flag & _IOLBF) && (f->_flag & _IOWRT))
        __stream_flush(f);
}

int __filbuf(FILE *f)
{
    f->_cnt = 0;
    if (more_of(f)->mode & MODE_STRING) {
        f->_flag |= _IOEOF;
        return EOF;
    }
    if (__stream_to_read(f))
        return EOF;
    if (f->_flag & (_IONBF | _IOLBF) || __stream_is_terminal(f))
        flush_line_buffered(stdout);
    const struct stream_device *device = more_of(f)->device;
    size_t room = (size_t)(f->_bufendp - f->_base);
    ssize_t n = device ? device->read(more_of(f)->device_state, f->_base, room) : kread(f->_file, f->_base, room);
    f->_ptr = f->_base;
    if (n <= 0) {
        f->_flag |= n == 0 ? _IOEOF : _IOERR;
        return EOF;
    }
    f->_cnt = (int)n - 1;
    return *f->_ptr++;
}

int __flsbuf(unsigned char c, FILE *f)
{
    f->_cnt = 0;
    if (__stream_to_write(f))
        return EOF;
    if (f->_ptr >= f->_bufendp && __stream_flush(f))
        return EOF;
    *f->_ptr++ = c;
    int full = !(f->_flag & (_IONBF | _IOLBF));
    f->_cnt = full ? (int)(f->_bufendp - f->_ptr) : 0;
    if (!full && ((f->_flag & _IONBF) || c == '\n' || f->_ptr >= f->_bufendp) && __stream_flush(f))
        return EOF;
    return c;
}

int _filbuf(FILE *f) { return __filbuf(f); }
int _flsbuf(unsigned char c, FILE *f) { return __flsbuf(c, f); }

int getc_unlocked(FILE *f) { return --f->_cnt < 0 ? __filbuf(f) : *f->_ptr++; }
int putc_unlocked(int c, FILE *f) { return --f->_cnt < 0 ? __flsbuf((unsigned char)c, f) : (*f->_ptr++ = (unsigned char)c); }

int fgetc(FILE *f)
{
    __stream_lock(f);
    int c = getc_unlocked(f);
    __stream_unlock(f);
    return c;
}

int fputc(int c, FILE *f)
{
    __stream_lock(f);
    c = putc_unlocked(c, f);
    __stream_unlock(f);
    return c;
}

int getc(FILE *f) { return fgetc(f); }
int putc(int c, FILE *f) { return fputc(c, f); }
int getchar(void) { return fgetc(stdin); }
int putchar(int c) { return fputc(c, stdout); }
int getchar_unlocked(void) { return getc_unlocked(stdin); }
int putchar_unlocked(int c) { return putc_unlocked(c, stdout); }

int ungetc(int c, FILE *f)
{
    if (c == EOF)
        return EOF;
    __stream_lock(f);
    int done = EOF, text = (more_of(f)->mode & MODE_STRING) != 0;
    if (text ? f->_ptr > f->_base : __stream_to_read(f) == 0 && f->_ptr > f->_base - PUSHBACK) {
        if (f->_cnt < 0)
            f->_cnt = 0;
        f->_ptr--;
        if (!text)                      /* a string is given back as it stands: it may be read-only */
            *f->_ptr = (unsigned char)c;
        f->_cnt++;
        f->_flag &= ~_IOEOF;
        done = (unsigned char)c;
    }
    __stream_unlock(f);
    return done;
}

static size_t read_block(FILE *f, unsigned char *to, size_t n)
{
    size_t got = 0;
    while (got < n) {
        if (f->_cnt > 0) {
            size_t part = n - got < (size_t)f->_cnt ? n - got : (size_t)f->_cnt;
            memcpy(to + got, f->_ptr, part);
            f->_ptr += part;
            f->_cnt -= (int)part;
            got += part;
            continue;
        }
        int c = __filbuf(f);
        if (c == EOF)
            break;
        to[got++] = (unsigned char)c;
    }
    return got;
}

size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict f)
{
    if (size == 0 || count == 0)
        return 0;
    __stream_lock(f);
    size_t got = read_block(f, to, size * count);
    __stream_unlock(f);
    return got / size;
}

/* How much of s may stay in the buffer: all, or for line buffering what follows the last newline. */
static size_t write_buffered(FILE *f, const char *s, size_t n)
{
    for (size_t done = 0; done < n;) {
        size_t room = (size_t)(f->_bufendp - f->_ptr);
        if (room == 0) {
            if (__stream_flush(f))
                return done;
            continue;
        }
        size_t part = n - done < room ? n - done : room;
        memcpy(f->_ptr, s + done, part);
        f->_ptr += part;
        if (!(f->_flag & _IOLBF))
            f->_cnt -= (int)part;
        done += part;
    }
    return n;
}

size_t __stream_write(FILE *f, const char *s, size_t n)
{
    if (n == 0 || __stream_to_write(f))
        return 0;
    size_t capacity = (size_t)(f->_bufendp - f->_base);
    if (n >= capacity) {
        if (__stream_flush(f) || write_all(f, (const unsigned char *)s, n))
            return 0;
        return n;
    }
    size_t done = write_buffered(f, s, n);
    if ((f->_flag & _IONBF) || ((f->_flag & _IOLBF) && memchr(s, '\n', n)))
        if (__stream_flush(f))
            return 0;
    return done;
}

size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict f)
{
    if (size == 0 || count == 0)
        return 0;
    __stream_lock(f);
    size_t done = __stream_write(f, from, size * count);
    __stream_unlock(f);
    return done / size;
}

static void flush_if_writing(FILE *f)
{
    if (f->_flag & _IOWRT)
        __stream_flush(f);
}

int fflush(FILE *f)
{
    if (!f) {
        __stream_each(flush_if_writing);
        return 0;
    }
    __stream_lock(f);
    int result = __stream_flush(f);
    if (result == 0 && (f->_flag & _IORW) && (f->_flag & _IOWRT)) {     /* it may be read next */
        f->_flag &= ~_IOWRT;
        f->_cnt = 0;
    }
    __stream_unlock(f);
    return result;
}
