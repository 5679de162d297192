/* sys/vfs.h -- kinds of file systems [AIX getvfsent], and what sys/statfs.h declares. */
#ifndef _H_VFS
#define _H_VFS

#include <sys/statfs.h>

struct vfs_ent {
    char *vfsent_name;
    int vfsent_type;            /* MNT_J2 ... of sys/vmount.h */
    char *vfsent_mnt_hlpr;
    char *vfsent_fs_hlpr;
};

struct vfs_ent *getvfsent(void);
struct vfs_ent *getvfsbytype(int);
struct vfs_ent *getvfsbyname(char *);
void setvfsent(void);
void endvfsent(void);

#endif
