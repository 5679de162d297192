/* sys/mode.h -- mode bits. */
#include <sys/stat.h>
