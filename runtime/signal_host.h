/* signal_host.h -- the host's side of guest signals: handlers, dispositions, waking a thread. */
#ifndef RUNTIME_SIGNAL_HOST_H
#define RUNTIME_SIGNAL_HOST_H

#include <stdbool.h>
#include "runtime/signal.h"

/* Takes over all host signals; `fault_pc` as in signal_init(). Gives the signals that were ignored and blocked when the program
 * started. */
void signal_host_init(bool (*fault_pc)(const void *host_pc, struct cpu *cpu), guest_sigset *ignored, guest_sigset *blocked);

/* Make the host's disposition fit the guest's. */
void signal_host_disposition(int signo, const struct guest_sigaction *act);

/* Interrupt a thread that may sleep in safe_syscall(). Caller holds the thread list. */
void signal_host_kick(const struct thread *t);

/* Stop this process as the default action of signo does; returns when it is continued. */
void signal_host_stop(int signo, const struct guest_sigaction *act);

void signal_host_mask(guest_sigset blocked);    /* the calling thread's host mask becomes the guest's */
void signal_host_open(void);                    /* nothing blocked again */

#endif
