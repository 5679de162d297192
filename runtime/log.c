/* log.c -- the runner's own messages: one write(2) per line, so that lines of several processes do not mix.
 *
 * Nothing here allocates or locks: fault handlers write lines too.
 */
#include "runtime/log.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/private_fd.h"

static int log_fd = -1;
static enum log_level log_limit = LOG_WARN;

static const char *const level_names[] = { "error", "warn", "info", "debug" };

void log_open(const char *path, enum log_level level)
{
    log_limit = level;
    if (path)
        log_fd = private_fd(open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
}

bool log_wanted(enum log_level level) { return log_fd >= 0 && level <= log_limit; }

static void put_line(int fd, const char *head, const char *format, va_list args)
{
    char line[1200];
    int n = snprintf(line, sizeof line, "%s", head);

    int m = vsnprintf(line + n, sizeof line - (size_t)n - 1, format, args);
    size_t length = (size_t)n + (m < 0 ? 0 : (size_t)m);
    if (length > sizeof line - 2)
        length = sizeof line - 2;
    line[length++] = '\n';
    if (write(fd, line, length) < 0 && fd == log_fd)
        log_fd = -1;        /* nobody is left to tell */
}

void log_line(enum log_level level, const char *part, const char *format, ...)
{
    char head[80];
    va_list args;

    if (!log_wanted(level))
        return;
    snprintf(head, sizeof head, "%d %s %s: ", (int)getpid(), level_names[level], part);
    va_start(args, format);
    put_line(log_fd, head, format, args);
    va_end(args);
}

void (*bug_note)(void);

void bug_at(const char *file, int line, const char *format, ...)
{
    char head[200];
    va_list args;

    snprintf(head, sizeof head, "aixrun: internal error at %s:%d: ", file, line);
    va_start(args, format);
    put_line(STDERR_FILENO, head, format, args);
    va_end(args);
    if (log_fd >= 0) {
        va_start(args, format);
        put_line(log_fd, head, format, args);
        va_end(args);
    }
    if (bug_note)
        bug_note();
    signal(SIGABRT, SIG_DFL);
    abort();
}
