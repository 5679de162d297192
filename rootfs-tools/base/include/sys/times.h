/* sys/times.h -- process times in units of 1/CLK_TCK. */
#ifndef _H_TIMES
#define _H_TIMES

#include <sys/types.h>

struct tms {
    clock_t tms_utime, tms_stime, tms_cutime, tms_cstime;
};
clock_t times(struct tms *);

#endif
