/* time.h -- time [aix-abi 4.2]. */
#ifndef _H_TIME
#define _H_TIME

#include <stddef.h>
#include <sys/types.h>
#include <sys/time_types.h>

#define CLOCKS_PER_SEC 1000000
#define CLK_TCK 100
#define CLOCK_REALTIME 9LL
#define CLOCK_TIMEOFDAY CLOCK_REALTIME
#define CLOCK_MONOTONIC 10LL
#define CLOCK_PROCESS_CPUTIME_ID 11LL
#define CLOCK_THREAD_CPUTIME_ID 12LL
#define TIMER_ABSTIME 999

struct tm {
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};
struct sigevent;

extern char *tzname[2];
extern long timezone;
extern int daylight;

char *asctime(const struct tm *);
char *asctime_r(const struct tm *__restrict, char *__restrict);
clock_t clock(void);
char *ctime(const time_t *);
char *ctime_r(const time_t *, char *);
double difftime(time_t, time_t);
struct tm *getdate(const char *);
extern int getdate_err;
struct tm *gmtime(const time_t *);
struct tm *gmtime_r(const time_t *__restrict, struct tm *__restrict);
struct tm *localtime(const time_t *);
struct tm *localtime_r(const time_t *__restrict, struct tm *__restrict);
time_t mktime(struct tm *);
size_t strftime(char *__restrict, size_t, const char *__restrict, const struct tm *__restrict);
char *strptime(const char *__restrict, const char *__restrict, struct tm *__restrict);
time_t time(time_t *);
void tzset(void);
int stime(const time_t *);
int nanosleep(const struct timespec *, struct timespec *);
int clock_getres(clockid_t, struct timespec *);
int clock_gettime(clockid_t, struct timespec *);
int clock_settime(clockid_t, const struct timespec *);
int clock_getcpuclockid(pid_t, clockid_t *);
int timer_create(clockid_t, struct sigevent *__restrict, timer_t *__restrict);
int timer_delete(timer_t);
int timer_gettime(timer_t, struct itimerspec *);
int timer_settime(timer_t, int, const struct itimerspec *__restrict, struct itimerspec *__restrict);
int timer_getoverrun(timer_t);
int clock_nanosleep(clockid_t, int, const struct timespec *, struct timespec *);

#endif
