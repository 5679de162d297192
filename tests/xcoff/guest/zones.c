/* zones.c -- time zones by name: local times and offsets over the years, back again by mktime. Expected: the same source natively, from the
 * same files; a name without a file is UTC.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(void)
{
    static const char *const names[] = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca",
                                         "America/Sao_Paulo", "Europe/Dublin", "Asia/Tokyo", ":Pacific/Apia", "Etc/UTC", "No/Such_Zone" };
    char text[64];
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        unsigned sum = 0;
        int back = 1;
        setenv("TZ", names[i], 1);
        tzset();
        for (long t = -1000000000; t < 2100000000; t += 10000019) {
            time_t moment = (time_t)t;
            struct tm tm = *localtime(&moment);
            sum = sum * 31 + (unsigned)(tm.tm_hour + 24 * tm.tm_min + 1440 * tm.tm_yday + 1000000 * tm.tm_isdst);
            back &= mktime(&tm) == moment;
        }
        time_t summer = 1151755200, late = 2080000000;
        strftime(text, sizeof text, "%F %T", localtime(&summer));
        printf("%s: %08x %d %s", names[i], sum, back, text);
        strftime(text, sizeof text, "%F %T", localtime(&late));
        printf(" %s\n", text);
    }
    return 0;
}
