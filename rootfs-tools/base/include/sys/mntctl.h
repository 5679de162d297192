/* sys/mntctl.h -- mounted file systems; the records are struct vmount. */
#ifndef _H_MNTCTL
#define _H_MNTCTL

#define MCTL_QUERY 2
int mntctl(int, int, char *);

#endif
