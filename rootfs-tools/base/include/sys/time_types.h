/* sys/time_types.h -- the time structures every header needs [aix-abi 4.2]. */
#ifndef _H_TIME_TYPES
#define _H_TIME_TYPES

struct timeval {
    long tv_sec;
    int tv_usec;
};
struct timespec {
    long tv_sec;
    long tv_nsec;
};
typedef struct timespec timestruc_t;
struct itimerspec {
    struct timespec it_interval, it_value;
};
struct itimerstruc_t {
    struct timespec it_interval, it_value;
};

#endif
