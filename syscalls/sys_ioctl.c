/* sys_ioctl.c -- ioctl: terminals, file modes, the questions libc asks of devices [aix-abi 4.12]. */
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>
#include "runtime/host.h"
#include "runtime/log.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"
#include "syscalls/interface.h"
#include "syscalls/terminal.h"

/* ISIG, the terminal's controlling process and the like may stop the caller: everything goes through safe_syscall. */
static int64_t host_ioctl(int fd, unsigned long command, void *arg)
{
    return restartable(safe_syscall(SYS_ioctl, fd, (long)command, (long)arg, 0, 0, 0));
}

enum how {
    VOID, VALUE, CHAR_IN, INT_IN, INT_OUT, WINSIZE_IN, WINSIZE_OUT, TERMIOS_IN, TERMIOS_OUT, TERMIO_IN, TERMIO_OUT,
};

static const struct ioctl_line {
    const char *name;
    uint32_t aix;
    unsigned long host;
    enum how how;
} ioctls[] = {
#define IOCTL(name, aix, host, how) { #name, aix, host, how },
#include "syscalls/ioctls.def"
#undef IOCTL
};

static int64_t int_ioctl(int fd, const struct ioctl_line *line, gva arg)
{
    int value = 0;
    uint32_t in;
    if (line->how == INT_IN) {
        if (copyin_u32(&in, arg) < 0)
            return -EFAULT;
        value = (int)in;
    }
    int64_t rc = host_ioctl(fd, line->host, &value);
    return rc < 0 || line->how == INT_IN ? rc : copyout_u32(arg, (uint32_t)value);
}

static int64_t char_ioctl(int fd, unsigned long command, gva arg)
{
    char c;
    return copyin(&c, arg, 1) < 0 ? -EFAULT : host_ioctl(fd, command, &c);
}

static int64_t winsize_ioctl(int fd, const struct ioctl_line *line, gva arg)
{
    struct aix_winsize g;
    struct winsize h;
    if (line->how == WINSIZE_IN) {
        if (copyin(&g, arg, sizeof g) < 0)
            return -EFAULT;
        h = (struct winsize){ be_get(g.ws_row), be_get(g.ws_col), be_get(g.ws_xpixel), be_get(g.ws_ypixel) };
        return host_ioctl(fd, line->host, &h);
    }
    int64_t rc = host_ioctl(fd, line->host, &h);
    if (rc < 0)
        return rc;
    be_put(&g.ws_row, h.ws_row);
    be_put(&g.ws_col, h.ws_col);
    be_put(&g.ws_xpixel, h.ws_xpixel);
    be_put(&g.ws_ypixel, h.ws_ypixel);
    return copyout(arg, &g, sizeof g);
}

/* termio is the short form: the low halves of the mode words and the first eight characters. */
static void termio_of(struct aix_termio *to, const struct aix_termios *from)
{
    memset(to, 0, sizeof *to);
    be_put(&to->c_iflag, be_get(from->c_iflag) & 0xFFFF);
    be_put(&to->c_oflag, be_get(from->c_oflag) & 0xFFFF);
    be_put(&to->c_cflag, be_get(from->c_cflag) & 0xFFFF);
    be_put(&to->c_lflag, be_get(from->c_lflag) & 0xFFFF);
    memcpy(to->c_cc, from->c_cc, sizeof to->c_cc);
}

static void termio_into(struct aix_termios *to, const struct aix_termio *from)
{
    be_put(&to->c_iflag, (be_get(to->c_iflag) & ~0xFFFFu) | be_get(from->c_iflag));
    be_put(&to->c_oflag, (be_get(to->c_oflag) & ~0xFFFFu) | be_get(from->c_oflag));
    be_put(&to->c_cflag, (be_get(to->c_cflag) & ~0xFFFFu) | be_get(from->c_cflag));
    be_put(&to->c_lflag, (be_get(to->c_lflag) & ~0xFFFFu) | be_get(from->c_lflag));
    memcpy(to->c_cc, from->c_cc, sizeof from->c_cc);
}

static int64_t terminal_ioctl(int fd, const struct ioctl_line *line, gva arg)
{
    struct host_termios h;
    struct aix_termios g;
    struct aix_termio short_form;
    int64_t rc = host_ioctl(fd, TCGETS, &h);    /* settings AIX does not know stay as they are */
    if (rc < 0)
        return rc;
    termios_to_guest(&g, &h);
    switch (line->how) {
    case TERMIOS_OUT:
        return copyout(arg, &g, sizeof g);
    case TERMIO_OUT:
        termio_of(&short_form, &g);
        return copyout(arg, &short_form, sizeof short_form);
    case TERMIO_IN:
        if (copyin(&short_form, arg, sizeof short_form) < 0)
            return -EFAULT;
        termio_into(&g, &short_form);
        break;
    default:
        if (copyin(&g, arg, sizeof g) < 0)
            return -EFAULT;
    }
    termios_from_guest(&h, &g);
    return host_ioctl(fd, line->host, &h);
}

static int64_t run_ioctl(int fd, const struct ioctl_line *line, gva arg)
{
    switch (line->how) {
    case VOID:          return host_ioctl(fd, line->host, NULL);
    case VALUE:         return host_ioctl(fd, line->host, (void *)(uintptr_t)(uint32_t)arg);
    case CHAR_IN:       return char_ioctl(fd, line->host, arg);
    case INT_IN:
    case INT_OUT:       return int_ioctl(fd, line, arg);
    case WINSIZE_IN:
    case WINSIZE_OUT:   return winsize_ioctl(fd, line, arg);
    default:            return terminal_ioctl(fd, line, arg);
    }
}

/* TXISATTY: 0 for terminals. TXTTYNAME: the name without its slash and directory [aix-abi 4.12]. */
enum { TXISATTY = 0x5800, TXTTYNAME = 0x5801 };

static int64_t terminal_name(int fd, gva arg)
{
    char name[64];
    int rc = ttyname_r(fd, name, sizeof name);
    return rc ? -rc : copyout(arg, name, strlen(name) + 1);
}

static int64_t ioctl_by_number(int fd, uint32_t command, gva arg)
{
    for (size_t i = 0; i < ARRAY_LEN(ioctls); i++)
        if (ioctls[i].aix == command)
            return run_ioctl(fd, &ioctls[i], arg);
    if (command == TXISATTY)
        return isatty(fd) ? 0 : -errno;
    if (command == TXTTYNAME)
        return terminal_name(fd, arg);
    if (interface_ioctl_is(command))
        return interface_ioctl(fd, command, arg);
    log_line(LOG_WARN, "ioctl", "command %#x on descriptor %d is not known", command, fd);
    return -EINVAL;
}

int64_t sys_kioctl(struct thread *t, int fd, uint32_t command, gva arg, gva extension)
{
    return ioctl_by_number(fd, command, arg);
}
int64_t sys_kioctl32(struct thread *t, int fd, uint32_t command, gva arg, gva extension)
{
    return ioctl_by_number(fd, command, arg);
}
