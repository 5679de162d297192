/* process.c -- the end of the process, whichever way it comes. */
#include "runtime/process.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#include "runtime/log.h"

static void (*hooks[16])(void);
static atomic_uint hook_count;

void process_at_exit(void (*hook)(void))
{
    unsigned i = atomic_fetch_add(&hook_count, 1);

    if (i >= ARRAY_LEN(hooks))
        BUG("too many exit hooks");
    hooks[i] = hook;
}

/* Taking the count leaves none for a second caller. */
void process_run_hooks(void)
{
    unsigned n = atomic_exchange(&hook_count, 0);

    while (n > 0)
        hooks[--n]();
}

void process_exit(int status)
{
    process_run_hooks();
    _exit(status);
}

void process_die(int host_signo)
{
    struct sigaction act = { .sa_handler = SIG_DFL };
    struct rlimit no_core = { 0, 0 };
    sigset_t only;

    process_run_hooks();
    setrlimit(RLIMIT_CORE, &no_core);   /* a core of the runner is no core of the program */
    sigaction(host_signo, &act, NULL);
    sigemptyset(&only);
    sigaddset(&only, host_signo);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    raise(host_signo);
    _exit(128 + host_signo);
}
