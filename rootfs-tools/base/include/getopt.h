/* getopt.h -- options of a command line: letters as unistd.h declares them, and long options as the GNU library has them. */
#ifndef _H_GETOPT
#define _H_GETOPT

#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

#define no_argument       0
#define required_argument 1
#define optional_argument 2

struct option {
    const char *name;
    int has_arg;
    int *flag;          /* where val is put, the function returning 0; NULL: val is returned */
    int val;
};

int getopt_long(int, char *const *, const char *, const struct option *, int *);
int getopt_long_only(int, char *const *, const char *, const struct option *, int *);

#ifdef __cplusplus
}
#endif

#endif
