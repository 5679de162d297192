/* wait.c -- waiting for children: kwaitpid with the forms of its result.
 */
#include <sys/wait.h>
#include "../include/cancel.h"
#include "../include/kernel.h"

pid_t waitpid(pid_t pid, int *status, int options)
{
    return CANCELLABLE(kwaitpid(status, pid, options | WEXITED, NULL, NULL));
}

pid_t wait(int *status) { return waitpid(-1, status, 0); }
pid_t wait3(int *status, int options, struct rusage *usage) { return wait4(-1, status, options, usage); }

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
    return CANCELLABLE(kwaitpid(status, pid, options | WEXITED, usage, NULL));
}

int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
    pid_t which = type == P_ALL ? -1 : type == P_PID ? (pid_t)id : -(pid_t)id;
    int status;
    pid_t pid = CANCELLABLE(kwaitpid(&status, which, options, NULL, info));

    if (pid == 0 && info)
        info->si_pid = info->si_signo = 0;
    return pid < 0 ? -1 : 0;
}
