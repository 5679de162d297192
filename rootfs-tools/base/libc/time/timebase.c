/* timebase.c -- time at the processor's resolution [IBM's manual: read_real_time, time_base_to_time]. What is given out is already
 * seconds and nanoseconds, flag RTC_POWER, which time_base_to_time leaves as it is: allowed on every machine.
 */
#include <errno.h>
#include <sys/time.h>
#include <time.h>

static int read_clock(clockid_t clock, timebasestruct_t *t)
{
    struct timespec now;
    if (clock_gettime(clock, &now))
        return -1;
    t->flag = RTC_POWER;
    t->tb_high = (unsigned int)now.tv_sec;
    t->tb_low = (unsigned int)now.tv_nsec;
    return RTC_POWER;
}

int read_real_time(timebasestruct_t *t, size_t size) { return read_clock(CLOCK_MONOTONIC, t); }
int read_wall_time(timebasestruct_t *t, size_t size) { return read_clock(CLOCK_REALTIME, t); }

int time_base_to_time(timebasestruct_t *t, size_t size)
{
    if (t->flag == RTC_POWER)
        return 0;
    errno = EINVAL;
    return -1;
}
