/* old.c -- signal functions of System V and BSD over the POSIX ones.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include "../include/kernel.h"

static int change(int how, int sig)
{
    sigset_t set;

    sigemptyset(&set);
    return sigaddset(&set, sig) < 0 ? -1 : sigprocmask(how, &set, NULL);
}

int sighold(int sig) { return change(SIG_BLOCK, sig); }
int sigrelse(int sig) { return change(SIG_UNBLOCK, sig); }

static int set_action(int sig, void (*handler)(int), struct sigaction *old)
{
    struct sigaction action = { .sa_flags = 0 };

    action.sa_handler = handler;
    return _sigaction(sig, &action, old);
}

int sigignore(int sig)
{
    return set_action(sig, SIG_IGN, NULL);
}

void (*sigset(int sig, void (*handler)(int)))(int)
{
    sigset_t mask;
    struct sigaction old;

    if (handler == SIG_HOLD ? _sigaction(sig, NULL, &old) < 0 : set_action(sig, handler, &old) < 0)
        return SIG_ERR;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    change(handler == SIG_HOLD ? SIG_BLOCK : SIG_UNBLOCK, sig);
    return sigismember(&mask, sig) == 1 ? SIG_HOLD : old.sa_handler;
}

int sigpause(int sig)
{
    sigset_t mask;

    sigprocmask(SIG_BLOCK, NULL, &mask);
    return sigdelset(&mask, sig) < 0 ? -1 : sigsuspend(&mask);
}

int siginterrupt(int sig, int interrupt)
{
    struct sigaction action;

    if (_sigaction(sig, NULL, &action) < 0)
        return -1;
    action.sa_flags = interrupt ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
    return _sigaction(sig, &action, NULL);
}

/* BSD masks are words with the first 32 signals. */
static int old_mask(int how, int word)
{
    sigset_t set, old;
    int result = 0;

    sigemptyset(&set);
    for (int sig = 1; sig <= 32; sig++)
        if ((unsigned)word >> (sig - 1) & 1)
            sigaddset(&set, sig);
    if (sigprocmask(how, &set, &old) < 0)
        return -1;
    for (int sig = 1; sig <= 32; sig++)
        if (sigismember(&old, sig) == 1)
            result |= (int)(1U << (sig - 1));
    return result;
}

int sigblock(int word) { return old_mask(SIG_BLOCK, word); }
int sigsetmask(int word) { return old_mask(SIG_SETMASK, word); }

int sigvec(int sig, struct sigvec *vec, struct sigvec *old)
{
    struct sigaction action, before;

    memset(&action, 0, sizeof action);
    if (vec) {
        action.sa_handler = vec->sv_handler;
        for (int n = 1; n <= 32; n++)
            if ((unsigned)vec->sv_mask >> (n - 1) & 1)
                sigaddset(&action.sa_mask, n);
        action.sa_flags = SA_RESTART;
    }
    if (_sigaction(sig, vec ? &action : NULL, &before) < 0)
        return -1;
    if (old) {
        old->sv_handler = before.sa_handler;
        old->sv_mask = old->sv_flags = 0;
        for (int n = 1; n <= 32; n++)
            if (sigismember(&before.sa_mask, n) == 1)
                old->sv_mask |= (int)(1U << (n - 1));
    }
    return 0;
}
