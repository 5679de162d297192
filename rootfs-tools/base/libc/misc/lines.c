/* lines.c -- see lines.h.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "../include/lines.h"

int __lines_open(struct lines *l, const char *path)
{
    l->at = l->end = 0;
    l->fd = open(path, O_RDONLY);
    if (l->fd < 0)
        return -1;
    fcntl(l->fd, F_SETFD, FD_CLOEXEC);
    return 0;
}

void __lines_close(struct lines *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}

static int next_char(struct lines *l)
{
    if (l->at == l->end) {
        ssize_t n = read(l->fd, l->buffer, sizeof l->buffer);
        if (n <= 0)
            return -1;
        l->at = 0;
        l->end = (unsigned)n;
    }
    return (unsigned char)l->buffer[l->at++];
}

int __lines_next(struct lines *l, char *line, size_t size)
{
    size_t n = 0;
    int c, any = 0, fits = 1;

    while ((c = next_char(l)) >= 0) {
        any = 1;
        if (c == '\n')
            break;
        if (n + 1 < size)
            line[n++] = (char)c;
        else
            fits = 0;
    }
    if (size)
        line[n] = 0;
    return !any ? 0 : fits ? 1 : -1;
}

char *__next_word(char **at)
{
    char *word = *at + strspn(*at, " \t\r");

    if (!*word || *word == '#')
        return NULL;
    *at = word + strcspn(word, " \t\r#");
    if (**at == '#')
        **at = 0;
    else if (**at)
        *(*at)++ = 0;
    return word;
}

char *__next_field(char **at, char separator)
{
    char *field = *at, *end = strchr(field, separator);

    if (end) {
        *end = 0;
        *at = end + 1;
    } else {
        *at = field + strlen(field);
    }
    return field;
}
