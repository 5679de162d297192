/* stanza.c -- see stanza.h. */
#include "rootfs-tools/wpar/stanza.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/cleanup.h"

enum { FILE_MAX = 1 << 20 };

static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        text[--n] = '\0';
    return text;
}

static char *unquote(char *value)
{
    size_t n = strlen(value);
    if (n < 2 || value[0] != '"' || value[n - 1] != '"')
        return value;
    value[n - 1] = '\0';
    return value + 1;
}

/* A line with its blanks off: "" and comments are nothing. */
static int take_line(char *line, const char **stanza, stanza_line *take, void *context, struct error *err)
{
    size_t n = strlen(line);
    if (n == 0 || *line == '*' || *line == '#')
        return 0;
    char *equals = strchr(line, '=');
    if (!equals && line[n - 1] == ':') {
        line[n - 1] = '\0';
        *stanza = trim(line);
        return take(context, *stanza, NULL, NULL, err);
    }
    if (!equals)
        return error_set(err, EINVAL, "'%s' is neither \"stanza:\" nor \"attribute = value\"", line);
    if (!*stanza)
        return error_set(err, EINVAL, "'%s' stands before the first stanza", line);
    *equals = '\0';
    return take(context, *stanza, trim(line), unquote(trim(equals + 1)), err);
}

int stanza_parse(char *text, const char *name, stanza_line *take, void *context, struct error *err)
{
    const char *stanza = NULL;
    int number = 0;
    for (char *line; (line = strsep(&text, "\n"));) {
        number++;
        if (take_line(trim(line), &stanza, take, context, err))
            return error_wrap(err, "%s:%d", name, number);
    }
    return 0;
}

char *stanza_read_file(const char *path, struct error *err)
{
    close_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) {
        error_set(err, errno, "%s: %s", path, strerror(errno));
        return NULL;
    }
    if (!S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
        error_set(err, EINVAL, "%s: not a file of at most 1 MiB", path);
        return NULL;
    }
    free_ptr char *text = malloc((size_t)st.st_size + 1);
    ssize_t n = text ? read(fd, text, (size_t)st.st_size) : -1;
    if (n < 0 || memchr(text, 0, (size_t)n)) {
        error_set(err, n < 0 ? errno : EINVAL, "%s: %s", path, n < 0 ? strerror(errno) : "not a text file");
        return NULL;
    }
    text[n] = '\0';
    char *result = text;
    text = NULL;
    return result;
}

int stanza_value_is_plain(const char *value)
{
    for (const unsigned char *p = (const unsigned char *)value; *p; p++)
        if (*p < ' ' || *p == 0x7f || *p == '"')
            return 0;
    return 1;
}
