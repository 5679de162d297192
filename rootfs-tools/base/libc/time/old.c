/* old.c -- earlier ways to ask for and set the time [XSH ftime, SVID stime]. */
#include <sys/time.h>
#include <sys/timeb.h>
#include <time.h>

int ftime(struct timeb *t)
{
    struct timeval now;
    if (gettimeofday(&now, NULL))
        return -1;
    tzset();
    *t = (struct timeb){ now.tv_sec, (unsigned short)(now.tv_usec / 1000), (short)(timezone / 60), (short)daylight };
    return 0;
}

int stime(const time_t *seconds)
{
    struct timeval wanted = { .tv_sec = *seconds };
    return settimeofday(&wanted, NULL);
}
