/* line.c -- text by lines and strings. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "stream.h"

char *fgets(char *restrict to, int size, FILE *restrict f)
{
    char *p = to;
    int c = EOF;
    if (size <= 0)
        return NULL;
    __stream_lock(f);
    while (--size > 0 && (c = getc_unlocked(f)) != EOF)
        if ((*p++ = (char)c) == '\n')
            break;
    __stream_unlock(f);
    *p = '\0';
    return (p == to && c == EOF) || (f->_flag & _IOERR && c == EOF) ? NULL : to;
}

char *gets(char *to)
{
    char *p = to;
    int c;
    __stream_lock(stdin);
    while ((c = getc_unlocked(stdin)) != EOF && c != '\n')
        *p++ = (char)c;
    __stream_unlock(stdin);
    if (c == EOF && p == to)
        return NULL;
    *p = '\0';
    return to;
}

int fputs(const char *restrict s, FILE *restrict f)
{
    size_t n = strlen(s);
    __stream_lock(f);
    size_t done = __stream_write(f, s, n);
    __stream_unlock(f);
    return done == n ? 0 : EOF;
}

int puts(const char *s)
{
    size_t n = strlen(s);
    __stream_lock(stdout);
    int ok = __stream_write(stdout, s, n) == n && putc_unlocked('\n', stdout) != EOF;
    __stream_unlock(stdout);
    return ok ? (int)(n < INT_MAX ? n + 1 : INT_MAX) : EOF;
}

int getw(FILE *f)
{
    int w;
    return fread(&w, sizeof w, 1, f) == 1 ? w : EOF;
}

int putw(int w, FILE *f) { return fwrite(&w, sizeof w, 1, f) == 1 ? 0 : EOF; }

ssize_t getdelim(char **line, size_t *size, int delimiter, FILE *f)
{
    size_t n = 0;
    int c;
    if (!line || !size) {
        errno = EINVAL;
        return -1;
    }
    if (!*line)
        *size = 0;
    __stream_lock(f);
    do {
        if (n + 2 > *size) {
            size_t bigger = *size ? *size * 2 : 128;
            char *p = realloc(*line, bigger);
            if (!p) {
                __stream_unlock(f);
                return -1;
            }
            *line = p;
            *size = bigger;
        }
        if ((c = getc_unlocked(f)) == EOF)
            break;
        (*line)[n++] = (char)c;
    } while (c != delimiter);
    __stream_unlock(f);
    (*line)[n] = '\0';
    return n ? (ssize_t)n : -1;
}

ssize_t getline(char **line, size_t *size, FILE *f) { return getdelim(line, size, '\n', f); }
