/* getopt.h -- option letters, as unistd.h declares them; long options are not AIX's. */
#ifndef _H_GETOPT
#define _H_GETOPT

#include <unistd.h>

#endif
