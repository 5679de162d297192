/* signal.h -- signal functions. */
#ifndef _H_SIGNAL_
#define _H_SIGNAL_

#include <sys/signal.h>
#include <sys/time_types.h>

typedef int sig_atomic_t;

void (*signal(int, void (*)(int)))(int);
void (*bsd_signal(int, void (*)(int)))(int);
void (*ssignal(int, void (*)(int)))(int);
int gsignal(int);
void (*bsdsignal(int, void (*)(int)))(int);
void (*sigset(int, void (*)(int)))(int);
int raise(int);
int kill(pid_t, int);
int killpg(pid_t, int);
int sigaction(int, const struct sigaction *__restrict, struct sigaction *__restrict);
int sigprocmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int sigthreadmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int pthread_sigmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int pthread_kill(pthread_t, int);
int sigpending(sigset_t *);
int sigsuspend(const sigset_t *);
int sigaltstack(const stack_t *__restrict, stack_t *__restrict);
int sigqueue(pid_t, int, const union sigval);
int sigwait(const sigset_t *__restrict, int *__restrict);
int sigwaitinfo(const sigset_t *__restrict, siginfo_t *__restrict);
int sigtimedwait(const sigset_t *__restrict, siginfo_t *__restrict, const struct timespec *__restrict);
int sigemptyset(sigset_t *);
int sigfillset(sigset_t *);
int sigaddset(sigset_t *, int);
int sigdelset(sigset_t *, int);
int sigismember(const sigset_t *, int);
int sighold(int);
int sigrelse(int);
int sigignore(int);
int sigpause(int);
int siginterrupt(int, int);
int sigblock(int);
int sigsetmask(int);
int sigvec(int, struct sigvec *, struct sigvec *);
int sigcleanup(void);
#define sigmask(n) (1 << ((n) - 1))
void psignal(unsigned int, const char *);
extern const char *const sys_siglist[];

#endif
