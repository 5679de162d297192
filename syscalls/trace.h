/* trace.h -- --trace: a line per system call, as truss prints them; -c: a table of counts. */
#ifndef SYSCALLS_TRACE_H
#define SYSCALLS_TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/error.h"
#include "runtime/thread.h"
#include "syscalls/syscall.h"

int trace_init(const struct syscall_options *options, struct error *err);
bool trace_wanted(unsigned index);

/* Calls that do not come back (_exit, execve) are printed on the way in, all others on the way out. v: the arguments as
 * fetched. result: as the handler gave it. */
void trace_enter(struct thread *t, unsigned index, const int64_t *v);
void trace_leave(struct thread *t, unsigned index, const char *name, const int64_t *v, int64_t result);

/* Does the program that this process executes next inherit the tracing options? Not in children left out. */
bool trace_handed_on(void);

void trace_print_counts(int fd, const char *(*name_of)(unsigned index));

#endif
