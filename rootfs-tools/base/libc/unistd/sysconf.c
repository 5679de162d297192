/* sysconf.c -- limits and options at run time [aix-abi 4.13, 4.14]; the machine as _system_configuration describes it.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/systemcfg.h>
#include <time.h>
#include <unistd.h>
#include "../include/kernel.h"

enum { PAGE = 4096 };

static long limit_of(int resource)
{
    struct rlimit limit;

    if (appgetrlimit(resource, &limit) < 0 || limit.rlim_cur >= RLIM_INFINITY)
        return -1;
    return (long)limit.rlim_cur;
}

long sysconf(int name)
{
    switch (name) {
    case _SC_ARG_MAX: return ARG_MAX;
    case _SC_CHILD_MAX: return limit_of(RLIMIT_NPROC);
    case _SC_CLK_TCK: return CLK_TCK;
    case _SC_NGROUPS_MAX: return NGROUPS_MAX;
    case _SC_OPEN_MAX: return getdtablesize();
    case _SC_STREAM_MAX: return 32767;
    case _SC_TZNAME_MAX: return 255;
    case _SC_JOB_CONTROL: return 1;
    case _SC_SAVED_IDS: return 1;
    case _SC_VERSION: return _POSIX_VERSION;
    case _SC_BC_BASE_MAX: return BC_BASE_MAX;
    case _SC_BC_DIM_MAX: return BC_DIM_MAX;
    case _SC_BC_SCALE_MAX: return BC_SCALE_MAX;
    case _SC_BC_STRING_MAX: return BC_STRING_MAX;
    case _SC_EXPR_NEST_MAX: return EXPR_NEST_MAX;
    case _SC_LINE_MAX: return LINE_MAX;
    case _SC_RE_DUP_MAX: return RE_DUP_MAX;
    case _SC_2_VERSION: return _POSIX2_VERSION;
    case _SC_PASS_MAX: return PASS_MAX;
    case _SC_XOPEN_VERSION: return _XOPEN_VERSION;
    case _SC_ATEXIT_MAX: return INT_MAX;
    case _SC_PAGE_SIZE: return PAGE;
    case _SC_COLL_WEIGHTS_MAX: return COLL_WEIGHTS_MAX;
    case _SC_2_C_BIND: return 1;
    case _SC_2_C_VERSION: return _POSIX2_VERSION;
    case _SC_IOV_MAX: return IOV_MAX;
    case _SC_THREAD_SAFE_FUNCTIONS: return 1;
    case _SC_THREADS: return 1;
    case _SC_THREAD_ATTR_STACKADDR: return 1;
    case _SC_THREAD_ATTR_STACKSIZE: return 1;
    case _SC_THREAD_PROCESS_SHARED: return 1;
    case _SC_THREAD_KEYS_MAX: return PTHREAD_KEYS_MAX;
    case _SC_THREAD_STACK_MIN: return PTHREAD_STACK_MIN;
    case _SC_THREAD_THREADS_MAX: return 32767;
    case _SC_NPROCESSORS_CONF: return __vwpar_ncpus();
    case _SC_NPROCESSORS_ONLN: return __vwpar_ncpus();
    case _SC_XOPEN_UNIX: return 1;
    case _SC_FSYNC: return 1;
    case _SC_GETGR_R_SIZE_MAX: return 10027;
    case _SC_GETPW_R_SIZE_MAX: return 10027;
    case _SC_LOGIN_NAME_MAX: return 256;
    case _SC_MAPPED_FILES: return 1;
    case _SC_MEMORY_PROTECTION: return 1;
    case _SC_SEMAPHORES: return _POSIX_VERSION;
    case _SC_RTSIG_MAX: return 8;
    case _SC_REALTIME_SIGNALS: return _POSIX_VERSION;
    case _SC_TTY_NAME_MAX: return 255;
    case _SC_PHYS_PAGES: return __vwpar_physpages();
    case _SC_AVPHYS_PAGES: return __vwpar_physpages();
    case _SC_HOST_NAME_MAX: return 255;
    case _SC_REGEXP: return 1;
    case _SC_SHELL: return 1;
    case _SC_SYMLOOP_MAX: return 20;
    case _SC_MONOTONIC_CLOCK: return _POSIX_VERSION;
    case _SC_ADVISORY_INFO:
    case _SC_ASYNCHRONOUS_IO:
    case _SC_BARRIERS:
    case _SC_CLOCK_SELECTION:
    case _SC_CPUTIME:
    case _SC_MEMLOCK:
    case _SC_MEMLOCK_RANGE:
    case _SC_MESSAGE_PASSING:
    case _SC_PRIORITY_SCHEDULING:
    case _SC_READER_WRITER_LOCKS:
    case _SC_SHARED_MEMORY_OBJECTS:
    case _SC_SPIN_LOCKS:
    case _SC_THREAD_CPUTIME:
    case _SC_THREAD_PRIORITY_SCHEDULING:
    case _SC_THREAD_PRIO_INHERIT:
    case _SC_THREAD_PRIO_PROTECT:
    case _SC_TIMEOUTS:
    case _SC_TIMERS: return _POSIX_VERSION;
    case _SC_AIO_LISTIO_MAX: return AIO_LISTIO_MAX;
    case _SC_AIO_MAX: return AIO_MAX;
    case _SC_DELAYTIMER_MAX: return INT_MAX;
    case _SC_MQ_PRIO_MAX: return MQ_PRIO_MAX;
    case _SC_SEM_VALUE_MAX: return SEM_VALUE_MAX;
    case _SC_SIGQUEUE_MAX: return SIGQUEUE_MAX;
    case _SC_THREAD_DESTRUCTOR_ITERATIONS: return PTHREAD_DESTRUCTOR_ITERATIONS;
    case _SC_TIMER_MAX: return TIMER_MAX;
    case _SC_2_C_DEV:
    case _SC_2_FORT_DEV:
    case _SC_2_FORT_RUN:
    case _SC_2_LOCALEDEF:
    case _SC_2_SW_DEV:
    case _SC_2_UPE:
    case _SC_2_CHAR_TERM:
    case _SC_XOPEN_SHM:
    case _SC_XOPEN_CRYPT:
    case _SC_XOPEN_ENH_I18N:
    case _SC_AIO_PRIO_DELTA_MAX:
    case _SC_MQ_OPEN_MAX:
    case _SC_PRIORITIZED_IO:
    case _SC_SEM_NSEMS_MAX:
    case _SC_SPAWN:
    case _SC_SPORADIC_SERVER:
    case _SC_SYNCHRONIZED_IO:
    case _SC_THREAD_SPORADIC_SERVER:
    case _SC_TYPED_MEMORY_OBJECTS:
    case _SC_XOPEN_XCU_VERSION: return -1;    /* not supported: errno stays */
    }
    errno = EINVAL;
    return -1;
}

