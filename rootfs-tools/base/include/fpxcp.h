/* fpxcp.h -- the exceptions of floating point: names and tests. */
#ifndef _H_FPXCP
#define _H_FPXCP

#include <float.h>

int fp_invalid_op(void);
int fp_divbyzero(void);
int fp_overflow(void);
int fp_underflow(void);
int fp_inexact(void);
int fp_any_xcp(void);
int fp_raise_xcp(fpflag_t);

#endif
