/* statvfs.c -- statvfs from statfs. Flags are not known to statfs: they read as 0.
 */
#include <string.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

static int convert(const struct statfs *from, struct statvfs *to)
{
    memset(to, 0, sizeof *to);
    to->f_bsize = to->f_frsize = from->f_bsize;
    to->f_blocks = from->f_blocks;
    to->f_bfree = from->f_bfree;
    to->f_bavail = from->f_bavail;
    to->f_files = from->f_files;
    to->f_ffree = to->f_favail = from->f_ffree;
    to->f_fsid = from->f_fsid;
    to->f_namemax = (unsigned long)from->f_name_max;
    strcpy(to->f_basetype, "jfs2");
    memcpy(to->f_fstr, from->f_fname, sizeof to->f_fstr);
    return 0;
}

int statvfs(const char *restrict path, struct statvfs *restrict out)
{
    struct statfs fs;

    return statfs(path, &fs) < 0 ? -1 : convert(&fs, out);
}

int fstatvfs(int fd, struct statvfs *out)
{
    struct statfs fs;

    return fstatfs(fd, &fs) < 0 ? -1 : convert(&fs, out);
}
