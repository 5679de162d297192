/* flock.c -- BSD's locks on whole files, by those of fcntl, which belong to the process. */
#include <errno.h>
#include <sys/file.h>

int flock(int fd, int operation)
{
    struct flock lock = { .l_whence = SEEK_SET };
    switch (operation & ~LOCK_NB) {
    case LOCK_SH: lock.l_type = F_RDLCK; break;
    case LOCK_EX: lock.l_type = F_WRLCK; break;
    case LOCK_UN: lock.l_type = F_UNLCK; break;
    default: errno = EINVAL; return -1;
    }
    int result = fcntl(fd, operation & LOCK_NB ? F_SETLK : F_SETLKW, &lock);
    if (result != 0 && (errno == EACCES || errno == EAGAIN))
        errno = EWOULDBLOCK;
    return result;
}
