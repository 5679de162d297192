/* sys_memory.c -- memory: the break, mmap and its kin, shared memory segments [aix-abi 2.1, 4.10, 4.11].
 *
 * Shared memory is the host's System V one: guest_mmap() finds and books a place, then the segment is attached over it.
 * So ids, fork, and processes outside see what they expect. Unmapping the place ends the attachment.
 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/fork.h"
#include "runtime/guest_map.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"
#include "syscalls/ipc_perm.h"
#include "syscalls/limits.h"
#include "syscalls/syscall.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static gva brk_start, brk_limit, brk_now;

static gva page_up(gva ea) { return (ea + GUEST_PAGE - 1) & ~(gva)(GUEST_PAGE - 1); }

static void lock_before_fork(void) { pthread_mutex_lock(&lock); }
static void unlock_after_fork(void) { pthread_mutex_unlock(&lock); }

void syscall_set_break(gva start, gva limit)
{
    static const struct fork_hooks hooks = { lock_before_fork, unlock_after_fork, unlock_after_fork };
    brk_start = brk_now = start;
    brk_limit = limit;
    fork_register(&hooks);
}

gva syscall_break_limit(void) { return brk_limit; }

static int set_break(gva to)
{
    gva from_page = page_up(brk_now), to_page = page_up(to), at;
    int rc = 0;
    if (to < brk_start || to > brk_limit || (to > brk_now && to - brk_start > limits_data()))
        return -ENOMEM;
    if (to_page > from_page)
        rc = guest_mmap(from_page, to_page - from_page, PROT_READ | PROT_WRITE, GUEST_NOREPLACE, -1, 0, AREA_MMAP, &at);
    else if (to_page < from_page)
        rc = guest_munmap(to_page, from_page - to_page);
    if (rc < 0)
        return -ENOMEM;
    brk_now = to;
    return 0;
}

int64_t sys_brk(struct thread *t, gva to)
{
    pthread_mutex_lock(&lock);
    int rc = set_break(to);
    pthread_mutex_unlock(&lock);
    return rc;
}

int64_t sys_sbrk(struct thread *t, int64_t increment)
{
    pthread_mutex_lock(&lock);
    gva old = brk_now;
    int rc = increment ? set_break(old + (gva)increment) : 0;
    pthread_mutex_unlock(&lock);
    return rc < 0 ? rc : (int64_t)old;
}

int64_t sys___libc_sbrk(struct thread *t, int64_t increment) { return sys_sbrk(t, increment); }

/* --- mmap --------------------------------------------------------------------------------------------------------- */

enum { AIX_MAP_SHARED = 1, AIX_MAP_PRIVATE = 2, AIX_MAP_ANON = 0x10, AIX_MAP_FIXED = 0x100 };

/* 0, or why a file's range cannot be mapped: `most` is the end of the largest file that the call can name. */
static int check_file(int fd, uint64_t offset, uint64_t len, uint64_t most)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return -EBADF;
    if (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode))
        return -ENODEV;
    return offset > most || len > most - offset ? -EOVERFLOW : 0;
}

static int64_t map_memory(gva hint, uint64_t len, uint32_t prot, uint32_t flags, int fd, int64_t offset,
                          uint64_t most)
{
    gva at;
    uint32_t unknown = flags & ~(uint32_t)(AIX_MAP_SHARED | AIX_MAP_PRIVATE | AIX_MAP_ANON | AIX_MAP_FIXED);
    bool anonymous = flags & AIX_MAP_ANON, shared = flags & AIX_MAP_SHARED;

    if (unknown || shared == !!(flags & AIX_MAP_PRIVATE) || prot > 7 || offset % GUEST_PAGE)
        return -EINVAL;
    if (anonymous != (fd == -1))
        return anonymous ? -EINVAL : -EBADF;
    int how = (flags & AIX_MAP_FIXED ? GUEST_FIXED : 0) | (shared ? GUEST_SHARED : 0);
    int rc = anonymous ? 0 : check_file(fd, (uint64_t)offset, len, most);
    if (rc == 0)
        rc = guest_mmap(hint, len, (int)prot, how, anonymous ? -1 : fd, offset, AREA_MMAP, &at);
    return rc < 0 ? rc : (int64_t)at;
}

int64_t sys_mmap(struct thread *t, gva hint, uint64_t len, uint32_t prot, uint32_t flags, int fd, int64_t offset)
{
    if (guest.is64)
        return map_memory(hint, len, prot, flags, fd, offset, INT64_MAX);
    return map_memory(hint, len, prot, flags, fd, (uint32_t)offset, UINT64_C(1) << 32);
}

int64_t sys_kmmap(struct thread *t, gva hint, uint64_t len, uint32_t prot, uint32_t flags, int fd, int64_t offset)
{
    return map_memory(hint, len, prot, flags, fd, offset, INT64_MAX);
}

int64_t sys_munmap(struct thread *t, gva ea, uint64_t len) { return guest_munmap(ea, len); }

