/* sched.h -- scheduling [aix-abi 5.3]. */
#ifndef _H_SCHED
#define _H_SCHED

#include <sys/types.h>
#include <sys/time_types.h>

#define SCHED_OTHER 0
#define SCHED_FIFO  1
#define SCHED_RR    2
#define SCHED_PRIORITY_MIN 1    /* of every policy: recalled */
#define SCHED_PRIORITY_MAX 127
struct sched_param {
    int sched_priority, sched_policy;
    int sched_reserved[6];
};

int sched_yield(void);
int sched_get_priority_max(int);
int sched_get_priority_min(int);
int sched_getparam(pid_t, struct sched_param *);
int sched_setparam(pid_t, const struct sched_param *);
int sched_getscheduler(pid_t);
int sched_setscheduler(pid_t, int, const struct sched_param *);
int sched_rr_get_interval(pid_t, struct timespec *);

#endif
