/* siginfo.h -- siginfo_t for the guest, outside signal frames (sigwaitinfo, waitid). */
#ifndef SYSCALLS_SIGINFO_H
#define SYSCALLS_SIGINFO_H

#include "runtime/thread.h"

int siginfo_copyout(gva ea, const struct guest_siginfo *info);

#endif
