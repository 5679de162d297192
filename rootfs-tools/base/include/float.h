/* float.h -- the compiler's limits, and AIX's access to rounding and exception flags. FP_ are the bits of the FPSCR [ISA I 4.2.2]. */
#include_next <float.h>
#ifndef _H_FLOAT
#define _H_FLOAT

typedef unsigned int fpflag_t;
typedef unsigned short fprnd_t;

#define FP_INVALID     0x20000000u
#define FP_OVERFLOW    0x10000000u
#define FP_UNDERFLOW   0x08000000u
#define FP_DIV_BY_ZERO 0x04000000u
#define FP_INEXACT     0x02000000u
#define FP_INV_SNAN    0x01000000u
#define FP_INV_ISI     0x00800000u
#define FP_INV_IDI     0x00400000u
#define FP_INV_ZDZ     0x00200000u
#define FP_INV_IMZ     0x00100000u
#define FP_INV_CMP     0x00080000u
#define FP_INV_VXSOFT  0x00000400u
#define FP_INV_SQRT    0x00000200u
#define FP_INV_CVI     0x00000100u

/* In the order of FLT_ROUNDS [C17 5.2.4.2.2]. */
#define FP_RND_RZ 0
#define FP_RND_RN 1
#define FP_RND_RP 2
#define FP_RND_RM 3

fpflag_t fp_read_flag(void);
void fp_clr_flag(fpflag_t);
void fp_set_flag(fpflag_t);
fpflag_t fp_swap_flag(fpflag_t);
fprnd_t fp_read_rnd(void);
fprnd_t fp_swap_rnd(fprnd_t);

#endif
