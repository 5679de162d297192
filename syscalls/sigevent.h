/* sigevent.h -- struct sigevent of the guest as the host's [aix-abi 4.6; order of fields: rust libc, aix]. */
#ifndef SYSCALLS_SIGEVENT_H
#define SYSCALLS_SIGEVENT_H

#include <errno.h>
#include <signal.h>
#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/signal.h"

/* value (a long's width), signo, notify; then what only libraries read. 0, -EFAULT or -EINVAL (no such signal, no such
 * way: a thread is a library's work). */
static inline int sigevent_copyin(struct sigevent *h, gva ea)
{
    enum { AIX_SIGEV_NONE = 1, AIX_SIGEV_SIGNAL = 2 };
    unsigned width = guest.is64 ? 8 : 4;
    uint64_t value;
    uint32_t signo, notify;
    if (copyin_long(&value, ea) < 0 || copyin_u32(&signo, ea + width) < 0 || copyin_u32(&notify, ea + width + 4) < 0)
        return -EFAULT;
    *h = (struct sigevent){ .sigev_notify = notify == AIX_SIGEV_NONE ? SIGEV_NONE : SIGEV_SIGNAL };
    h->sigev_value.sival_ptr = (void *)(uintptr_t)value;
    if (notify == AIX_SIGEV_NONE)
        return 0;
    if (notify != AIX_SIGEV_SIGNAL || signo == 0 || signo > AIX_SIGMAX)
        return -EINVAL;
    h->sigev_signo = signal_to_host((int)signo);
    return h->sigev_signo ? 0 : -EINVAL;
}

#endif
