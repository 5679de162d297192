/* sys_limits.c -- resource limits [aix-abi 4.2].
 *
 * DATA, STACK, AS and RSS are about the guest's address space, which the runner reserves as a whole: applying the
 * guest's numbers to the host process would starve the runner. They are kept and reported, not enforced. NOFILE is
 * reported below the runner's own files.
 */
#include <sys/resource.h>
#include "runtime/host.h"
#include "runtime/private_fd.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"
#include "syscalls/limits.h"
#include "syscalls/syscall.h"

enum {
    AIX_CPU,
    AIX_FSIZE,
    AIX_DATA,
    AIX_STACK,
    AIX_CORE,
    AIX_RSS,
    AIX_AS,
    AIX_NOFILE,
    AIX_THREADS,
    AIX_NPROC,
    AIX_RLIMITS
};

/* Host resource, or -1 for one that is only kept. */
static const int host_resource[AIX_RLIMITS] = {
    [AIX_CPU] = RLIMIT_CPU,     [AIX_FSIZE] = RLIMIT_FSIZE, [AIX_DATA] = -1,  [AIX_STACK] = -1,
    [AIX_CORE] = RLIMIT_CORE,   [AIX_RSS] = -1,             [AIX_AS] = -1,    [AIX_NOFILE] = RLIMIT_NOFILE,
    [AIX_THREADS] = -1,         [AIX_NPROC] = RLIMIT_NPROC,
};

static struct rlimit kept[AIX_RLIMITS] = {
    [AIX_DATA] = { RLIM_INFINITY, RLIM_INFINITY },  [AIX_STACK] = { RLIM_INFINITY, RLIM_INFINITY },
    [AIX_RSS] = { RLIM_INFINITY, RLIM_INFINITY },   [AIX_AS] = { RLIM_INFINITY, RLIM_INFINITY },
    [AIX_THREADS] = { RLIM_INFINITY, RLIM_INFINITY },
};

uint64_t limits_data(void) { return kept[AIX_DATA].rlim_cur; }

static rlim_t below_private(rlim_t limit)
{
    rlim_t base = (rlim_t)private_fd_base();
    return limit > base ? base : limit;
}

static int get_limit(int resource, struct rlimit *out)
{
    if (resource < 0 || resource >= AIX_RLIMITS)
        return -EINVAL;
    if (host_resource[resource] < 0) {
        *out = kept[resource];
        return 0;
    }
    if (getrlimit((__rlimit_resource_t)host_resource[resource], out) < 0)
        return -errno;
    if (resource == AIX_NOFILE)
        *out = (struct rlimit){ below_private(out->rlim_cur), below_private(out->rlim_max) };
    return 0;
}

static int keep_limit(struct rlimit *old, const struct rlimit *to)
{
    if (to->rlim_cur > to->rlim_max)
        return -EINVAL;
    if (to->rlim_max > old->rlim_max)
        return -EPERM;
    *old = *to;
    return 0;
}

/* The guest's view of NOFILE ends below the runner's files. The host's hard limit stays where it is, and the soft one
 * stays above those files when the guest asks for all it can have. */
static int set_nofile(const struct rlimit *to)
{
    struct rlimit host;
    rlim_t base = (rlim_t)private_fd_base();
    if (to->rlim_cur > to->rlim_max)
        return -EINVAL;
    if (getrlimit(RLIMIT_NOFILE, &host) < 0)
        return -errno;
    if (to->rlim_cur != RLIM_INFINITY && to->rlim_cur > base)
        return -EPERM;
    if (to->rlim_cur < base)
        host.rlim_cur = to->rlim_cur;
    return setrlimit(RLIMIT_NOFILE, &host) < 0 ? -errno : 0;
}

static int set_limit(int resource, const struct rlimit *to)
{
    if (resource < 0 || resource >= AIX_RLIMITS)
        return -EINVAL;
    if (host_resource[resource] < 0)
        return keep_limit(&kept[resource], to);
    if (resource == AIX_NOFILE)
        return set_nofile(to);
    return setrlimit((__rlimit_resource_t)host_resource[resource], to) < 0 ? -errno : 0;
}

int64_t sys_appgetrlimit(struct thread *t, int resource, gva out)
{
    struct rlimit limit;
    int rc = get_limit(resource, &limit);
    return rc < 0 ? rc : ABI_CALL(rlimit_copyout, out, &limit);
}

int64_t sys_appsetrlimit(struct thread *t, int resource, gva in)
{
    struct rlimit limit;
    int rc = ABI_CALL(rlimit_copyin, &limit, in);
    return rc < 0 ? rc : set_limit(resource, &limit);
}

int64_t sys_getrlimit64(struct thread *t, int resource, gva out)
{
    struct rlimit limit;
    int rc = get_limit(resource, &limit);
    return rc < 0 ? rc : aix64_rlimit_copyout(out, &limit);
}

int64_t sys_setrlimit64(struct thread *t, int resource, gva in)
{
    struct rlimit limit;
    int rc = aix64_rlimit_copyin(&limit, in);
    return rc < 0 ? rc : set_limit(resource, &limit);
}

/* ulimit: sizes of files in blocks of 512 bytes, the highest break, the lowest stack address [IBM's manual: ulimit; the
 * numbers above 1000: AIX/RT 2.2.1's]. */
int64_t sys_appulimit(struct thread *t, int command, int64_t limit)
{
    enum { GET_FSIZE = 1, SET_FSIZE = 2, GET_DATALIM = 3, UBSIZE = 512 };
    int64_t most = guest.is64 ? INT64_MAX : INT32_MAX;
    struct rlimit size;
    getrlimit(RLIMIT_FSIZE, &size);
    switch (command) {
    case GET_FSIZE:
        return size.rlim_cur / UBSIZE > (rlim_t)most ? most : (int64_t)(size.rlim_cur / UBSIZE);
    case SET_FSIZE:
        if (limit < 0)
            return -EINVAL;
        size.rlim_cur = limit == most ? RLIM_INFINITY : (rlim_t)limit * UBSIZE;
        if (size.rlim_cur > size.rlim_max && geteuid() != 0)
            return -EPERM;
        if (size.rlim_max != RLIM_INFINITY && size.rlim_cur > size.rlim_max)
            size.rlim_max = size.rlim_cur;
        return setrlimit(RLIMIT_FSIZE, &size) < 0 ? -errno : limit;
    case GET_DATALIM:
        return (int64_t)syscall_break_limit();
    }
    return -EINVAL;
}
