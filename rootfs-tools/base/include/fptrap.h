/* fptrap.h -- traps of floating point. TRP_ are the enable bits of the FPSCR [ISA I 4.2.2]; the values of FP_TRAP_ are those of Free
 * Pascal's run time for AIX. */
#ifndef _H_FPTRAP
#define _H_FPTRAP

typedef unsigned int fptrap_t;

#define TRP_INVALID     0x80u
#define TRP_OVERFLOW    0x40u
#define TRP_UNDERFLOW   0x20u
#define TRP_DIV_BY_ZERO 0x10u
#define TRP_INEXACT     0x08u
#define FP_TRAP_OFF      0
#define FP_TRAP_SYNC     1
#define FP_TRAP_QUERY    2
#define FP_TRAP_IMP      3
#define FP_TRAP_IMP_REC  4
#define FP_TRAP_FASTMODE 128
#define FP_TRAP_ERROR    (-1)
#define FP_TRAP_UNIMPL   (-2)
#define FP_TRAPSTATE_OFF      FP_TRAP_OFF
#define FP_TRAPSTATE_PRECISE  FP_TRAP_SYNC
#define FP_TRAPSTATE_QUERY    FP_TRAP_QUERY
#define FP_TRAPSTATE_IMP      FP_TRAP_IMP
#define FP_TRAPSTATE_IMP_REC  FP_TRAP_IMP_REC
#define FP_TRAPSTATE_FASTMODE FP_TRAP_FASTMODE

int fp_any_enable(void);
int fp_is_enabled(fptrap_t);
void fp_enable_all(void);
void fp_enable(fptrap_t);
void fp_disable_all(void);
void fp_disable(fptrap_t);
int fp_trap(int);
int fp_trapstate(int);

#endif
