/* getdate.c -- dates in forms that a file of templates names [XSH getdate]: DATEMSK names the file, each line a strptime format; the
 * first that matches the whole text wins. What the text leaves out comes from now.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "../include/lines.h"

enum { NO_DATEMSK = 1, CANNOT_OPEN, CANNOT_STATUS, NOT_REGULAR, READ_ERROR, NO_MEMORY, NO_MATCH, INVALID };
enum { UNSET = -1 };

int getdate_err;

static struct tm *fail(int why)
{
    getdate_err = why;
    return NULL;
}

static int open_templates(struct lines *lines)
{
    const char *path = getenv("DATEMSK");
    struct stat st;
    if (!path || !*path)
        return NO_DATEMSK;
    if (stat(path, &st))
        return errno == ENOENT || errno == EACCES ? CANNOT_OPEN : CANNOT_STATUS;
    if (!S_ISREG(st.st_mode))
        return NOT_REGULAR;
    return __lines_open(lines, path) < 0 ? CANNOT_OPEN : 0;
}

static int match(const char *text, const char *template, struct tm *tm)
{
    *tm = (struct tm){ UNSET, UNSET, UNSET, UNSET, UNSET, UNSET, UNSET, UNSET, UNSET };
    const char *end = strptime(text, template, tm);
    if (end)
        end += strspn(end, " \t");
    return end && !*end;
}

/* The rules of XSH in their order: a week day alone is its next occurrence, a month alone its first day, an hour alone the next such. */
static void complete(struct tm *t, const struct tm *now)
{
    int no_date = t->tm_mday == UNSET && t->tm_mon == UNSET && t->tm_year == UNSET;
    int no_time = t->tm_hour == UNSET && t->tm_min == UNSET && t->tm_sec == UNSET, days = 0;
    if (t->tm_wday != UNSET && no_date)
        days = (t->tm_wday - now->tm_wday + 7) % 7;
    else if (t->tm_mon != UNSET && t->tm_mday == UNSET)
        t->tm_mday = 1;
    else if (no_date && t->tm_hour != UNSET &&
             t->tm_hour * 60 + (t->tm_min == UNSET ? 0 : t->tm_min) < now->tm_hour * 60 + now->tm_min)
        days = 1;
    if (t->tm_year == UNSET)
        t->tm_year = now->tm_year + (t->tm_mon != UNSET && t->tm_mon < now->tm_mon);
    if (t->tm_mon == UNSET)
        t->tm_mon = now->tm_mon;
    if (t->tm_mday == UNSET)
        t->tm_mday = now->tm_mday;
    t->tm_mday += days;
    t->tm_hour = t->tm_hour != UNSET ? t->tm_hour : no_time ? now->tm_hour : 0;
    t->tm_min = t->tm_min != UNSET ? t->tm_min : no_time ? now->tm_min : 0;
    t->tm_sec = t->tm_sec != UNSET ? t->tm_sec : no_time ? now->tm_sec : 0;
}

static int possible(const struct tm *t)
{
    static const signed char days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (t->tm_mon == UNSET || t->tm_mday == UNSET)
        return 1;
    int year = t->tm_year + 1900, leap = t->tm_year == UNSET || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    return t->tm_mday <= days[t->tm_mon] - (t->tm_mon == 1 && !leap);
}

struct tm *getdate(const char *text)
{
    static struct tm result;
    struct lines lines;
    char template[256];
    int got, why = open_templates(&lines), found = 0;
    if (why)
        return fail(why);
    while (!found && (got = __lines_next(&lines, template, sizeof template)) != 0)
        found = got > 0 && match(text, template, &result);
    __lines_close(&lines);
    if (!found)
        return fail(NO_MATCH);
    if (!possible(&result))
        return fail(INVALID);
    time_t now = time(NULL);
    complete(&result, localtime(&now));
    result.tm_isdst = -1;
    return mktime(&result) == (time_t)-1 ? fail(INVALID) : &result;
}
