/* syslog.c -- messages to the log daemon: datagrams to /dev/log, "<priority>Mon DD HH:MM:SS tag[pid]: text".
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>
#include "../include/lock.h"

enum { MESSAGE = 2048 };

static int fd = -1, options, facility = LOG_USER, mask = LOG_UPTO(LOG_DEBUG), lock;
static const char *tag = "syslog";

static void connect_log(void)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/dev/log" };

    if (fd >= 0)
        return;
    if ((fd = socket(AF_UNIX, SOCK_DGRAM, 0)) < 0)
        return;
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    address.sun_len = (unsigned char)SUN_LEN(&address);
    if (connect(fd, (struct sockaddr *)&address, SUN_LEN(&address)) < 0) {
        close(fd);
        fd = -1;
    }
}

int openlog(const char *ident, int how, int default_facility)
{
    libc_lock(&lock);
    if (ident)
        tag = ident;
    options = how;
    if (default_facility && !(default_facility & ~LOG_FACMASK))
        facility = default_facility;
    if (how & LOG_NDELAY)
        connect_log();
    libc_unlock(&lock);
    return 0;
}

void closelog(void)
{
    libc_lock(&lock);
    if (fd >= 0)
        close(fd);
    fd = -1;
    libc_unlock(&lock);
}

int setlogmask(int wanted)
{
    int old = mask;

    if (wanted)
        mask = wanted;
    return old;
}

/* %m stands for the text of errno. */
static void expand(char *to, size_t size, const char *format, int error)
{
    size_t n = 0;

    for (; *format && n + 2 < size; format++) {
        if (format[0] == '%' && format[1] == 'm') {
            int length = snprintf(to + n, size - n, "%s", strerror(error));
            n += (size_t)length < size - n ? (size_t)length : size - n - 1;
            format++;
            continue;
        }
        to[n++] = *format;
        if (*format == '%' && format[1])
            to[n++] = *++format;
    }
    to[n] = 0;
}

static void deliver(const char *message, size_t length)
{
    connect_log();
    if (fd >= 0 && send(fd, message, length, 0) >= 0)
        return;
    if (fd >= 0) {                              /* the daemon may have been started anew */
        close(fd);
        fd = -1;
        connect_log();
        if (fd >= 0 && send(fd, message, length, 0) >= 0)
            return;
    }
    if (!(options & LOG_CONS))
        return;
    int console = open("/dev/console", O_WRONLY | O_NOCTTY);
    if (console < 0)
        return;
    const char *text = strchr(message, '>') + 1;
    write(console, text, length - (size_t)(text - message));
    write(console, "\r\n", 2);
    close(console);
}

int vsyslog(int priority, const char *format, va_list args)
{
    char message[MESSAGE], expanded[MESSAGE / 2], stamp[20];
    int error = errno, n;
    time_t now = time(NULL);
    struct tm broken;

    if (!(LOG_MASK(priority & LOG_PRIMASK) & mask))
        return 0;
    if (!(priority & LOG_FACMASK))
        priority |= facility;
    strftime(stamp, sizeof stamp, "%b %e %H:%M:%S", localtime_r(&now, &broken));
    libc_lock(&lock);
    n = snprintf(message, sizeof message / 2, "<%d>%s %s", priority, stamp, tag);
    if (n >= MESSAGE / 2)
        n = MESSAGE / 2 - 1;
    if (options & LOG_PID)
        n += snprintf(message + n, sizeof message - n, "[%d]", getpid());
    n += snprintf(message + n, sizeof message - n, ": ");
    expand(expanded, sizeof expanded, format, error);
    int text = vsnprintf(message + n, sizeof message - n, expanded, args);
    n = text < MESSAGE - n ? n + text : MESSAGE - 1;
    deliver(message, (size_t)n);
    libc_unlock(&lock);
    return 0;
}

int syslog(int priority, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int result = vsyslog(priority, format, args);
    va_end(args);
    return result;
}