static long path_limit(int name)
{
    switch (name) {
    case _PC_CHOWN_RESTRICTED: return 1;
    case _PC_LINK_MAX: return LINK_MAX;
    case _PC_MAX_CANON: return MAX_CANON;
    case _PC_MAX_INPUT: return MAX_INPUT;
    case _PC_NAME_MAX: return NAME_MAX;
    case _PC_NO_TRUNC: return 1;
    case _PC_PATH_MAX: return PATH_MAX;
    case _PC_PIPE_BUF: return PIPE_BUF;
    case _PC_VDISABLE: return _POSIX_VDISABLE;
    case _PC_FILESIZEBITS: return 64;
    case _PC_SYMLINK_MAX: return PATH_MAX;
    case _PC_ALLOC_SIZE_MIN: return PAGE;
    case _PC_SYNC_IO: return 1;
    case _PC_ASYNC_IO:
    case _PC_PRIO_IO: return -1;
    }
    errno = EINVAL;
    return -1;
}

long pathconf(const char *path, int name)
{
    return access(path, F_OK) < 0 ? -1 : path_limit(name);
}

long fpathconf(int fd, int name)
{
    return path_limit(name);
}

size_t confstr(int name, char *buffer, size_t size)
{
    static const char path[] = "/usr/bin:/usr/vac/bin";

    if (name != _CS_PATH) {
        errno = EINVAL;
        return 0;
    }
    if (size) {
        strncpy(buffer, path, size - 1);
        buffer[size - 1] = 0;
    }
    return sizeof path;
}

int getpagesize(void)
{
    return PAGE;
}

/* Labels name the words of _system_configuration in order, but for the last ones. */
unsigned long getsystemcfg(int label)
{
    const struct _system_configuration *c = &_system_configuration;

    if (label >= SC_ARCH && label <= SC_KRN_ATTR)
        return (unsigned long)(&c->architecture)[label - SC_ARCH];
    switch (label) {
    case SC_PHYSMEM: return (unsigned long)c->physmem;
    case SC_ORIG_NCPUS:
    case SC_MAX_NCPUS: return (unsigned long)c->ncpus;
    case SC_VMX_VER: return 0;
    }
    errno = EINVAL;
    return (unsigned long)-1;
}
