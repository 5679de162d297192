/* sys/time.h -- time of day and interval timers [aix-abi 4.2]. */
#ifndef _H_SYS_TIME
#define _H_SYS_TIME

#include <sys/types.h>
#include <sys/select.h>
#include <time.h>

struct timezone {
    int tz_minuteswest, tz_dsttime;
};
struct itimerval {
    struct timeval it_interval, it_value;
};
#define ITIMER_REAL    0
#define ITIMER_VIRTUAL 1
#define ITIMER_PROF    2
#define ITIMER_VIRT    3
#define ITIMER_REAL1   20
#define TIMEOFDAY      9

#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timercmp(a, b, cmp) ((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec cmp (b)->tv_usec : (a)->tv_sec cmp (b)->tv_sec)

typedef struct timebasestruct {          /* flag: how the rest reads; layout recalled */
    int flag;
    unsigned int tb_high, tb_low;
} timebasestruct_t;
#define RTC_POWER    0           /* seconds and nanoseconds */
#define RTC_POWER_PC 1           /* ticks of the time base */
int read_real_time(timebasestruct_t *, size_t);
int read_wall_time(timebasestruct_t *, size_t);
int time_base_to_time(timebasestruct_t *, size_t);
#define TIMEBASE_SZ sizeof(timebasestruct_t)

int adjtime(struct timeval *, struct timeval *);
int getitimer(int, struct itimerval *);
int setitimer(int, struct itimerval *__restrict, struct itimerval *__restrict);
int gettimeofday(struct timeval *__restrict, void *__restrict);
int settimeofday(struct timeval *, struct timezone *);
int utimes(const char *, const struct timeval *);
int gettimerid(int, int);
int reltimerid(timer_t);
int incinterval(timer_t, struct itimerstruc_t *, struct itimerstruc_t *);
int getinterval(timer_t, struct itimerstruc_t *);
int gettimer(timer_t, struct timespec *);

#endif
