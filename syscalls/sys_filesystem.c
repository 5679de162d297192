/* sys_filesystem.c -- file systems: statfs, mount table [aix-abi 4.13]. */
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"
#include "syscalls/path.h"

static int64_t statfs_path(gva path, struct statfs *st)
{
    close_path struct host_path p;
    char text[PATH_MAX];
    int rc = path_lookup(AIX_AT_FDCWD, path, true, &p);
    if (rc == 0)
        rc = path_host_text(&p, text, sizeof text);
    return rc < 0 ? rc : host_result(statfs(text, st));
}

int64_t sys_statfs(struct thread *t, gva path, gva out)
{
    struct statfs st;
    int64_t rc = statfs_path(path, &st);
    return rc < 0 ? rc : ABI_CALL(statfs_copyout, out, &st);
}

/* statfs64 has the LP64 layout in both widths. */
int64_t sys_statfs64(struct thread *t, gva path, gva out)
{
    struct statfs st;
    int64_t rc = statfs_path(path, &st);
    return rc < 0 ? rc : aix64_statfs_copyout(out, &st);
}

int64_t sys_fstatfs(struct thread *t, int fd, gva out)
{
    struct statfs st;
    return fstatfs(fd, &st) < 0 ? -errno : ABI_CALL(statfs_copyout, out, &st);
}

int64_t sys_fstatfs64(struct thread *t, int fd, gva out)
{
    struct statfs st;
    return fstatfs(fd, &st) < 0 ? -errno : aix64_statfs_copyout(out, &st);
}

/* --- mntctl ------------------------------------------------------------------------------------------------------- */

enum { VMT_OBJECT, VMT_STUB, VMT_HOST, VMT_HOSTNAME, VMT_INFO, VMT_ARGS, VMT_FIELDS };

/* Field order as published, natural offsets: not confirmed on AIX. */
struct aix_vmount {
    be32 vmt_revision, vmt_length;
    be32 vmt_fsid[2];
    be32 vmt_vfsnumber, vmt_time, vmt_timepad, vmt_flags, vmt_gfstype;
    struct {
        be16 off, size;
    } vmt_data[VMT_FIELDS];
};

/* A record of `mount` at `to`, or only its length when to is NULL. */
static size_t vmount_put(uint8_t *to, const struct mntent *mount, int number)
{
    const char *text[VMT_FIELDS] = { mount->mnt_fsname, mount->mnt_dir, "-", "-", "", "" };
    struct aix_vmount g = { 0 };
    size_t at = sizeof g;
    for (unsigned i = 0; i < VMT_FIELDS; i++) {
        size_t length = strlen(text[i]) + 1;
        be_put(&g.vmt_data[i].off, (int64_t)at);
        be_put(&g.vmt_data[i].size, (int64_t)length);
        if (to)
            memcpy(to + at, text[i], length);
        at += length;
    }
    at = (at + 3) & ~(size_t)3;
    be_put(&g.vmt_length, (int64_t)at);
    be_put(&g.vmt_vfsnumber, number);
    if (to)
        memcpy(to, &g, sizeof g);
    return at;
}

/* All records, or their size when to is NULL; *count is their number. */
static size_t mount_table(uint8_t *to, size_t room, int *count)
{
    size_t used = 0;
    FILE *f = setmntent("/proc/self/mounts", "re");
    *count = 0;
    for (const struct mntent *mount; f && (mount = getmntent(f)) != NULL;) {
        size_t n = vmount_put(NULL, mount, *count);
        if (to && used + n > room)
            break;
        if (to)
            vmount_put(to + used, mount, *count);
        used += n;
        ++*count;
    }
    if (f)
        endmntent(f);
    return used;
}

/* The number of records; 0 and the size needed in the first word when the buffer is too small. */
int64_t sys_mntctl(struct thread *t, int cmd, int size, gva buffer)
{
    enum { MCTL_QUERY = 2 };
    int count;
    if (cmd != MCTL_QUERY || size < 4)
        return -EINVAL;
    size_t need = mount_table(NULL, 0, &count);
    if (need > (size_t)size)
        return copyout_u32(buffer, (uint32_t)need);
    free_ptr uint8_t *table = calloc(1, need + 1);
    if (!table)
        return -ENOMEM;
    need = mount_table(table, need, &count);
    return copyout(buffer, table, need) < 0 ? -EFAULT : count;
}
