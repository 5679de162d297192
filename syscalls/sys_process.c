/* sys_process.c -- processes: fork, exec, wait, ids, sessions, priorities [aix-abi 2.5, 3.5, 4.5]. */
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>
#include "runtime/fork.h"
#include "runtime/process.h"
#include "runtime/signal.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"
#include "syscalls/siginfo.h"
#include "syscalls/wait_status.h"

int64_t sys__exit(struct thread *t, int status) { process_exit(status & 0xFF); }

int64_t sys_kfork(struct thread *t) { return process_fork(); }

/* On the processors and memory of a resource set: the host's scheduler chooses. */
int64_t sys_kra_fork(struct thread *t, int set_type, gva set, uint32_t flags) { return process_fork(); }

/* --- wait --------------------------------------------------------------------------------------------------------- */

/* Killed: the signal stands in the low bits for old programs and in bits 16-23 for AIX's own macros. */
uint32_t wait_status_from_host(const siginfo_t *info)
{
    uint32_t signo = (uint32_t)signal_from_host(info->si_status);
    switch (info->si_code) {
    case CLD_EXITED:    return (uint32_t)(info->si_status & 0xFF) << 8;
    case CLD_KILLED:    return signo | signo << 16;
    case CLD_DUMPED:    return signo | signo << 16 | 0x80;
    case CLD_CONTINUED: return 0x01000000;
    default:            return signo << 8 | 0x40;       /* stopped, trapped */
    }
}

static idtype_t which_children(int pid, id_t *id)
{
    *id = (id_t)(pid < 0 ? -pid : pid);
    if (pid == -1)
        return P_ALL;
    return pid > 0 ? P_PID : P_PGID;    /* 0: the caller's own group, which waitid() knows as P_PGID 0 */
}

static int child_info_copyout(gva ea, const siginfo_t *info, uint32_t status)
{
    struct guest_siginfo g = {
        .signo = AIX_SIGCHLD,
        .code = info->si_code + 9,      /* CLD_EXITED 10 ... CLD_CONTINUED 15, in the host's order */
        .pid = info->si_pid,
        .uid = (int32_t)info->si_uid,
        .status = (int32_t)status,
    };
    return siginfo_copyout(ea, &g);
}

static int64_t wait_child(gva status_ea, int pid, uint32_t options, struct rusage *usage, gva info_ea)
{
    siginfo_t info = { 0 };
    id_t id;
    uint32_t unknown;
    idtype_t type = which_children(pid, &id);
    long flags = (long)flags_to_host(FLAGS_wait, options, &unknown);
    if (unknown)
        return -EINVAL;
    int64_t rc = restartable(safe_syscall(SYS_waitid, type, id, (long)&info, flags | WEXITED, (long)usage, 0));
    if (rc < 0 || info.si_pid == 0)
        return rc;                      /* 0: WNOHANG and nobody there */
    uint32_t status = wait_status_from_host(&info);
    if (status_ea && copyout_u32(status_ea, status) < 0)
        return -EFAULT;
    if (info_ea && child_info_copyout(info_ea, &info, status) < 0)
        return -EFAULT;
    return info.si_pid;
}

int64_t sys_kwaitpid(struct thread *t, gva status_ea, int pid, uint32_t options, gva usage_ea, gva info_ea)
{
    struct rusage usage;
    int64_t child = wait_child(status_ea, pid, options, &usage, info_ea);
    return child > 0 && usage_ea && ABI_CALL(rusage_copyout, usage_ea, &usage) < 0 ? -EFAULT : child;
}

/* struct rusage64: what a 64-bit program's rusage is, in both widths (inferred from its name and use). */
int64_t sys_kwaitpid64(struct thread *t, gva status_ea, int pid, uint32_t options, gva usage_ea, gva info_ea)
{
    struct rusage usage;
    int64_t child = wait_child(status_ea, pid, options, &usage, info_ea);
    return child > 0 && usage_ea && aix64_rusage_copyout(usage_ea, &usage) < 0 ? -EFAULT : child;
}

/* --- ids, groups, sessions ---------------------------------------------------------------------------------------- */

int64_t sys__getpid(struct thread *t) { return getpid(); }
int64_t sys__getppid(struct thread *t) { return getppid(); }
int64_t sys__getpgrp(struct thread *t) { return getpgrp(); }
int64_t sys_kgetpgidx(struct thread *t, int pid) { return host_result(getpgid(pid)); }
int64_t sys_kgetsidx(struct thread *t, int pid) { return host_result(getsid(pid)); }
int64_t sys_kgetsid(struct thread *t, int pid) { return host_result(getsid(pid)); }
int64_t sys__getpgrpx(struct thread *t, int pid) { return host_result(getpgid(pid)); }
int64_t sys__setpgid(struct thread *t, int pid, int group) { return host_result(setpgid(pid, group)); }
int64_t sys__setsid(struct thread *t) { return host_result(setsid()); }

/* A session's leader stays what it is. */
int64_t sys__setpgrp(struct thread *t)
{
    return setpgid(0, 0) < 0 && errno != EPERM ? -errno : getpgrp();
}

/* A process's number before checkpoint and restart: always the present one. */
int64_t sys_getrpid(struct thread *t, int pid, int b, int c) { return pid; }
int64_t sys_getrtid(struct thread *t, int tid) { return tid; }
int64_t sys_getvtid(struct thread *t, int tid) { return tid; }

int64_t sys_mycpu(struct thread *t) { return sched_getcpu(); }

int64_t sys_yield(struct thread *t)
{
    sched_yield();
    return 0;
}

/* --- accounting and priority -------------------------------------------------------------------------------------- */

/* AIX counts 100 ticks a second; so does the host, for processes. */
int64_t sys_times(struct thread *t, gva buffer)
{
    struct tms h;
    struct aix_tms g;
    clock_t now = times(&h);
    be_put(&g.tms_utime, (int32_t)h.tms_utime);
    be_put(&g.tms_stime, (int32_t)h.tms_stime);
    be_put(&g.tms_cutime, (int32_t)h.tms_cutime);
    be_put(&g.tms_cstime, (int32_t)h.tms_cstime);
    if (copyout(buffer, &g, sizeof g) < 0)
        return -EFAULT;
    return now & INT32_MAX;             /* clock_t is an int: it wraps, but is no error */
}

int64_t sys_appgetrusage(struct thread *t, int who, gva buffer)
{
    struct rusage usage;
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)   /* AIX's numbers are the host's */
        return -EINVAL;
    return getrusage(who, &usage) < 0 ? -errno : ABI_CALL(rusage_copyout, buffer, &usage);
}

int64_t sys_getrusage64(struct thread *t, int who, gva buffer)
{
    struct rusage usage;
    if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
        return -EINVAL;
    return getrusage(who, &usage) < 0 ? -errno : aix64_rusage_copyout(buffer, &usage);
}

int64_t sys__getpriority(struct thread *t, int which, int who)
{
    errno = 0;
    int priority = getpriority((__priority_which_t)which, (id_t)who);
    return priority == -1 && errno ? -errno : negative_result(priority);
}

int64_t sys__setpriority(struct thread *t, int which, int who, int priority)
{
    return host_result(setpriority((__priority_which_t)which, (id_t)who, priority));
}
