/* sys_kernel_info.c -- questions about the kernel itself: its symbols, paging space, STREAMS, identifiers [IBM's manual:
 * knlist, psdanger, getmsg, sethostid]. */
#include <stdlib.h>
#include <fcntl.h>
#include <sys/sysinfo.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "runtime/host.h"
#include "runtime/guest_map.h"
#include "syscalls/handlers.h"

/* struct nlist: the name's address first, then what becomes 0 for a name that is not found. None is: the addresses would
 * be of a kernel that is not there. */
int64_t sys_knlist(struct thread *t, gva list, int count, int size)
{
    const int name = guest.is64 ? 8 : 4, entry = guest.is64 ? 24 : 16;
    static const char zeros[24];
    if (count < 0 || size != entry)
        return -EINVAL;
    for (int i = 0; i < count; i++) {
        uint64_t text;
        char c;
        gva at = list + (gva)i * (gva)size;
        if (copyin_long(&text, at) < 0 || copyin(&c, text, 1) < 0)
            return -EFAULT;
        if (copyout(at + (gva)name, zeros, (size_t)(size - name)) < 0)
            return -EFAULT;
    }
    return 0;
}

/* Free pages of paging space; with a signal's number: how many more until that signal is sent, which is never. */
int64_t sys_psdanger(struct thread *t, int signo)
{
    struct sysinfo info;
    if (sysinfo(&info) < 0)
        return -errno;
    uint64_t pages = (uint64_t)info.freeswap * info.mem_unit / GUEST_PAGE;
    return pages > INT32_MAX ? INT32_MAX : (int64_t)pages;
}

/* --- STREAMS: no descriptor is one -------------------------------------------------------------------------------- */

static int64_t not_a_stream(int fd) { return fcntl(fd, F_GETFD) < 0 ? -errno : -ENOSTR; }

int64_t sys_getmsg(struct thread *t, int fd, gva control, gva data, gva flags) { return not_a_stream(fd); }
int64_t sys_putmsg(struct thread *t, int fd, gva control, gva data, uint32_t flags) { return not_a_stream(fd); }

int64_t sys_getpmsg(struct thread *t, int fd, gva control, gva data, gva band, gva flags) { return not_a_stream(fd); }

int64_t sys_putpmsg(struct thread *t, int fd, gva control, gva data, int band, uint32_t flags)
{
    return not_a_stream(fd);
}
