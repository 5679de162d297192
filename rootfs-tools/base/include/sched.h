/* sched.h -- scheduling [aix-abi 5.3]. */
#ifndef _H_SCHED
#define _H_SCHED

#include <sys/types.h>
#include <sys/time_types.h>

#define SCHED_OTHER 0
#define SCHED_FIFO  1
#define SCHED_RR    2
struct sched_param {
    int sched_priority, sched_policy;
    int sched_reserved[6];
};

int sched_yield(void);
int sched_get_priority_max(int);
int sched_get_priority_min(int);

#endif
