/* sys/id.h -- user and group ids by kind [aix-abi 3.5]. */
#ifndef _H_ID
#define _H_ID

#include <sys/types.h>

#define ID_EFFECTIVE 1
#define ID_REAL      2
#define ID_SAVED     4
#define ID_LOGIN     8
uid_t getuidx(int);
gid_t getgidx(int);
int setuidx(int, uid_t);
int setgidx(int, gid_t);

#endif
