/* process.h -- the end of the process, whichever way it comes. */
#ifndef RUNTIME_PROCESS_H
#define RUNTIME_PROCESS_H

/* To be run once before the process ends, newest first: summaries, flushing. At most 16. */
void process_at_exit(void (*hook)(void));

void process_exit(int status) __attribute__((noreturn));

/* Die of a host signal, so that the parent sees it in the wait status. */
void process_die(int host_signo) __attribute__((noreturn));

/* Hooks without the end, once: before exec replaces the process. */
void process_run_hooks(void);

#endif
