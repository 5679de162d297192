/* values.h -- numeric limits, System V names. */
#ifndef _H_VALUES
#define _H_VALUES

#include <limits.h>
#include <float.h>

#define MAXSHORT SHRT_MAX
#define MAXINT   INT_MAX
#define MAXLONG  LONG_MAX
#define MAXDOUBLE DBL_MAX
#define MINDOUBLE DBL_MIN
#ifndef MAXFLOAT
#define MAXFLOAT FLT_MAX
#endif
#define MINFLOAT FLT_MIN
#define BITSPERBYTE 8

#endif