int64_t sys_mprotect(struct thread *t, gva ea, uint64_t len, uint32_t prot)
{
    return prot > 7 ? -EINVAL : len == 0 ? 0 : guest_mprotect(ea, len, (int)prot);
}

static void *mapped_range(gva ea, uint64_t len)
{
    return ea % GUEST_PAGE == 0 && guest_is_mapped(ea, len) ? guest_range(ea, len) : NULL;
}

int64_t sys_msync(struct thread *t, gva ea, uint64_t len, uint32_t flags)
{
    uint32_t unknown;
    int host = (int)flags_to_host(FLAGS_msync, flags, &unknown);
    if (unknown || ea % GUEST_PAGE)
        return -EINVAL;
    void *p = mapped_range(ea, len);
    return p ? host_result(msync(p, len, host ? host : MS_SYNC)) : -ENOMEM;
}

/* Advice. DONTNEED keeps the contents on AIX: the host's advice that does so too is MADV_COLD. */
int64_t sys_madvise(struct thread *t, gva ea, uint64_t len, int advice)
{
    static const int host[] = { MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_COLD, MADV_NORMAL };
    if (advice < 0 || (size_t)advice >= ARRAY_LEN(host))
        return -EINVAL;
    void *p = mapped_range(ea, len);
    if (!p)
        return -ENOMEM;
    madvise(p, len, host[advice]);      /* a host that cannot take the advice is no error of the guest */
    return 0;
}

int64_t sys_mincore(struct thread *t, gva ea, uint64_t len, gva vector)
{
    void *p = mapped_range(ea, len);
    size_t pages = (len + GUEST_PAGE - 1) / GUEST_PAGE;
    void *out = guest_range(vector, pages);
    if (!p)
        return -ENOMEM;
    return out ? host_result(mincore(p, len, out)) : -EFAULT;
}

/* The pages read as zeros afterwards. */
int64_t sys_disclaim(struct thread *t, gva ea, uint64_t len, uint32_t flags)
{
    enum { ZERO_MEM = 1 };
    gva lo = page_up(ea), hi = (ea + len) & ~(gva)(GUEST_PAGE - 1);
    if (flags != ZERO_MEM)
        return -EINVAL;
    if (ea + len < ea)
        return -EFAULT;
    if (lo >= hi)
        return 0;
    void *p = mapped_range(lo, hi - lo);
    if (!p)
        return -EFAULT;
    return host_result(madvise(p, hi - lo, MADV_DONTNEED));
}

/* --- shared memory ------------------------------------------------------------------------------------------------ */

enum {
    AIX_SHM_RDONLY = 0x1000,
    AIX_SHM_RND = 0x2000,
    AIX_SHM_MAP = 0x800,
    AIX_SHM_LGPAGE = INT32_MIN,
    AIX_SHM_PIN = 0x800,
    AIX_SHM_LOCK = 201,
    AIX_SHM_UNLOCK = 202,
};

static struct attachment {
    struct attachment *next;
    gva ea;
    uint64_t size;
} *attachments;

int64_t sys_shmget(struct thread *t, int key, uint64_t size, uint32_t flags)
{
    uint32_t unknown;
    int host =
        (int)flags_to_host(FLAGS_ipc, flags & ~0777u & ~(uint32_t)AIX_SHM_LGPAGE & ~(uint32_t)AIX_SHM_PIN, &unknown);
    if (unknown)
        log_line(LOG_INFO, "shmget", "flags %#x have no equivalent", unknown);
    return host_result(shmget(ipc_key(key), size, host | (int)(flags & 0777)));
}

/* On a resource set's memory: all of it is one set here. */
int64_t sys_ra_shmget(struct thread *t, int key, uint64_t size, uint32_t flags, int set_type, gva set, uint32_t attach)
{
    return sys_shmget(t, key, size, flags);
}

static int64_t attach(int id, gva ea, uint32_t flags, uint64_t size, struct attachment *a)
{
    int prot = flags & AIX_SHM_RDONLY ? PROT_READ : PROT_READ | PROT_WRITE;
    int how = GUEST_SHARED | (guest.is64 ? 0 : GUEST_SEGMENT);
    gva at;
    if (ea && flags & AIX_SHM_RND)
        ea &= ~(gva)(guest.is64 ? GUEST_PAGE - 1 : 0x0FFFFFFF);
    int rc = guest_mmap(ea, size, prot, ea ? GUEST_SHARED | GUEST_NOREPLACE : how, -1, 0, AREA_MMAP, &at);
    if (rc < 0)
        return rc == -EEXIST ? -EINVAL : rc;
    if (shmat(id, g2h(at), SHM_REMAP | (flags & AIX_SHM_RDONLY ? SHM_RDONLY : 0)) == (void *)-1) {
        rc = -errno;
        guest_munmap(at, size);
        return rc;
    }
    *a = (struct attachment){ attachments, at, page_up(size) };
    attachments = a;
    return (int64_t)at;
}

