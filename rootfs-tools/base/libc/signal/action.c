/* action.c -- handlers, masks, sending and waiting.
 */
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include "../include/cancel.h"
#include "../include/kernel.h"

int thread_kill(tid_t tid, int sig);

int sigaction(int sig, const struct sigaction *restrict action, struct sigaction *restrict old)
{
    return _sigaction(sig, action, old);
}

static void (*install(int sig, void (*handler)(int), int flags))(int)
{
    struct sigaction action = { .sa_flags = flags }, old;

    action.sa_handler = handler;
    return _sigaction(sig, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

/* System V: the handler is for one signal. ILL, TRAP and PWR are not reset (recalled). */
void (*signal(int sig, void (*handler)(int)))(int)
{
    int stays = sig == SIGILL || sig == SIGTRAP || sig == SIGPWR;

    return install(sig, handler, stays ? SA_NODEFER : SA_OLDSTYLE);
}

void (*bsdsignal(int sig, void (*handler)(int)))(int)
{
    return install(sig, handler, SA_RESTART);
}

void (*bsd_signal(int sig, void (*handler)(int)))(int) { return bsdsignal(sig, handler); }
void (*ssignal(int sig, void (*handler)(int)))(int) { return signal(sig, handler); }
int gsignal(int sig) { return raise(sig); }

int raise(int sig)
{
    return thread_kill(_thread_self(), sig);
}

int killpg(pid_t group, int sig)
{
    if (group < 0) {
        errno = EINVAL;
        return -1;
    }
    return kill(group == 0 ? 0 : -group, sig);
}

int sigqueue(pid_t pid, int sig, const union sigval value)
{
    return _sigqueue(pid, sig, (long)value.sival_ptr);
}

int sigpending(sigset_t *set) { return _sigpending(set); }
int sigsuspend(const sigset_t *mask) { return CANCELLABLE(_sigsuspend(mask)); }
int pause(void) { return CANCELLABLE(_pause()); }

int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info, const struct timespec *restrict timeout)
{
    return CANCELLABLE(__vwpar_sigtimedwait(set, info, timeout));
}

int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
    return sigtimedwait(set, info, NULL);
}

int sigwait(const sigset_t *restrict set, int *restrict sig)
{
    int got;

    while ((got = sigtimedwait(set, NULL, NULL)) < 0)
        if (errno != EINTR)
            return errno;
    *sig = got;
    return 0;
}
