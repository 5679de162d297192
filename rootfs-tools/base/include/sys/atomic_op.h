/* sys/atomic_op.h -- atomic operations on words [AIX fetch_and_add, compare_and_swap, _check_lock, test_and_set]. */
#ifndef _H_ATOMIC_OP
#define _H_ATOMIC_OP

#include <sys/types.h>

typedef int *atomic_p;
typedef unsigned short *atomic_h;
typedef long *atomic_l;

int fetch_and_add(atomic_p, int);
unsigned int fetch_and_and(atomic_p, unsigned int);
unsigned int fetch_and_or(atomic_p, unsigned int);
long fetch_and_addlp(atomic_l, long);
unsigned long fetch_and_andlp(atomic_l, unsigned long);
unsigned long fetch_and_orlp(atomic_l, unsigned long);
boolean_t compare_and_swap(atomic_p, int *, int);
boolean_t compare_and_swaplp(atomic_l, long *, long);
boolean_t test_and_set(atomic_p, int);
boolean_t _check_lock(atomic_p, int, int);      /* 0: it had the old value, and has the new one */
void _clear_lock(atomic_p, int);

#endif
