/* vfs.c -- kinds of file systems [AIX getvfsent]: a table, since a partition mounts nothing by helpers; and the kernel's symbols, of which
 * there are none [AIX knlist].
 */
#include <errno.h>
#include <nlist.h>
#include <string.h>
#include <sys/vfs.h>
#include <sys/vmount.h>

static struct vfs_ent kinds[] = {
    { "jfs2", MNT_J2, "none", "none" },      { "namefs", MNT_NAMEFS, "none", "none" }, { "nfs", MNT_NFS, "none", "none" },
    { "jfs", MNT_JFS, "none", "none" },      { "cdrfs", MNT_CDROM, "none", "none" },   { "procfs", MNT_PROCFS, "none", "none" },
    { "nfs3", MNT_NFS3, "none", "none" },
};
enum { KINDS = sizeof kinds / sizeof *kinds };
static int next;

struct vfs_ent *getvfsent(void) { return next < KINDS ? &kinds[next++] : NULL; }
void setvfsent(void) { next = 0; }
void endvfsent(void) { next = 0; }

struct vfs_ent *getvfsbytype(int type)
{
    for (int i = 0; i < KINDS; i++)
        if (kinds[i].vfsent_type == type)
            return &kinds[i];
    return NULL;
}

struct vfs_ent *getvfsbyname(char *name)
{
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].vfsent_name, name) == 0)
            return &kinds[i];
    return NULL;
}

int knlist(struct nlist *names, int count, int size)
{
    errno = ENOSYS;
    return -1;
}
