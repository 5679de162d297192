/* termio.h -- the same as sys/termio.h. */
#include <sys/termio.h>
