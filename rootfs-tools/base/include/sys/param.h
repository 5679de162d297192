/* sys/param.h -- system parameters. */
#ifndef _H_PARAM
#define _H_PARAM

#include <limits.h>
#include <sys/types.h>
#include <signal.h>

#define MAXPATHLEN 1024
#define MAXHOSTNAMELEN 256
#define MAXSYMLINKS 20
#define NGROUPS NGROUPS_MAX
#define NOFILE 2000
#define MAXNAMLEN NAME_MAX
#define DEV_BSIZE 512
#define NBBY 8
#define HZ 100
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define howmany(x, y) (((x) + (y) - 1) / (y))
#define roundup(x, y) (howmany(x, y) * (y))
#include <sys/machine.h>

#endif
