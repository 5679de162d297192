/* errno.c -- AIX errno numbers and the host's, both ways, from errno.def [aix-abi 4.3]. */
#include "syscalls/errno.h"

#include <errno.h>
#include <stddef.h>
#include "runtime/host.h"

static const unsigned char to_aix[] = {
#define ERRNO(name, aix)      [name] = aix,
#define ERRNO_AIX(name, aix)
#define ERRNO_HOST(name, aix) [name] = aix,
#include "syscalls/errno.def"
#undef ERRNO
#undef ERRNO_AIX
#undef ERRNO_HOST
};

static const unsigned char from_aix[] = {
#define ERRNO(name, aix)      [aix] = name,
#define ERRNO_AIX(name, aix)
#define ERRNO_HOST(name, aix)
#include "syscalls/errno.def"
#undef ERRNO
#undef ERRNO_AIX
#undef ERRNO_HOST
    [AIX_ENOTSUP] = EOPNOTSUPP,
};

static const char *const names[] = {
#define ERRNO(name, aix)      [aix] = #name,
#define ERRNO_AIX(name, aix)  [aix] = #name,
#define ERRNO_HOST(name, aix)
#include "syscalls/errno.def"
#undef ERRNO
#undef ERRNO_AIX
#undef ERRNO_HOST
};

_Static_assert(ARRAY_LEN(to_aix) == EHWPOISON + 1, "the host's last errno is known");

int errno_to_aix(int host)
{
    if (host <= 0 || (size_t)host >= ARRAY_LEN(to_aix) || to_aix[host] == 0)
        return AIX_ESYSERROR;
    return to_aix[host];
}

int errno_from_aix(int aix)
{
    return aix > 0 && (size_t)aix < ARRAY_LEN(from_aix) ? from_aix[aix] : 0;
}

const char *errno_aix_name(int aix)
{
    return aix > 0 && (size_t)aix < ARRAY_LEN(names) ? names[aix] : NULL;
}
