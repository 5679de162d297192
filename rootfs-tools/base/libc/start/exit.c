/* exit.c -- the ways out: handlers of atexit, termination functions of modules, streams, then the kernel.
 */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../include/lock.h"
#include "start.h"

enum { FIRST = 32 };

static void (*first_handlers[FIRST])(void);
static void (**handlers)(void) = first_handlers;
static size_t count, room = FIRST;
static int lock;

static int grow(void)
{
    void (**more)(void) = malloc(2 * room * sizeof *more);

    if (!more)
        return -1;
    for (size_t i = 0; i < count; i++)
        more[i] = handlers[i];
    if (handlers != first_handlers)
        free(handlers);
    handlers = more;
    room *= 2;
    return 0;
}

int atexit(void (*handler)(void))
{
    libc_lock(&lock);
    int result = count == room ? grow() : 0;
    if (result == 0)
        handlers[count++] = handler;
    libc_unlock(&lock);
    return result;
}

/* Of a handler that is registered several times the last registration goes [AIX unatexit]. */
int unatexit(void (*handler)(void))
{
    libc_lock(&lock);
    size_t i = count;
    while (i > 0 && handlers[i - 1] != handler)
        i--;
    int found = i > 0;
    for (; i > 0 && i < count; i++)
        handlers[i - 1] = handlers[i];
    count -= (size_t)found;
    libc_unlock(&lock);
    return found ? 0 : -1;
}

/* The lock is not held while a handler runs: it may register others, which run next. */
static void run_handlers(void)
{
    libc_lock(&lock);
    while (count > 0) {
        void (*handler)(void) = handlers[--count];
        libc_unlock(&lock);
        handler();
        libc_lock(&lock);
    }
    libc_unlock(&lock);
}

void _cleanup(void)
{
    fflush(NULL);
}

void exit(int status)
{
    run_handlers();
    __mod_fini();
    _cleanup();
    _exit(status);
}

void _Exit(int status)
{
    _exit(status);
}

void abort(void)
{
    struct sigaction action = { .sa_flags = 0 };
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGABRT);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(SIGABRT);
    sigaction(SIGABRT, &action, NULL);      /* it was caught or ignored: SIG_DFL now */
    raise(SIGABRT);
    _exit(127);
}

void __assert(const char *expression, const char *file, int line)
{
    fprintf(stderr, "Assertion failed: %s, file  %s, line %d\n", expression, file, line);
    fflush(stderr);
    abort();
}
