/* poll.h -- the same as sys/poll.h. */
#include <sys/poll.h>
