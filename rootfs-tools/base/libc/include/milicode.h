/* milicode.h -- routines at fixed addresses in segment 0, which the host provides natively [aix-abi 6.5]. The compiler calls them by these
 * names for struct copies too. */
#ifndef LIBC_MILICODE_H
#define LIBC_MILICODE_H

#include <stddef.h>

#ifdef __64BIT__
#define ___memmove ___memmove64
#define ___memset  ___memset64
#define ___bzero   ___bzero64
#define ___strcmp  ___strcmp64
#else
int ___memcmp(const void *, const void *, size_t);      /* in 32-bit processes only */
size_t ___strlen(const char *);
#endif

void *___memmove(void *, const void *, size_t);
void *___memset(void *, int, size_t);
void ___bzero(void *, size_t);
int ___strcmp(const char *, const char *);

#endif
