/* sys_loadx.c -- __loadx: what the run-time linker and start-up code of 32-bit libraries ask the kernel's loader
 * [aix-abi 2.6: functions and records as an independent C library used them].
 *
 * The top byte of the first argument says what is asked. A list of modules is an array of 16-byte records. The first is its head:
 * flags, size of the whole, number of what follows; each module has text origin, data origin, data size, index (u16) and flags (u16).
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "loader/dynamic_load.h"
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "runtime/guest_map.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "syscalls/handlers.h"
#include "syscalls/syscall.h"

enum loadx {
    LOADX_LOAD = 1, LOADX_POSTLOADQ, LOADX_EXECQ, LOADX_EXITQ, LOADX_PREUNLOADQ, LOADX_INIT, LOADX_GETSYM, LOADX_SETDEPEND,
    LOADX_DELDEPEND, LOADX_GLOBALSYM, LOADX_UNIX_SYSCALL,
};
enum { HAS_RTINIT = 1, IS_NEW = 2, MODULES_MAX = 1024, NAME_MAX_BYTES = 16384 };

union record {
    struct {
        be32 flags, size, count, pad;
    } head;
    struct {
        be32 text, data, data_size;
        be16 index, flags;
    } module;
};
_Static_assert(sizeof(union record) == 16, "[aix-abi 2.6]");

static int64_t list_copyout(gva buffer, const struct dynload_record *records, int count, uint32_t flags)
{
    union record r = { 0 };
    if (count < 0)
        return -EINVAL;
    be_put(&r.head.size, (int64_t)((uint64_t)(count + 1) * sizeof r));
    be_put(&r.head.count, count);
    if (copyout(buffer, &r, sizeof r) < 0)
        return -EFAULT;
    for (int i = 0; i < count; i++) {
        be_put(&r.module.text, (uint32_t)records[i].text);
        be_put(&r.module.data, (uint32_t)records[i].data);
        be_put(&r.module.data_size, (uint32_t)records[i].data_size);
        be_put(&r.module.index, records[i].index & 0xFFFF);
        be_put(&r.module.flags, (records[i].has_rtinit ? HAS_RTINIT : 0) | flags);
        if (copyout(buffer + (gva)(i + 1) * sizeof r, &r, sizeof r) < 0)
            return -EFAULT;
    }
    return 0;
}

static bool is_writable(gva ea, gva size)
{
    for (gva at = ea & ~(gva)(GUEST_PAGE - 1); at < ea + size; at += GUEST_PAGE) {
        int prot = guest_prot(at, NULL, NULL);
        if (prot < 0 || !(prot & PROT_WRITE))
            return false;
    }
    return true;
}

/* What is taken for a list counts as run: it must be writable first, and room for all. */
static int64_t list(enum loadx which, gva buffer, uint32_t size, gva entry)
{
    struct dynload_record records[MODULES_MAX];
    int max = (int)(size / sizeof(union record)) - 1, count = 0;
    if (max < 0)
        return -EINVAL;
    max = max < MODULES_MAX ? max : MODULES_MAX;
    if (!is_writable(buffer, (gva)(max + 1) * sizeof(union record)))
        return -EFAULT;
    if (which == LOADX_EXITQ)
        count = dynload_take_fini(records, max);
    else if (which == LOADX_PREUNLOADQ)
        count = dynload_take_unload(entry, records, max);
    else
        count = dynload_take_init(records, max);
    return list_copyout(buffer, records, count, which == LOADX_POSTLOADQ ? IS_NEW : 0);
}

static int name_copyin(char **name, gva ea)
{
    *name = malloc(NAME_MAX_BYTES);
    return *name ? copyinstr(*name, ea, NAME_MAX_BYTES) : -ENOMEM;
}

static int64_t symbol_in(gva name_ea, gva data)
{
    free_ptr char *name = NULL;
    int rc = name_copyin(&name, name_ea);
    gva address = rc < 0 ? 0 : dynload_symbol_in(data, name);
    return rc < 0 ? rc : address ? (int64_t)address : -ENOENT;
}

static int64_t symbol_global(gva name_ea, gva index_ea, gva data_ea)
{
    free_ptr char *name = NULL;
    gva data = 0;
    int rc = name_copyin(&name, name_ea);
    gva address = rc < 0 ? 0 : dynload_symbol_global(name, &data);
    if (rc < 0 || !address)
        return rc < 0 ? rc : -ENOENT;
    if (copyout_u32(index_ea, 0) < 0 || copyout_u32(data_ea, (uint32_t)data) < 0)
        return -EFAULT;
    return (int64_t)address;
}

static int64_t kernel_symbol(gva name_ea)
{
    free_ptr char *name = NULL;
    bool is_data;
    int rc = name_copyin(&name, name_ea);
    return rc < 0 ? rc : (int64_t)syscall_exports.lookup(name, guest.is64, &is_data);
}

int64_t sys___loadx(struct thread *t, uint32_t flags, gva a, gva b, gva c, gva d)
{
    if (guest.is64)             /* its loader is a library there */
        return -ENOSYS;
    switch ((enum loadx)(flags >> 24)) {
    case LOADX_LOAD:            return sys_load(t, c, 0, d);
    case LOADX_POSTLOADQ:
    case LOADX_EXECQ:
    case LOADX_EXITQ:
    case LOADX_PREUNLOADQ:      return list((enum loadx)(flags >> 24), a, (uint32_t)b, c);
    case LOADX_INIT:
    case LOADX_SETDEPEND:
    case LOADX_DELDEPEND:       return 0;
    case LOADX_GETSYM:          return symbol_in(a, c);
    case LOADX_GLOBALSYM:       return symbol_global(a, b, c);
    case LOADX_UNIX_SYSCALL:    return kernel_symbol(a);
    }
    log_line(LOG_INFO, "loadx", "function %#x is not known", flags);
    return -EINVAL;
}
