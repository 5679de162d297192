/* termios.c -- terminals: the TCGETS family of ioctl [aix-abi 4.12].
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int tcgetattr(int fd, struct termios *t) { return ioctl(fd, TCGETS, t); }
int tcsendbreak(int fd, int duration) { return ioctl(fd, TCSBRK, 0); }
int tcdrain(int fd) { return ioctl(fd, TCSBRK, 1); }
int tcflow(int fd, int action) { return ioctl(fd, TCXONC, action); }
int tcflush(int fd, int queue) { return ioctl(fd, TCFLSH, queue); }

int tcsetattr(int fd, int when, const struct termios *t)
{
    if (when < TCSANOW || when > TCSAFLUSH) {
        errno = EINVAL;
        return -1;
    }
    return ioctl(fd, TCSETS + when, t);
}

speed_t cfgetospeed(const struct termios *t)
{
    return t->c_cflag & CBAUD;
}

/* CIBAUD 0 means: the same as the output speed. */
speed_t cfgetispeed(const struct termios *t)
{
    return t->c_cflag & CIBAUD ? (t->c_cflag & CIBAUD) >> 16 : cfgetospeed(t);
}

int cfsetospeed(struct termios *t, speed_t speed)
{
    if (speed > B38400) {
        errno = EINVAL;
        return -1;
    }
    t->c_cflag = (t->c_cflag & ~CBAUD) | speed;
    return 0;
}

int cfsetispeed(struct termios *t, speed_t speed)
{
    if (speed > B38400) {
        errno = EINVAL;
        return -1;
    }
    t->c_cflag = (t->c_cflag & ~CIBAUD) | speed << 16;
    return 0;
}

void cfmakeraw(struct termios *t)
{
    t->c_iflag &= ~(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
    t->c_oflag &= ~OPOST;
    t->c_lflag &= ~(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    t->c_cflag = (t->c_cflag & ~(CSIZE | PARENB)) | CS8;
}

pid_t tcgetpgrp(int fd)
{
    pid_t group;

    return ioctl(fd, TIOCGPGRP, &group) < 0 ? -1 : group;
}

int tcsetpgrp(int fd, pid_t group)
{
    return ioctl(fd, TIOCSPGRP, &group);
}

pid_t tcgetsid(int fd)
{
    pid_t session;

    return ioctl(fd, TIOCGSID, &session) < 0 ? -1 : session;
}
