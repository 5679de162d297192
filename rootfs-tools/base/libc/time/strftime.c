/* strftime.c -- formatting and reading dates in the C locale [C17 7.27.3.5; POSIX strptime]. */
#include <ctype.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>
#include "calendar.h"

static const char *name_of(nl_item first, int index, int count)
{
    return (unsigned)index < (unsigned)count ? nl_langinfo(first + index) : "?";
}

/* ISO 8601 week and its year: weeks start on Monday, the first has the year's first Thursday. */
static int iso_week(const struct tm *tm, int *year)
{
    int monday_based = (tm->tm_wday + 6) % 7, week = (tm->tm_yday - monday_based + 10) / 7;
    *year = tm->tm_year + 1900;
    if (week < 1) {
        (*year)--;
        long long y = *year;
        int jan1 = (int)((__days_from_civil(y, 1, 1) % 7 + 11) % 7), leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
        return jan1 == 4 || (jan1 == 3 && leap) ? 53 : 52;
    }
    if (week == 53) {
        int next_jan1 = (int)((__days_from_civil(*year + 1ll, 1, 1) % 7 + 11) % 7);
        if (next_jan1 >= 1 && next_jan1 <= 4) {
            (*year)++;
            return 1;
        }
    }
    return week;
}

/* One conversion into `to` (64 bytes), or the name of a composed format to expand. */
static const char *convert(char c, const struct tm *tm, char *to)
{
    int hour12 = tm->tm_hour % 12 ? tm->tm_hour % 12 : 12, iso_year, week = iso_week(tm, &iso_year), year = tm->tm_year + 1900;
    switch (c) {
    case 'a': strcpy(to, name_of(ABDAY_1, tm->tm_wday, 7)); break;
    case 'A': strcpy(to, name_of(DAY_1, tm->tm_wday, 7)); break;
    case 'b': case 'h': strcpy(to, name_of(ABMON_1, tm->tm_mon, 12)); break;
    case 'B': strcpy(to, name_of(MON_1, tm->tm_mon, 12)); break;
    case 'c': return nl_langinfo(D_T_FMT);
    case 'C': sprintf(to, "%02d", year / 100); break;
    case 'd': sprintf(to, "%02d", tm->tm_mday); break;
    case 'D': return "%m/%d/%y";
    case 'e': sprintf(to, "%2d", tm->tm_mday); break;
    case 'F': return "%Y-%m-%d";
    case 'g': sprintf(to, "%02d", iso_year % 100); break;
    case 'G': sprintf(to, "%d", iso_year); break;
    case 'H': sprintf(to, "%02d", tm->tm_hour); break;
    case 'I': sprintf(to, "%02d", hour12); break;
    case 'j': sprintf(to, "%03d", tm->tm_yday + 1); break;
    case 'm': sprintf(to, "%02d", tm->tm_mon + 1); break;
    case 'M': sprintf(to, "%02d", tm->tm_min); break;
    case 'n': strcpy(to, "\n"); break;
    case 'p': strcpy(to, nl_langinfo(tm->tm_hour < 12 ? AM_STR : PM_STR)); break;
    case 'r': return nl_langinfo(T_FMT_AMPM);
    case 'R': return "%H:%M";
    case 's': {
        struct tm copy = *tm;
        sprintf(to, "%lld", (long long)mktime(&copy));
        break;
    }
    case 'S': sprintf(to, "%02d", tm->tm_sec); break;
    case 't': strcpy(to, "\t"); break;
    case 'T': return "%H:%M:%S";
    case 'u': sprintf(to, "%d", tm->tm_wday ? tm->tm_wday : 7); break;
    case 'U': sprintf(to, "%02d", (tm->tm_yday + 7 - tm->tm_wday) / 7); break;
    case 'V': sprintf(to, "%02d", week); break;
    case 'w': sprintf(to, "%d", tm->tm_wday); break;
    case 'W': sprintf(to, "%02d", (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7); break;
    case 'x': return nl_langinfo(D_FMT);
    case 'X': return nl_langinfo(T_FMT);
    case 'y': sprintf(to, "%02d", year % 100); break;
    case 'Y': sprintf(to, "%d", year); break;
    case 'z': {
        long east = -timezone + (tm->tm_isdst > 0 ? 3600 : 0), minutes = labs(east) / 60;
        sprintf(to, "%c%02ld%02ld", east < 0 ? '-' : '+', minutes / 60, minutes % 60);
        break;
    }
    case 'Z': strcpy(to, tm->tm_isdst < 0 ? "" : tzname[tm->tm_isdst > 0]); break;
    case '%': strcpy(to, "%"); break;
    default: sprintf(to, "%%%c", c); break;
    }
    return NULL;
}

size_t strftime(char *restrict to, size_t size, const char *restrict format, const struct tm *restrict tm)
{
    size_t n = 0;
    __zone_load();
    for (; *format; format++) {
        char text[64] = { format[0], '\0' };
        size_t length = 1;
        if (*format == '%' && format[1]) {
            format++;
            if ((*format == 'E' || *format == 'O') && format[1])
                format++;
            const char *composed = convert(*format, tm, text);
            if (composed) {
                size_t part = strftime(to + n, size - n, composed, tm);
                if (part == 0 && *composed)
                    return 0;
                n += part;
                continue;
            }
            length = strlen(text);
        }
        if (n + length >= size)
            return 0;
        memcpy(to + n, text, length);
        n += length;
    }
    if (size == 0)
        return 0;
    to[n] = '\0';
    return n;
}

size_t wcsftime(wchar_t *restrict to, size_t size, const wchar_t *restrict format, const struct tm *restrict tm)
{
    char narrow[512], text[1024];
    if (wcstombs(narrow, format, sizeof narrow) >= sizeof narrow || strftime(text, sizeof text, narrow, tm) == 0)
        return 0;
    size_t n = mbstowcs(to, text, size);
    return n < size ? n : 0;
}

/* --- strptime ------------------------------------------------------------------------------------------------------------ */
static const char *read_number(const char *s, int digits, int lo, int hi, int *value)
{
    int v = 0, n = 0;
    while (isspace((unsigned char)*s))
        s++;
    for (; n < digits && isdigit((unsigned char)*s); n++)
        v = v * 10 + (*s++ - '0');
    if (n == 0 || v < lo || v > hi)
        return NULL;
    *value = v;
    return s;
}

static const char *read_name(const char *s, nl_item full, nl_item shortened, int count, int *value)
{
    for (int i = 0; i < count; i++) {
        const char *names[] = { nl_langinfo(full + i), nl_langinfo(shortened + i) };
        for (int k = 0; k < 2; k++)
            if (strncasecmp(s, names[k], strlen(names[k])) == 0) {
                *value = i;
                return s + strlen(names[k]);
            }
    }
    return NULL;
}

struct reading { int pm, century, year_of_century; };

static const char *read_one(char c, const char *s, struct tm *tm, struct reading *r)
{
    int v;
    switch (c) {
    case 'a': case 'A': return read_name(s, DAY_1, ABDAY_1, 7, &tm->tm_wday);
    case 'b': case 'B': case 'h': return read_name(s, MON_1, ABMON_1, 12, &tm->tm_mon);
    case 'c': return strptime(s, "%a %b %e %H:%M:%S %Y", tm);
    case 'C': return read_number(s, 2, 0, 99, &r->century);
    case 'd': case 'e': return read_number(s, 2, 1, 31, &tm->tm_mday);
    case 'D': case 'x': return strptime(s, "%m/%d/%y", tm);
    case 'H': return read_number(s, 2, 0, 23, &tm->tm_hour);
    case 'I': return read_number(s, 2, 1, 12, &tm->tm_hour);
    case 'j': s = read_number(s, 3, 1, 366, &v); tm->tm_yday = v - 1; return s;
    case 'm': s = read_number(s, 2, 1, 12, &v); tm->tm_mon = s ? v - 1 : tm->tm_mon; return s;
    case 'M': return read_number(s, 2, 0, 59, &tm->tm_min);
    case 'n': case 't': while (isspace((unsigned char)*s)) s++; return s;
    case 'p':
        r->pm = strncasecmp(s, "PM", 2) == 0;
        return r->pm || strncasecmp(s, "AM", 2) == 0 ? s + 2 : NULL;
    case 'r': return strptime(s, "%I:%M:%S %p", tm);
    case 'R': return strptime(s, "%H:%M", tm);
    case 'S': return read_number(s, 2, 0, 61, &tm->tm_sec);
    case 'T': case 'X': return strptime(s, "%H:%M:%S", tm);
    case 'w': return read_number(s, 1, 0, 6, &tm->tm_wday);
    case 'U': case 'W': return read_number(s, 2, 0, 53, &v);
    case 'y': return read_number(s, 2, 0, 99, &r->year_of_century);
    case 'Y': s = read_number(s, 4, 0, 9999, &v); tm->tm_year = s ? v - 1900 : tm->tm_year; return s;
    case '%': return *s == '%' ? s + 1 : NULL;
    default: return NULL;
    }
}

char *strptime(const char *restrict s, const char *restrict format, struct tm *restrict tm)
{
    struct reading r = { -1, -1, -1 };
    for (; s && *format; format++) {
        if (isspace((unsigned char)*format)) {
            while (isspace((unsigned char)*s))
                s++;
        } else if (*format != '%' || !format[1])
            s = *s == *format ? s + 1 : NULL;
        else {
            format++;
            if ((*format == 'E' || *format == 'O') && format[1])
                format++;
            s = read_one(*format, s, tm, &r);
        }
    }
    if (s && r.pm >= 0)
        tm->tm_hour = tm->tm_hour % 12 + 12 * r.pm;
    if (s && r.year_of_century >= 0)
        tm->tm_year = r.century >= 0 ? r.century * 100 + r.year_of_century - 1900 : r.year_of_century + (r.year_of_century < 69 ? 100 : 0);
    else if (s && r.century >= 0)
        tm->tm_year = r.century * 100 - 1900;
    return (char *)s;
}
