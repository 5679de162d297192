/* grp.h -- the group database [aix-abi 4.13]; about the names see pwd.h. */
#ifndef _H_GRP
#define _H_GRP

#include <sys/types.h>

struct group {
    char *gr_name, *gr_passwd;
    gid_t gr_gid;
    char **gr_mem;
};

void endgrent(void);
struct group *getgrent(void);
struct group *getgrgid(gid_t);
struct group *getgrnam(const char *);
void setgrent(void);
int initgroups(const char *, gid_t);
int setgroups(int, gid_t *);
int _posix_getgrnam_r(const char *, struct group *, char *, size_t, struct group **);
int _posix_getgrgid_r(gid_t, struct group *, char *, size_t, struct group **);
#ifndef _VWPAR_DRAFT7
#define getgrnam_r _posix_getgrnam_r
#define getgrgid_r _posix_getgrgid_r
#else
int getgrnam_r(const char *, struct group *, char *, int);
int getgrgid_r(gid_t, struct group *, char *, int);
#endif

#endif
