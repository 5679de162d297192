/* sys/timers.h -- the same as sys/time.h. */
#include <sys/time.h>
