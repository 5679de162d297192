/* errno.h -- AIX errno numbers and the host's, both ways. */
#ifndef SYSCALLS_ERRNO_H
#define SYSCALLS_ERRNO_H

enum aix_errno {
#define ERRNO(name, aix)      AIX_##name = aix,
#define ERRNO_AIX(name, aix)  AIX_##name = aix,
#define ERRNO_HOST(name, aix)
#include "syscalls/errno.def"
#undef ERRNO
#undef ERRNO_AIX
#undef ERRNO_HOST
};

int errno_to_aix(int host);             /* every host number has one; what is unknown becomes ESYSERROR */
int errno_from_aix(int aix);            /* 0 when the host has no such error */
const char *errno_aix_name(int aix);    /* "ENOENT"; NULL when there is none */

#endif
