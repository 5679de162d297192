/* calendar.h -- between the calendar, the zone rules and the formatter. */
#ifndef LIBC_CALENDAR_H
#define LIBC_CALENDAR_H

#include <time.h>

long long __days_from_civil(long long year, int month, int day);        /* since 1970-01-01; month 1..12 */
void __civil_from_seconds(long long seconds, struct tm *tm);            /* all fields but tm_isdst */
long __zone_offset(long long utc, int *is_dst);                         /* seconds east of Greenwich in force at utc */
void __zone_load(void);                                                 /* TZ read again if it changed */

#endif
