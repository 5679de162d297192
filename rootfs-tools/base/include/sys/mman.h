/* sys/mman.h -- mapped memory [aix-abi 4.10]. */
#ifndef _H_MMAN
#define _H_MMAN

#include <sys/types.h>

#define PROT_NONE  0
#define PROT_READ  1
#define PROT_WRITE 2
#define PROT_EXEC  4
#define MAP_FILE      0
#define MAP_SHARED    1
#define MAP_PRIVATE   2
#define MAP_VARIABLE  0
#define MAP_ANONYMOUS 0x10
#define MAP_ANON      MAP_ANONYMOUS
#define MAP_FIXED     0x100
#define MAP_FAILED    ((void *)-1)
#define MS_ASYNC      0x10
#define MS_SYNC       0x20
#define MS_INVALIDATE 0x40
#define MADV_NORMAL     0
#define MADV_RANDOM     1
#define MADV_SEQUENTIAL 2
#define MADV_WILLNEED   3
#define MADV_DONTNEED   4
#define MADV_SPACEAVAIL 5
#define MCL_CURRENT 0x100
#define MCL_FUTURE  0x200
#define MSEM_UNLOCKED  0        /* msem_init values: recalled */
#define MSEM_LOCKED    1
#define MSEM_IF_NOWAIT 2

typedef struct {                /* the layout is libc's own */
    int msem_state, msem_wanted;
} msemaphore;

void *mmap(void *, size_t, int, int, int, off_t) __LARGE(mmap);
void *mmap64(void *, size_t, int, int, int, off64_t);
int munmap(void *, size_t);
int mprotect(void *, size_t, int);
int msync(void *, size_t, int);
int madvise(caddr_t, size_t, int);
int mincore(caddr_t, size_t, char *);
int shm_open(const char *, int, mode_t);
int shm_unlink(const char *);
int mlock(const void *, size_t);
int munlock(const void *, size_t);
int mlockall(int);
int munlockall(void);
msemaphore *msem_init(msemaphore *, int);
int msem_lock(msemaphore *, int);
int msem_unlock(msemaphore *, int);
int msem_remove(msemaphore *);
#define POSIX_MADV_NORMAL     MADV_NORMAL
#define POSIX_MADV_RANDOM     MADV_RANDOM
#define POSIX_MADV_SEQUENTIAL MADV_SEQUENTIAL
#define POSIX_MADV_WILLNEED   MADV_WILLNEED
#define POSIX_MADV_DONTNEED   MADV_DONTNEED
int posix_madvise(void *, size_t, int);

#endif
