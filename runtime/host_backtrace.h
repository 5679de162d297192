/* host_backtrace.h -- --host-backtrace: where the runner itself was when the program died or the runner failed. */
#ifndef RUNTIME_HOST_BACKTRACE_H
#define RUNTIME_HOST_BACKTRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <ucontext.h>

enum { HOST_FRAMES = 32 };

/* Keep the calling thread's host frames, from the interrupted `context`. Good in a signal handler. */
void host_backtrace_note(const ucontext_t *context);

/* Frame i of those noted last by this thread or, without any, of the caller's own, as a line of text. False: there are no more, and none
 * is noted any longer. */
bool host_backtrace_line(int i, char *text, size_t size);

#endif
