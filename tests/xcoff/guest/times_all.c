/* times_all.c -- the calendar, zones, formats. Expected: the same source natively (clang), with zones given as POSIX strings. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static const time_t moments[] = { 0, 951782400, 1109635199, 1143939600, 1162087200, 2147483647, -1, -86401 };

static void zone(const char *tz)
{
    char text[300], again[40];
    setenv("TZ", tz, 1);
    tzset();
    printf("%s: %s %s %ld %d\n", tz, tzname[0], tzname[1], timezone, daylight != 0);
    for (unsigned i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct tm t, *same = localtime(&moments[i]);
        localtime_r(&moments[i], &t);
        strftime(text, sizeof text, "%a %A %b %B %d %e %H %I %j %m %M %p %S %u %w %y %Y %Z %C %D %F %R %T %U %W %V %G %g %%", &t);
        printf("%s isdst %d back %d %s", text, t.tm_isdst, mktime(&t) == moments[i], asctime(same));
        printf("%d\n", strcmp(ctime(&moments[i]), asctime_r(&t, again)) == 0);
    }
}

static void calendar(void)
{
    struct tm t = { .tm_year = 104, .tm_mon = 13, .tm_mday = 35, .tm_hour = 25, .tm_min = -1, .tm_sec = 61, .tm_isdst = -1 };
    setenv("TZ", "UTC0", 1);
    printf("%ld ", (long)mktime(&t));
    printf("%d-%d-%d %d:%d:%d %d %d\n", t.tm_year, t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, t.tm_wday, t.tm_yday);
    struct tm g;
    printf("%s%g\n", asctime(gmtime_r(&moments[1], &g)), difftime(moments[2], moments[1]));
    char text[100], wide_text[100];
    wchar_t wide[100];
    printf("%zu %zu", strftime(text, 5, "%Y-%m", &g), strftime(text, sizeof text, "%n%t%h%r%c%x%X", &g));
    printf(" %s %zu\n", text, wcsftime(wide, 100, L"%Y %B", &g));
    wcstombs(wide_text, wide, 100);
    puts(wide_text);
}

static void reading(void)
{
    static const char *const cases[][2] = { { "2003-04-05 06:07:08", "%Y-%m-%d %H:%M:%S" }, { "Sat 5 Apr 03", "%a %d %b %y" },
        { "saturday april 5", "%A %B %d" }, { "06:07 PM", "%I:%M %p" }, { "12:00 am", "%I:%M %p" },
        { "04/05/70", "%D" }, { "1:2:3", "%T" }, { "x5%", "x%d%%" }, { "13", "%m" }, { "Foo", "%b" }, { "  7", " %d" } };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tm t = { 0 };
        const char *end = strptime(cases[i][0], cases[i][1], &t);
        if (!end)
            printf("no: %s\n", cases[i][0]);
        else
            printf("%d-%d-%d %d:%d:%d rest '%s'\n", t.tm_year, t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, end);
    }
}

static void clocks(void)
{
    struct timespec a, b, shortly = { 0, 20000000 }, resolution;
    struct timeval tv;
    struct itimerval it;
    clock_gettime(CLOCK_MONOTONIC, &a);
    printf("%d", nanosleep(&shortly, NULL));
    printf(" %d", clock_nanosleep(CLOCK_REALTIME, 0, &shortly, NULL));
    clock_gettime(CLOCK_MONOTONIC, &b);
    double passed = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf(" %d %d", passed >= 0.04, clock_getres(CLOCK_REALTIME, &resolution) == 0 && resolution.tv_nsec > 0);
    printf(" %d %d", gettimeofday(&tv, NULL) == 0 && tv.tv_sec == time(NULL), clock() != (clock_t)-1);
    printf(" %d %d\n", getitimer(ITIMER_REAL, &it) == 0 && it.it_value.tv_sec == 0, sleep(0) == 0);
}

int main(void)
{
    zone("UTC0");
    zone("CET-1CEST,M3.5.0,M10.5.0/3");
    zone("EST5EDT,M4.1.0,M10.5.0");
    zone("NZST-12NZDT,M10.1.0,M3.3.0/3");
    zone("<+0330>-3:30");
    calendar();
    reading();
    clocks();
    return 0;
}
