/* sys/file.h -- BSD file locks [aix-abi 4.4]. */
#ifndef _H_FILE
#define _H_FILE

#include <fcntl.h>
#include <unistd.h>

#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8
int flock(int, int);

#endif
