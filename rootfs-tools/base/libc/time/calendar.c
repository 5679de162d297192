/* calendar.c -- seconds and calendar dates [POSIX: seconds since the Epoch; the proleptic Gregorian calendar]. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include "calendar.h"

static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* Years are counted from March, so that the leap day is the last; 400 years are 146097 days. */
long long __days_from_civil(long long year, int month, int day)
{
    year -= month <= 2;
    long long era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719468;
}

static long long floor_div(long long a, long long b) { return a / b - (a % b < 0); }

void __civil_from_seconds(long long seconds, struct tm *tm)
{
    long long day = floor_div(seconds, 86400), rest = seconds - day * 86400;
    tm->tm_hour = (int)(rest / 3600);
    tm->tm_min = (int)(rest / 60 % 60);
    tm->tm_sec = (int)(rest % 60);
    tm->tm_wday = (int)((day % 7 + 11) % 7);
    long long z = day + 719468, era = floor_div(z, 146097), of_era = z - era * 146097;
    long long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int day_of_year = (int)(of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
    int month = (5 * day_of_year + 2) / 153;
    tm->tm_mday = day_of_year - (153 * month + 2) / 5 + 1;
    tm->tm_mon = month < 10 ? month + 2 : month - 10;
    long long year = year_of_era + era * 400 + (tm->tm_mon <= 1);
    tm->tm_year = (int)(year - 1900);
    tm->tm_yday = (int)(day - __days_from_civil(year, 1, 1));
}

struct tm *gmtime_r(const time_t *restrict t, struct tm *restrict tm)
{
    __civil_from_seconds(*t, tm);
    tm->tm_isdst = 0;
    return tm;
}

struct tm *localtime_r(const time_t *restrict t, struct tm *restrict tm)
{
    int is_dst;
    __zone_load();
    __civil_from_seconds((long long)*t + __zone_offset(*t, &is_dst), tm);
    tm->tm_isdst = is_dst;
    return tm;
}

static struct tm shared;
struct tm *gmtime(const time_t *t) { return gmtime_r(t, &shared); }
struct tm *localtime(const time_t *t) { return localtime_r(t, &shared); }

/* The local time may exist twice or not at all: try the offset that tm_isdst asks for, else the one in force around it. */
time_t mktime(struct tm *tm)
{
    __zone_load();
    long long month = tm->tm_mon, year = 1900ll + tm->tm_year + floor_div(month, 12);
    long long local = __days_from_civil(year, (int)(month - floor_div(month, 12) * 12) + 1, 1) + tm->tm_mday - 1;
    local = local * 86400 + tm->tm_hour * 3600ll + tm->tm_min * 60ll + tm->tm_sec;
    int is_dst;
    long offset = __zone_offset(local - __zone_offset(local, &is_dst), &is_dst);
    long long utc = local - offset;
    enum { HALF_YEAR = 182 * 86400 };
    for (int sign = -1; tm->tm_isdst >= 0 && is_dst != (tm->tm_isdst > 0) && sign <= 1; sign += 2) {
        int other;
        long there = __zone_offset(utc + sign * (long long)HALF_YEAR, &other);
        if (other == (tm->tm_isdst > 0)) {
            utc = local - there;
            break;
        }
    }
    if (utc != (time_t)utc) {
        errno = EOVERFLOW;
        return -1;
    }
    time_t t = (time_t)utc;
    localtime_r(&t, tm);
    return t;
}

double difftime(time_t a, time_t b) { return (double)a - (double)b; }

char *asctime_r(const struct tm *restrict tm, char *restrict to)
{
    sprintf(to, "%.3s %.3s %2d %.2d:%.2d:%.2d %d\n", (unsigned)tm->tm_wday < 7 ? days[tm->tm_wday] : "???",
            (unsigned)tm->tm_mon < 12 ? months[tm->tm_mon] : "???", tm->tm_mday, tm->tm_hour, tm->tm_min, tm->tm_sec, 1900 + tm->tm_year);
    return to;
}

char *ctime_r(const time_t *t, char *to)
{
    struct tm tm;
    return asctime_r(localtime_r(t, &tm), to);
}

static char text[64];
char *asctime(const struct tm *tm) { return asctime_r(tm, text); }
char *ctime(const time_t *t) { return ctime_r(t, text); }
