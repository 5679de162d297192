/* sys/resource.h -- limits and usage [aix-abi 4.2]. */
#ifndef _H_RESOURCE
#define _H_RESOURCE

#include <sys/types.h>
#include <sys/time_types.h>

typedef unsigned long rlim_t;
typedef unsigned long long rlim64_t;
struct rlimit {
    rlim_t rlim_cur, rlim_max;
};
struct rlimit64 {
    rlim64_t rlim_cur, rlim_max;
};
struct rusage {
    struct timeval ru_utime, ru_stime;
    long ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap;
    long ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw;
};

#define RLIMIT_CPU     0
#define RLIMIT_FSIZE   1
#define RLIMIT_DATA    2
#define RLIMIT_STACK   3
#define RLIMIT_CORE    4
#define RLIMIT_RSS     5
#define RLIMIT_AS      6
#define RLIMIT_NOFILE  7
#define RLIMIT_THREADS 8
#define RLIMIT_NPROC   9
#define RLIM_NLIMITS   10
#define RLIM_INFINITY  ((rlim_t)__LONG_MAX__)
#define RLIM_SAVED_MAX (RLIM_INFINITY - 1)
#define RLIM_SAVED_CUR (RLIM_INFINITY - 2)
#define RUSAGE_SELF     0
#define RUSAGE_CHILDREN (-1)
#define RUSAGE_THREAD   1
#define PRIO_PROCESS 0
#define PRIO_PGRP    1
#define PRIO_USER    2
#define PRIO_MIN (-20)
#define PRIO_MAX 20

int getrlimit(int, struct rlimit *);
int setrlimit(int, const struct rlimit *);
int getrlimit64(int, struct rlimit64 *);
int setrlimit64(int, const struct rlimit64 *);
int getrusage(int, struct rusage *);
int getpriority(int, id_t);
int setpriority(int, id_t, int);

#endif
