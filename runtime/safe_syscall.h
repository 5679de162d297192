/* safe_syscall.h -- blocking system calls that no signal slips past.
 *
 * Between the last look at cpu->poll and the `syscall` instruction a signal could arrive and be noticed only after the call has
 * slept. So the look and the call are one piece of assembly, and a handler that interrupts it there moves the pc to its exit
 * (safe_syscall_fixup), as QEMU does.
 */
#ifndef RUNTIME_SAFE_SYSCALL_H
#define RUNTIME_SAFE_SYSCALL_H

#include <stdint.h>

enum { VW_ERESTART = 512 };

/* The host call nr for the current thread: its result, or -errno. -VW_ERESTART: nothing was done, poll is set, and the guest must
 * first go through its dispatcher; -EINTR: the host call itself was interrupted. In both cases the caller asks signal_restarts():
 * true: arrange for the guest's call to be made again; false: answer EINTR. */
long safe_syscall(long nr, long a1, long a2, long a3, long a4, long a5, long a6);

/* For host signal handlers: where to go on when `pc` lies between the look and the call, else NULL. */
void *safe_syscall_fixup(void *pc);

#endif
