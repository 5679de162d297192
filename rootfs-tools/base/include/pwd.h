/* pwd.h -- the user database [aix-abi 4.13]. The POSIX re-entrant functions are exported as _posix_*; the plain names have the
 * older prototypes of draft 7. */
#ifndef _H_PWD
#define _H_PWD

#include <sys/types.h>

struct passwd {
    char *pw_name, *pw_passwd;
    uid_t pw_uid;
    gid_t pw_gid;
    char *pw_gecos, *pw_dir, *pw_shell;
};

void endpwent(void);
struct passwd *getpwent(void);
struct passwd *getpwnam(const char *);
struct passwd *getpwuid(uid_t);
void setpwent(void);
int _posix_getpwnam_r(const char *, struct passwd *, char *, size_t, struct passwd **);
int _posix_getpwuid_r(uid_t, struct passwd *, char *, size_t, struct passwd **);
#ifndef _VWPAR_DRAFT7
#define getpwnam_r _posix_getpwnam_r
#define getpwuid_r _posix_getpwuid_r
#else
int getpwnam_r(const char *, struct passwd *, char *, int);
int getpwuid_r(uid_t, struct passwd *, char *, int);
#endif

#endif
