/* sys/timeb.h -- time with milliseconds. */
#ifndef _H_TIMEB
#define _H_TIMEB

#include <sys/types.h>

struct timeb {
    time_t time;
    unsigned short millitm;
    short timezone, dstflag;
};
int ftime(struct timeb *);

#endif
