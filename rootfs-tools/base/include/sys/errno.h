/* sys/errno.h -- the same as errno.h. */
#include <errno.h>
