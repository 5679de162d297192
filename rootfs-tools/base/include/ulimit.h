/* ulimit.h -- process limits, System V form. */
#ifndef _H_ULIMIT
#define _H_ULIMIT

#define GET_FSIZE 1
#define SET_FSIZE 2
#define GET_DATALIM 3
#define UL_GETFSIZE GET_FSIZE
#define UL_SETFSIZE SET_FSIZE
long ulimit(int, ...);

#endif
