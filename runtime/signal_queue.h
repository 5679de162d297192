/* signal_queue.h -- the second and further instances of a real-time signal that is pending [POSIX 2.4.1, sigqueue].
 *
 * The first one lives in the pending set of its thread or of the process (signal.c). Those behind it wait here in the order they
 * came. All calls are made under the lock of the thread list, by host handlers too: nothing is allocated.
 */
#ifndef RUNTIME_SIGNAL_QUEUE_H
#define RUNTIME_SIGNAL_QUEUE_H

#include <stdbool.h>
#include "runtime/thread.h"

enum { AIX_SIGRTMIN = 50, AIX_SIGRTMAX = 57, AIX_SIGQUEUE_MAX = 32 };

/* Keeps it if it is a real-time signal and there is room; `to` NULL: the process's. */
void signal_queue_put(const struct thread *to, const struct guest_siginfo *info);

/* How many wait here. */
unsigned signal_queue_length(void);

/* The oldest one of that number, taken out; false when there is none. */
bool signal_queue_take(const struct thread *to, int signo, struct guest_siginfo *info);

/* Drops all of that number, whoever they are for; 0: every one. */
void signal_queue_drop(int signo);
void signal_queue_drop_thread(const struct thread *gone);

#endif
