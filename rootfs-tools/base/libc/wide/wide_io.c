/* wide_io.c -- wide streams: characters through the multibyte functions, formats through their byte forms. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "../stdio/stream.h"

wint_t fputwc(wchar_t c, FILE *f)
{
    char bytes[8];
    __stream_lock(f);
    fwide(f, 1);
    size_t n = wcrtomb(bytes, c, &more_of(f)->state);
    wint_t result = n != (size_t)-1 && __stream_write(f, bytes, n) == n ? (wint_t)c : WEOF;
    __stream_unlock(f);
    return result;
}

static wint_t read_wide(FILE *f)
{
    wchar_t c;
    mbstate_t *state = &more_of(f)->state;
    for (int byte; (byte = getc_unlocked(f)) != EOF;) {
        char one = (char)byte;
        size_t used = mbrtowc(&c, &one, 1, state);
        if (used == (size_t)-1)
            break;
        if (used != (size_t)-2)
            return (wint_t)c;
    }
    return WEOF;
}

wint_t fgetwc(FILE *f)
{
    __stream_lock(f);
    fwide(f, 1);
    wint_t c = read_wide(f);
    __stream_unlock(f);
    return c;
}

wint_t getwc(FILE *f) { return fgetwc(f); }
wint_t putwc(wchar_t c, FILE *f) { return fputwc(c, f); }
wint_t getwchar(void) { return fgetwc(stdin); }
wint_t putwchar(wchar_t c) { return fputwc(c, stdout); }

wint_t ungetwc(wint_t c, FILE *f)
{
    char bytes[8];
    mbstate_t state = { 0 };
    size_t n = c == WEOF ? (size_t)-1 : wcrtomb(bytes, (wchar_t)c, &state);
    if (n == (size_t)-1)
        return WEOF;
    while (n > 0)
        if (ungetc((unsigned char)bytes[--n], f) == EOF)
            return WEOF;
    return c;
}

wchar_t *fgetws(wchar_t *restrict to, int size, FILE *restrict f)
{
    int n = 0;
    wint_t c = WEOF;
    while (n < size - 1 && (c = fgetwc(f)) != WEOF)
        if ((to[n++] = (wchar_t)c) == '\n')
            break;
    if (n == 0 || size < 1)
        return NULL;
    to[n] = 0;
    return to;
}

int fputws(const wchar_t *restrict s, FILE *restrict f)
{
    for (; *s; s++)
        if (fputwc(*s, f) == WEOF)
            return -1;
    return 0;
}

/* The format as multibyte text, with %s and %c meaning the same in both; NULL with errno set. */
static char *narrow_format(const wchar_t *format)
{
    size_t n = wcstombs(NULL, format, 0);
    char *text = n == (size_t)-1 ? NULL : malloc(n + 1);
    if (text)
        wcstombs(text, format, n + 1);
    return text;
}

/* The whole output as multibyte text. */
static char *format_text(const wchar_t *format, va_list args)
{
    char *narrow = narrow_format(format), *text = NULL;
    if (!narrow)
        return NULL;
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, narrow, again);
    va_end(again);
    if (n >= 0 && (text = malloc((size_t)n + 1)))
        vsnprintf(text, (size_t)n + 1, narrow, args);
    free(narrow);
    return text;
}

int vswprintf(wchar_t *restrict to, size_t size, const wchar_t *restrict format, va_list args)
{
    char *text = format_text(format, args);
    size_t n = text ? mbstowcs(NULL, text, 0) : (size_t)-1;
    int result = -1;
    if (n != (size_t)-1 && n < size) {
        mbstowcs(to, text, size);
        result = (int)n;
    } else if (n != (size_t)-1)
        errno = EOVERFLOW;
    free(text);
    return result;
}

int vfwprintf(FILE *restrict f, const wchar_t *restrict format, va_list args)
{
    char *text = format_text(format, args);
    if (!text)
        return -1;
    fwide(f, 1);
    size_t n = mbstowcs(NULL, text, 0);
    int result = n != (size_t)-1 && fputs(text, f) >= 0 ? (int)n : -1;
    free(text);
    return result;
}

int vwprintf(const wchar_t *restrict format, va_list args) { return vfwprintf(stdout, format, args); }

#define FORWARD(call)                                                                   \
    va_list args;                                                                       \
    va_start(args, format);                                                             \
    int n = call;                                                                       \
    va_end(args);                                                                       \
    return n

int fwprintf(FILE *restrict f, const wchar_t *restrict format, ...) { FORWARD(vfwprintf(f, format, args)); }
int wprintf(const wchar_t *restrict format, ...) { FORWARD(vfwprintf(stdout, format, args)); }
int swprintf(wchar_t *restrict to, size_t size, const wchar_t *restrict format, ...) { FORWARD(vswprintf(to, size, format, args)); }

int vfwscanf(FILE *restrict f, const wchar_t *restrict format, va_list args)
{
    char *narrow = narrow_format(format);
    int n = narrow ? vfscanf(f, narrow, args) : EOF;
    free(narrow);
    return n;
}

int fwscanf(FILE *restrict f, const wchar_t *restrict format, ...) { FORWARD(vfwscanf(f, format, args)); }
int wscanf(const wchar_t *restrict format, ...) { FORWARD(vfwscanf(stdin, format, args)); }

int vwscanf(const wchar_t *restrict format, va_list args) { return vfwscanf(stdin, format, args); }

int vswscanf(const wchar_t *restrict s, const wchar_t *restrict format, va_list args)
{
    char *text = narrow_format(s), *narrow = text ? narrow_format(format) : NULL;
    int n = narrow ? vsscanf(text, narrow, args) : EOF;
    free(narrow);
    free(text);
    return n;
}

int swscanf(const wchar_t *restrict s, const wchar_t *restrict format, ...) { FORWARD(vswscanf(s, format, args)); }
