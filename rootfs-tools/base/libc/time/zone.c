/* zone.c -- time zones from POSIX TZ strings, "CET-1CEST,M3.5.0,M10.5.0/3" [POSIX: TZ]; without rules for daylight time, the United
 * States' of 1987 to 2006, as AIX 5.x applied them [recalled]. What is no such string is the name of a zone, "Europe/Berlin": its
 * file (tzfile.c) says what was in force up to its last transition, and a string for the time after. Without a file it is UTC.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "calendar.h"
#include "tzfile.h"

enum rule_kind { JULIAN_NO_LEAP, ZERO_BASED, MONTH_WEEK_DAY };

struct rule {
    enum rule_kind kind;
    int month, week, day;
    long time;                  /* seconds after local midnight */
};

static struct zone {
    char std[16], dst[16];
    long std_offset, dst_offset;        /* seconds east of Greenwich */
    int has_dst;
    struct rule start, end;
} zone;

char *tzname[2] = { zone.std, zone.dst };
long timezone;
int daylight;

static char loaded[128] = "\1";
static struct tzfile file;

static const char *parse_name(const char *p, char *name)
{
    size_t n = 0;
    int quoted = *p == '<';
    for (p += quoted; quoted ? *p && *p != '>' : isalpha((unsigned char)*p); p++)
        if (n < 15)
            name[n++] = *p;
    name[n] = '\0';
    return n ? p + (quoted && *p == '>') : NULL;
}

static const char *parse_number(const char *p, int *value)
{
    *value = 0;
    while (isdigit((unsigned char)*p))
        *value = *value * 10 + (*p++ - '0');
    return p;
}

static const char *parse_time(const char *p, long *seconds)
{
    int negative = *p == '-', part, unit = 3600;
    p += *p == '-' || *p == '+';
    for (*seconds = 0;; unit /= 60, p++) {
        p = parse_number(p, &part);
        *seconds += part * unit;
        if (*p != ':' || unit == 1)
            break;
    }
    if (negative)
        *seconds = -*seconds;
    return p;
}

static const char *parse_rule(const char *p, struct rule *r)
{
    r->time = 7200;
    if (*p == 'M') {
        r->kind = MONTH_WEEK_DAY;
        p = parse_number(p + 1, &r->month);
        p = parse_number(p + (*p == '.'), &r->week);
        p = parse_number(p + (*p == '.'), &r->day);
    } else {
        r->kind = *p == 'J' ? JULIAN_NO_LEAP : ZERO_BASED;
        p = parse_number(p + (*p == 'J'), &r->day);
    }
    return *p == '/' ? parse_time(p + 1, &r->time) : p;
}

/* False when it is no TZ string: UTC then. */
static int parse_zone(const char *p)
{
    memset(&zone, 0, sizeof zone);
    strcpy(zone.std, "UTC");
    strcpy(zone.dst, "UTC");
    long west;
    char name[16];
    if (!(p = parse_name(p, name)) || !(isdigit((unsigned char)*p) || *p == '-' || *p == '+'))
        return 0;
    p = parse_time(p, &west);
    strcpy(zone.std, name);
    zone.std_offset = -west;
    strcpy(zone.dst, name);
    if (!*p || !(p = parse_name(p, zone.dst)))
        return 1;
    zone.has_dst = 1;
    zone.dst_offset = zone.std_offset + 3600;
    if (*p && *p != ',') {
        p = parse_time(p, &west);
        zone.dst_offset = -west;
    }
    zone.start = (struct rule){ MONTH_WEEK_DAY, 4, 1, 0, 7200 };
    zone.end = (struct rule){ MONTH_WEEK_DAY, 10, 5, 0, 7200 };
    if (*p == ',')
        p = parse_rule(p + 1, &zone.start);
    if (*p == ',')
        parse_rule(p + 1, &zone.end);
    return 1;
}

void __zone_load(void)
{
    const char *tz = getenv("TZ");
    if (!tz)
        tz = "";
    if (strncmp(tz, loaded, sizeof loaded) == 0)
        return;
    strncpy(loaded, tz, sizeof loaded - 1);
    file.count = 0;
    if (!parse_zone(tz) && __tzfile_load(tz + (*tz == ':'), &file) == 0)
        parse_zone(file.footer);
    timezone = -zone.std_offset;
    daylight = zone.has_dst;
}

void tzset(void) { __zone_load(); }

static int is_leap(long long y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

/* Local seconds since 1970 at which the rule strikes in `year`. */
static long long strike(const struct rule *r, long long year)
{
    long long day;
    if (r->kind == MONTH_WEEK_DAY) {
        static const char lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        int length = lengths[(r->month + 11) % 12] + (r->month == 2 && is_leap(year));
        long long first = __days_from_civil(year, r->month, 1);
        int of_month = (int)((r->day - (first % 7 + 11) % 7 + 7) % 7) + 7 * (r->week - 1);
        while (of_month >= length)
            of_month -= 7;
        day = first + of_month;
    } else {
        int leap_shift = r->kind == JULIAN_NO_LEAP ? (is_leap(year) && r->day >= 60) - 1 : 0;
        day = __days_from_civil(year, 1, 1) + r->day + leap_shift;
    }
    return day * 86400 + r->time;
}

static long offset_in_file(long long utc, int *is_dst)
{
    int low = 0, high = file.count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (file.times[middle] <= utc)
            low = middle + 1;
        else
            high = middle;
    }
    int kind = low ? file.kinds[low - 1] : 0;
    *is_dst = file.kind[kind].is_dst;
    return file.kind[kind].offset;
}

long __zone_offset(long long utc, int *is_dst)
{
    *is_dst = 0;
    if (file.count && utc < file.times[file.count - 1])
        return offset_in_file(utc, is_dst);
    if (!zone.has_dst)
        return zone.std_offset;
    struct tm tm;
    __civil_from_seconds(utc + zone.std_offset, &tm);
    long long start = strike(&zone.start, 1900ll + tm.tm_year) - zone.std_offset;
    long long end = strike(&zone.end, 1900ll + tm.tm_year) - zone.dst_offset;
    *is_dst = start < end ? utc >= start && utc < end : utc >= start || utc < end;
    return *is_dst ? zone.dst_offset : zone.std_offset;
}
