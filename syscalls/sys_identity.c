/* sys_identity.c -- users and groups [aix-abi 3.5].
 *
 * setuidx(mask, id) sets the ids named in the mask: ID_EFFECTIVE 1, ID_REAL 2, ID_SAVED 4, ID_LOGIN 8. The host has no
 * login id of its own (that of audit is not for this); it is the real one.
 */
#include <sys/types.h>
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "syscalls/handlers.h"

enum { ID_EFFECTIVE = 1, ID_REAL = 2, ID_SAVED = 4, ID_LOGIN = 8, ID_ALL = 15 };

static int64_t pick(uint32_t which, unsigned real, unsigned effective, unsigned saved)
{
    switch (which) {
    case ID_EFFECTIVE:  return effective;
    case ID_REAL:
    case ID_LOGIN:      return real;
    case ID_SAVED:      return saved;
    }
    return -EINVAL;
}

int64_t sys_getuidx(struct thread *t, uint32_t which)
{
    uid_t real, effective, saved;
    return getresuid(&real, &effective, &saved) < 0 ? -errno : pick(which, real, effective, saved);
}

int64_t sys_getgidx(struct thread *t, uint32_t which)
{
    gid_t real, effective, saved;
    return getresgid(&real, &effective, &saved) < 0 ? -errno : pick(which, real, effective, saved);
}

static unsigned chosen(uint32_t mask, uint32_t bit, int id) { return mask & bit ? (unsigned)id : UINT_MAX; }

int64_t sys_setuidx(struct thread *t, uint32_t mask, int id)
{
    if (mask == 0 || mask & ~(uint32_t)ID_ALL)
        return -EINVAL;
    return host_result(
        setresuid(chosen(mask, ID_REAL, id), chosen(mask, ID_EFFECTIVE, id), chosen(mask, ID_SAVED, id)));
}

int64_t sys_setgidx(struct thread *t, uint32_t mask, int id)
{
    if (mask == 0 || mask & ~(uint32_t)ID_ALL)
        return -EINVAL;
    return host_result(
        setresgid(chosen(mask, ID_REAL, id), chosen(mask, ID_EFFECTIVE, id), chosen(mask, ID_SAVED, id)));
}

int64_t sys_setuid(struct thread *t, int id) { return host_result(setuid((uid_t)id)); }
int64_t sys_setgid(struct thread *t, int id) { return host_result(setgid((gid_t)id)); }
int64_t sys_seteuid(struct thread *t, int id) { return host_result(seteuid((uid_t)id)); }
int64_t sys_setreuid(struct thread *t, int real, int effective)
{
    return host_result(setreuid((uid_t)real, (uid_t)effective));
}

int64_t sys_getgroups(struct thread *t, int size, gva list)
{
    gid_t groups[NGROUPS_MAX];
    int n = getgroups(NGROUPS_MAX, groups);
    if (n < 0 || size < 0)
        return n < 0 ? -errno : -EINVAL;
    if (size == 0)
        return n;
    if (size < n)
        return -EINVAL;
    for (int i = 0; i < n; i++)
        if (copyout_u32(list + 4 * (gva)i, groups[i]) < 0)
            return -EFAULT;
    return n;
}

int64_t sys_setgroups(struct thread *t, int size, gva list)
{
    if (size < 0 || size > NGROUPS_MAX)
        return -EINVAL;
    free_ptr gid_t *groups = calloc((size_t)size + 1, sizeof *groups);
    if (!groups)
        return -ENOMEM;
    for (int i = 0; i < size; i++)
        if (copyin_u32(&groups[i], list + 4 * (gva)i) < 0)
            return -EFAULT;
    return host_result(setgroups((size_t)size, groups));
}
