/* spawn.c -- start xlated from inside a guest process, unseen by the guest.
 *
 * The guest waits for children of its own with wait4(-1) and gets SIGCHLD for them. So the child in between is cloned without an exit
 * signal -- the host keeps such children from wait4 without __WCLONE, and sends nothing when they end -- and ends at once; xlated, its
 * child, then belongs to init. Between clone and exec only system calls are made: other threads may hold any lock.
 */
#include "xlate/run/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void null_descriptors(void)
{
    int null = open("/dev/null", O_RDWR);

    for (int fd = 0; fd < 3 && null >= 0; fd++)
        if (fd != null)
            dup2(null, fd);
    syscall(SYS_close_range, 3u, ~0u, 0);
}

static void default_signals(void)
{
    struct sigaction dfl = { .sa_handler = SIG_DFL };
    sigset_t none;

    for (int signo = 1; signo < NSIG; signo++)
        sigaction(signo, &dfl, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static __attribute__((noreturn)) void run_program(const char *path, char *const argv[])
{
    setsid();
    null_descriptors();
    default_signals();
    execve(path, argv, environ);
    _exit(127);
}

int spawn_detached(const char *path, char *const argv[])
{
    int status = 0;
    long between = syscall(SYS_clone, 0ul, NULL, NULL, NULL, 0ul);

    if (between < 0)
        return -errno;
    if (between == 0) {
        long pid = syscall(SYS_clone, (unsigned long)SIGCHLD, NULL, NULL, NULL, 0ul);
        if (pid == 0)
            run_program(path, argv);
        _exit(pid < 0);
    }
    while (waitpid((pid_t)between, &status, __WCLONE) < 0 && errno == EINTR)
        ;
    return status ? -EAGAIN : 0;
}
