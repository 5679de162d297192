/* kernel.h -- what libc imports from /unix and does not hand on under the same name [aix-abi 3.5; syscalls/kernel_imports.def].
 * Each returns -1 with the caller's errno already stored.
 */
#ifndef LIBC_KERNEL_H
#define LIBC_KERNEL_H

#include <sys/types.h>
#include <sys/time_types.h>
#include <sys/sigset.h>

struct iovec;
struct mq_attr;
struct pollfd;
struct rusage;
struct sigaction;
struct sigevent;
struct siginfo;
struct sockaddr;
struct itimerval;
struct sembuf;
struct rlimit;

pid_t kfork(void);
pid_t kwaitpid(int *status, pid_t pid, int options, struct rusage *usage, struct siginfo *info);
pid_t _getpid(void);
pid_t _getppid(void);
pid_t _getpgrp(void);
pid_t kgetpgidx(pid_t pid);
pid_t kgetsidx(pid_t pid);
int _setpgid(pid_t pid, pid_t group);
pid_t _setsid(void);
int appgetrlimit(int resource, struct rlimit *limit);
int appsetrlimit(int resource, const struct rlimit *limit);
int appgetrusage(int who, struct rusage *usage);
int _getpriority(int which, int who);
int _setpriority(int which, int who, int priority);

ssize_t kread(int fd, void *buffer, size_t n);
ssize_t kwrite(int fd, const void *buffer, size_t n);
ssize_t kreadv(int fd, const struct iovec *vector, int count, int extension);
ssize_t kwritev(int fd, const struct iovec *vector, int count, int extension);
ssize_t kpread(int fd, void *buffer, size_t n, off64_t offset);
ssize_t kpwrite(int fd, const void *buffer, size_t n, off64_t offset);
int klseek(int fd, off64_t offset, int whence, off64_t *result);
int kfcntl(int fd, int command, long argument);
int kioctl(int fd, int command, void *argument, void *extension);
int ktruncate(const char *path, off64_t size);
int kftruncate(int fd, off64_t size);
int kfsync_range(int fd, int how, off64_t offset, off64_t length);
int klockf(int fd, int function, off64_t size);
void *kmmap(void *address, size_t length, int protection, int flags, int fd, off64_t offset);
int __vwpar_openat(int fd, const char *path, int flags, mode_t mode);
int __vwpar_statxat(int fd, const char *path, void *buffer, size_t size, int command, int flags);
int __vwpar_unlinkat(int fd, const char *path, int flags);
ssize_t __vwpar_readlinkat(int fd, const char *path, char *buffer, size_t size);
int __vwpar_faccessat(int fd, const char *path, int mode, int flags);
int __vwpar_utimensat(int fd, const char *path, const struct timespec *times, int flags);
int __vwpar_mkdirat(int fd, const char *path, mode_t mode);
int __vwpar_renameat(int from_fd, const char *from, int to_fd, const char *to);
int __vwpar_getcwd(char *buffer, size_t size);

int _sigaction(int sig, const struct sigaction *action, struct sigaction *old);
int _sigpending(sigset_t *set);
int _sigsuspend(const sigset_t *set);
int _pause(void);
int _sigqueue(pid_t pid, int sig, long value);
int __vwpar_sigtimedwait(const sigset_t *set, struct siginfo *info, const struct timespec *timeout);
int _thread_self(void);

int _nsleep(const struct timespec *request, struct timespec *left);
int _clock_gettime(clockid_t clock, struct timespec *time);
int _clock_getres(clockid_t clock, struct timespec *resolution);
int _clock_settime(clockid_t clock, const struct timespec *time);
int __vwpar_setitimer(int which, const struct itimerval *value, struct itimerval *old);
int __vwpar_getitimer(int which, struct itimerval *value);

int connext(int fd, const struct sockaddr *address, socklen_t length);
int _poll(struct pollfd *fds, unsigned count, int timeout_ms);
int _select(unsigned count, void *reading, void *writing, void *exceptions, struct timeval *timeout);
int __semop(int id, struct sembuf *operations, size_t count);
int __msgsnd(int id, const void *message, size_t size, int flags);
ssize_t __msgrcv(int id, void *message, size_t size, long type, int flags);

struct aiocb;
struct sigevent;
int __vwpar_aio_submit(struct aiocb *const list[], int count, int operation, int *generation, const struct sigevent *event);
int __vwpar_aio_cancel(int fd, struct aiocb *cb);
int _mq_open(const char *name, int flags, mode_t mode, struct mq_attr *attributes);
int _mq_notify(int queue, const struct sigevent *event);
int __vwpar_mq_timedsend(int queue, const char *message, size_t size, unsigned priority, const struct timespec *until);
ssize_t __vwpar_mq_timedreceive(int queue, char *message, size_t size, unsigned *priority, const struct timespec *until);
int _timer_create(clockid_t clock, struct sigevent *event, timer_t *timer);
int _timer_delete(timer_t timer);
int _timer_gettime(timer_t timer, struct itimerspec *now);
int _timer_getoverrun(timer_t timer);
int _timer_settime(timer_t timer, int flags, const struct itimerspec *to, struct itimerspec *old);
int _clock_getcpuclockid(pid_t pid, clockid_t *clock);

/* Next module to initialise (finalise: 1) by its __rtinit, or NULL. */
void *__vwpar_module_init(int finalise);
int __vwpar_ncpus(void);
int __vwpar_physpages(void);

enum { FUTEX_ABSOLUTE_REALTIME = 1, FUTEX_ABSOLUTE_MONOTONIC = 2, FUTEX_SHARED = 4 };

#endif