/* SHM_MAP: a file as it is now, from its beginning; changes go to the file. */
static int64_t attach_file(int fd, gva ea, uint32_t flags, struct attachment *a)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return -errno;
    if (!S_ISREG(st.st_mode) || st.st_size == 0)
        return -EINVAL;
    if (ea && flags & AIX_SHM_RND)
        ea &= ~(gva)(guest.is64 ? GUEST_PAGE - 1 : 0x0FFFFFFF);
    int prot = flags & AIX_SHM_RDONLY ? PROT_READ : PROT_READ | PROT_WRITE;
    int how = GUEST_SHARED | (ea ? GUEST_NOREPLACE : guest.is64 ? 0 : GUEST_SEGMENT);
    uint64_t size = page_up((uint64_t)st.st_size);
    gva at;
    int rc = guest_mmap(ea, size, prot, how, fd, 0, AREA_MMAP, &at);
    if (rc < 0)
        return rc == -EEXIST ? -EINVAL : rc;
    *a = (struct attachment){ attachments, at, size };
    attachments = a;
    return (int64_t)at;
}

static int64_t attach_segment(int id, gva ea, uint32_t flags, struct attachment *a)
{
    struct shmid_ds ds;
    return shmctl(id, IPC_STAT, &ds) < 0 ? -errno : attach(id, ea, flags, ds.shm_segsz, a);
}

int64_t sys_shmat(struct thread *t, int id, gva ea, uint32_t flags)
{
    bool file = flags & AIX_SHM_MAP;
    if (file && is_private_fd(id))
        return -EBADF;
    struct attachment *a = malloc(sizeof *a);
    if (!a)
        return -ENOMEM;
    pthread_mutex_lock(&lock);
    int64_t result = (file ? attach_file : attach_segment)(id, ea, flags, a);
    pthread_mutex_unlock(&lock);
    if (result < 0)
        free(a);
    return result;
}

int64_t sys_shmdt(struct thread *t, gva ea)
{
    int rc = -EINVAL;
    pthread_mutex_lock(&lock);
    for (struct attachment **p = &attachments; *p; p = &(*p)->next) {
        struct attachment *a = *p;
        if (a->ea != ea)
            continue;
        rc = guest_munmap(ea, a->size);
        *p = a->next;
        free(a);
        break;
    }
    pthread_mutex_unlock(&lock);
    return rc;
}

/* shmid_ds: longs follow the width [aix-abi 4.11, 32-bit offsets inferred from the 64-bit ones]. */

static int shmid_ds_copyout(gva ea, const struct shmid_ds *h)
{
    struct aix_ipc_perm perm;
    unsigned width = guest.is64 ? 8 : 4;
    ipc_perm_put(&perm, &h->shm_perm);
    int rc = copyout(ea, &perm, sizeof perm);
    ea += guest.is64 ? 32 : sizeof perm;        /* perm is 28 bytes; a long of 8 bytes is aligned behind it */
    const struct {
        uint64_t value;
        unsigned width;
    } fields[] = {
        {h->shm_segsz, width},
        {(uint32_t)h->shm_lpid, 4},
        {(uint32_t)h->shm_cpid, 4},
        {h->shm_nattch, 4},
        {h->shm_nattch, 4},
        {(uint64_t)h->shm_atime, width},
        {(uint64_t)h->shm_dtime, width},
        {(uint64_t)h->shm_ctime, width},
    };
    for (size_t i = 0; i < ARRAY_LEN(fields) && rc == 0; i++) {
        rc = fields[i].width == 4 ? copyout_u32(ea, (uint32_t)fields[i].value) : copyout_long(ea, fields[i].value);
        ea += fields[i].width;
    }
    return rc;
}

int64_t sys_shmctl(struct thread *t, int id, int cmd, gva buffer)
{
    struct shmid_ds ds;
    struct aix_ipc_perm perm;
    switch (cmd) {
    case AIX_IPC_RMID:
        return host_result(shmctl(id, IPC_RMID, NULL));
    case AIX_SHM_LOCK:
        return host_result(shmctl(id, SHM_LOCK, NULL));
    case AIX_SHM_UNLOCK:
        return host_result(shmctl(id, SHM_UNLOCK, NULL));
    case AIX_IPC_STAT:
        return shmctl(id, IPC_STAT, &ds) < 0 ? -errno : shmid_ds_copyout(buffer, &ds);
    case AIX_IPC_SET:
        if (shmctl(id, IPC_STAT, &ds) < 0)
            return -errno;
        if (copyin(&perm, buffer, sizeof perm) < 0)
            return -EFAULT;
        ipc_perm_get(&perm, &ds.shm_perm);
        return host_result(shmctl(id, IPC_SET, &ds));
    }
    log_line(LOG_INFO, "shmctl", "command %d is not known", cmd);
    return -EINVAL;
}

/* VM_PAGE_INFO: in, an address; out, the page size there. The structure: address and page size, 64 bits each. */
int64_t sys_vmgetinfo(struct thread *t, gva buffer, int cmd, int arg)
{
    enum { VM_PAGE_INFO = 7 };
    be64 size;
    if (cmd != VM_PAGE_INFO)
        return -EINVAL;
    be64_put(&size, GUEST_PAGE);
    return copyout(buffer + 8, &size, sizeof size);
}
