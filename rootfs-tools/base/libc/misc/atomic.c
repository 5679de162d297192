/* atomic.c -- atomic operations on words [AIX fetch_and_add and its like]. Only the lock functions order other accesses to memory. */
#include <sys/atomic_op.h>

int fetch_and_add(atomic_p word, int value) { return __atomic_fetch_add(word, value, __ATOMIC_RELAXED); }
unsigned int fetch_and_and(atomic_p word, unsigned int mask) { return (unsigned)__atomic_fetch_and(word, (int)mask, __ATOMIC_RELAXED); }
unsigned int fetch_and_or(atomic_p word, unsigned int mask) { return (unsigned)__atomic_fetch_or(word, (int)mask, __ATOMIC_RELAXED); }
long fetch_and_addlp(atomic_l word, long value) { return __atomic_fetch_add(word, value, __ATOMIC_RELAXED); }

unsigned long fetch_and_andlp(atomic_l word, unsigned long mask)
{
    return (unsigned long)__atomic_fetch_and(word, (long)mask, __ATOMIC_RELAXED);
}

unsigned long fetch_and_orlp(atomic_l word, unsigned long mask)
{
    return (unsigned long)__atomic_fetch_or(word, (long)mask, __ATOMIC_RELAXED);
}

boolean_t compare_and_swap(atomic_p word, int *old, int new)
{
    return __atomic_compare_exchange_n(word, old, new, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

boolean_t compare_and_swaplp(atomic_l word, long *old, long new)
{
    return __atomic_compare_exchange_n(word, old, new, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

boolean_t test_and_set(atomic_p word, int mask) { return !(__atomic_fetch_or(word, mask, __ATOMIC_RELAXED) & mask); }

boolean_t _check_lock(atomic_p word, int old, int new)
{
    return !__atomic_compare_exchange_n(word, &old, new, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

void _clear_lock(atomic_p word, int value) { __atomic_store_n(word, value, __ATOMIC_RELEASE); }
