/* cut_at.c -- kill a command with SIGKILL at the N-th system call by which it changes files or processes; its children live on.
 *
 *   cut_at N COMMAND...     exit status 0: killed there; 1: it ended before
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static int changes(const struct user_regs_struct *r)
{
    switch ((long)r->orig_rax) {
    case SYS_openat: return (r->rdx & O_CREAT) != 0;
    case SYS_open: return (r->rsi & O_CREAT) != 0;
    case SYS_write: return r->rdi > 2;
    case SYS_mkdir: case SYS_mkdirat: case SYS_rmdir: case SYS_unlink: case SYS_unlinkat: case SYS_rename: case SYS_renameat:
    case SYS_renameat2: case SYS_symlink: case SYS_symlinkat: case SYS_link: case SYS_linkat: case SYS_fsync: case SYS_ftruncate:
    case SYS_chmod: case SYS_fchmod: case SYS_fchmodat: case SYS_chown: case SYS_fchown: case SYS_fchownat: case SYS_clone:
    case SYS_fork: case SYS_vfork: case SYS_execve: return 1;
    default: return 0;
    }
}

/* Is the process at the entry of a call that changes something? Stops come in pairs, in and out. */
static int at_change(pid_t pid)
{
    static int inside;
    struct user_regs_struct r;
    inside = !inside;
    return inside && ptrace(PTRACE_GETREGS, pid, NULL, &r) == 0 && changes(&r);
}

int main(int argc, char **argv)
{
    long left = argc > 2 ? atol(argv[1]) : 0;
    pid_t child = argc > 2 ? fork() : -1;
    int status;
    if (child < 0)
        return 2;
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        execv(argv[2], argv + 2);
        _exit(127);
    }
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    ptrace(PTRACE_SYSCALL, child, NULL, NULL);
    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status)) {
        int signo = WSTOPSIG(status) == (SIGTRAP | 0x80) ? 0 : WSTOPSIG(status);
        if (signo == 0 && at_change(child) && --left <= 0) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return 0;
        }
        ptrace(PTRACE_SYSCALL, child, NULL, signo == SIGTRAP ? 0 : signo);
    }
    return 1;
}
