/* utime.h -- file times. */
#ifndef _H_UTIME
#define _H_UTIME

#include <sys/types.h>

struct utimbuf {
    time_t actime, modtime;
};
int utime(const char *, const struct utimbuf *);

#endif
