/* zone.c -- time zones from POSIX TZ strings, "CET-1CEST,M3.5.0,M10.5.0/3" [POSIX: TZ]; without rules for daylight time, the United
 * States' of 1987 to 2006, as AIX 5.x applied them [recalled]. A name with a slash (Europe/Berlin) is a file of /usr/share/lib/zoneinfo, of
 * which the rules in force are taken [RFC 8536: the footer], not what was before them; UTC when there is no such file.
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "calendar.h"

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

static void parse_zone(const char *p)
{
    memset(&zone, 0, sizeof zone);
    strcpy(zone.std, "UTC");
    strcpy(zone.dst, "UTC");
    if (strchr(p, '/') && !strchr(p, ','))
        return;
    long west;
    char name[16];
    if (!(p = parse_name(p, name)) || !(isdigit((unsigned char)*p) || *p == '-' || *p == '+'))
        return;
    p = parse_time(p, &west);
    strcpy(zone.std, name);
    zone.std_offset = -west;
    strcpy(zone.dst, name);
    if (!*p || !(p = parse_name(p, zone.dst)))
        return;
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
}

/* The TZ string that the last line of a zone file is; NULL without one. */
static const char *rules_of_file(const char *name, char *rules, size_t size)
{
    char path[256], magic[4];
    if (snprintf(path, sizeof path, "/usr/share/lib/zoneinfo/%s", name) >= (int)sizeof path || strstr(name, ".."))
        return NULL;
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return NULL;
    ssize_t n = -1;
    if (read(fd, magic, sizeof magic) == sizeof magic && memcmp(magic, "TZif", sizeof magic) == 0) {
        off_t end = lseek(fd, 0, SEEK_END);
        lseek(fd, end > (off_t)size - 1 ? end - (off_t)size + 1 : 0, SEEK_SET);
        n = read(fd, rules, size - 1);
    }
    close(fd);
    if (n < 2 || rules[n - 1] != '\n')
        return NULL;
    rules[n - 1] = '\0';
    ssize_t at = n - 1;                 /* binary data stand before it */
    while (at > 0 && rules[at - 1] != '\n')
        at--;
    return at > 0 && rules[at] ? rules + at : NULL;
}

void __zone_load(void)
{
    const char *tz = getenv("TZ"), *found = NULL;
    char rules[128];
    if (!tz)
        tz = "";
    if (strncmp(tz, loaded, sizeof loaded) == 0)
        return;
    strncpy(loaded, tz, sizeof loaded - 1);
    if (strchr(tz, '/') && !strchr(tz, ','))
        found = rules_of_file(tz + (*tz == ':'), rules, sizeof rules);
    parse_zone(found ? found : tz);
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

long __zone_offset(long long utc, int *is_dst)
{
    *is_dst = 0;
    if (!zone.has_dst)
        return zone.std_offset;
    struct tm tm;
    __civil_from_seconds(utc + zone.std_offset, &tm);
    long long start = strike(&zone.start, 1900ll + tm.tm_year) - zone.std_offset;
    long long end = strike(&zone.end, 1900ll + tm.tm_year) - zone.dst_offset;
    *is_dst = start < end ? utc >= start && utc < end : utc >= start || utc < end;
    return *is_dst ? zone.dst_offset : zone.std_offset;
}
