/* stream.h -- what the stdio sources share: the state behind a FILE and the moves between its modes.
 *
 * Invariants [aix-abi 4.15: getc and putc are inlined in programs]
 *   reading                _cnt characters wait at _ptr; at 0 or below programs call __filbuf
 *   writing, full buffer   _cnt places are left at _ptr; unwritten text is [_base, _ptr)
 *   writing, line or no    _cnt is 0 or below: every putc comes to __flsbuf
 * _base points PUSHBACK bytes into the memory, so that ungetc has room.
 */
#ifndef LIBC_STREAM_H
#define LIBC_STREAM_H

#include <stdio.h>
#include <wchar.h>

enum { PUSHBACK = 8 };
enum { MODE_APPEND = 1, MODE_STRING = 2, MODE_STATIC = 4 };    /* stream_more.mode */

/* What a stream without a descriptor goes to; results as read, write, lseek64 and close. */
struct stream_device {
    ssize_t (*read)(void *state, void *to, size_t n);
    ssize_t (*write)(void *state, const void *from, size_t n);
    off64_t (*seek)(void *state, off64_t offset, int whence);
    int (*close)(void *state);
};

struct stream_more {                    /* FILE.__ext: what the fixed layout has no room for */
    int lock, depth;
    void *owner;                        /* the address of its errno names a thread */
    int mode;
    int wide;                           /* fwide: < 0 bytes, > 0 wide */
    mbstate_t state;
    const struct stream_device *device; /* or NULL: the descriptor */
    void *device_state;
    pid_t child;                        /* of popen */
    FILE *next;                         /* all streams */
    unsigned char small[PUSHBACK + 1];  /* the buffer of an unbuffered stream */
};

static inline struct stream_more *more_of(FILE *f) { return f->__ext; }

FILE *__stream_new(int fd, int flags, int mode);        /* flags: _IOREAD, _IOWRT, _IORW */
int __stream_parse_mode(const char *mode, int *open_flags, int *flags, int *more_mode);
void __stream_release(FILE *f);                         /* unlink and free; the descriptor is the caller's */
void __stream_lock(FILE *f);
void __stream_unlock(FILE *f);
int __stream_is_terminal(FILE *f);
int __stream_flush(FILE *f);                            /* unwritten text to the descriptor: 0 or EOF */
int __stream_to_write(FILE *f);                         /* make it writable now: 0 or EOF with EBADF */
int __stream_to_read(FILE *f);
size_t __stream_write(FILE *f, const char *s, size_t n);
FILE *__stream_on_device(const struct stream_device *device, void *state, const char *mode);
off64_t __stream_seek(FILE *f, off64_t offset, int whence);
void __stream_each(void (*visit)(FILE *f));

/* The formatter's way out: append n bytes. */
struct sink {
    FILE *file;                         /* or NULL: */
    char *to, *end;                     /* memory; nothing is stored past end */
    size_t count;                       /* bytes produced so far */
    int failed;
};
int __format(struct sink *out, const char *format, va_list args);
int __scan(FILE *in, const char *format, va_list args);
void __stream_from_memory(FILE *f, struct stream_more *more, const char *s, size_t n);

/* Digits of a double, exactly [print_float.c]. */
int __decimal_digits(double v, char *digits, int size, int *point);
double __decimal_to_double(const char *digits, int count, int more_digits, int exponent);

#endif
