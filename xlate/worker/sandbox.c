/* sandbox.c -- Landlock for files (landlock(7)), seccomp for system calls (seccomp(2), by libseccomp).
 *
 * Seccomp sees numbers and not paths, Landlock sees paths and not sockets: each does what it can. A call that is not in the list fails
 * with EPERM: a library that tries something new then goes another way or gives up on that translation.
 */
#include "xlate/worker/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"

enum {
    CACHE_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                  LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE,
    ALL_FILES = CACHE_FILES | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
};

static long allow_below(int ruleset, int dir, uint64_t access)
{
    struct landlock_path_beneath_attr rule = { .allowed_access = access, .parent_fd = dir };

    return dir < 0 ? -1 : syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

static int open_parent(const char *path)
{
    free_ptr char *parent = strdup(path);
    char *slash = parent ? strrchr(parent, '/') : NULL;

    if (slash)
        slash[slash == parent] = 0;
    return parent ? open(slash ? parent : ".", O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
}

int sandbox_files(int cache_dir, const char *socket_path, struct error *err)
{
    struct landlock_ruleset_attr all = { .handled_access_fs = ALL_FILES };
    close_fd int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    close_fd int parent = open_parent(socket_path);

    if (ruleset < 0)
        return 0;
    if (allow_below(ruleset, cache_dir, CACHE_FILES) || allow_below(ruleset, parent, LANDLOCK_ACCESS_FS_REMOVE_FILE) ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_landlock_restrict_self, ruleset, 0))
        return error_set(err, errno, "cannot give up other files: %s", strerror(errno));
    return 0;
}

static const int needed[] = {
    /* the socket and the threads' wake-ups */
    SCMP_SYS(accept4), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(setsockopt), SCMP_SYS(shutdown),
    SCMP_SYS(futex), SCMP_SYS(sched_yield), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep), SCMP_SYS(clock_gettime),
    /* files of the cache */
    SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
    SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(ftruncate), SCMP_SYS(fchmod),
    SCMP_SYS(fdatasync), SCMP_SYS(fsync), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink),
    SCMP_SYS(unlinkat), SCMP_SYS(getdents64), SCMP_SYS(fcntl), SCMP_SYS(flock), SCMP_SYS(geteuid), SCMP_SYS(getpid),
    /* memory, and what the C library asks on the way */
    SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(sysinfo), SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrandom), SCMP_SYS(getrusage), SCMP_SYS(prlimit64), SCMP_SYS(gettid), SCMP_SYS(tgkill), SCMP_SYS(sigaltstack),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

static int add_rules(scmp_filter_ctx filter)
{
    static const int mapping[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };
    int failed = 0;

    for (size_t i = 0; i < ARRAY_LEN(needed) && !failed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, needed[i], 0);
    for (size_t i = 0; i < ARRAY_LEN(mapping) && !failed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, mapping[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    return failed;
}

int sandbox_calls(struct error *err)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed = filter ? seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) : -ENOMEM;

    if (!failed)
        failed = add_rules(filter);
    if (!failed)
        failed = seccomp_load(filter);
    if (filter)
        seccomp_release(filter);
    return failed ? error_set(err, -failed, "cannot give up system calls: %s", strerror(-failed)) : 0;
}
