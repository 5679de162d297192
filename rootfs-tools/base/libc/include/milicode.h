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
#endif

void *___memmove(void *, const void *, size_t);
void *___memset(void *, int, size_t);
void ___bzero(void *, size_t);
int ___strcmp(const char *, const char *);

/* vwpar's own, for this libc: the host's routines (syscalls/milicode.c). */
size_t __host_strlen(const char *);
void *__host_memchr(const void *, int, size_t);
int __host_memcmp(const void *, const void *, size_t);
int __host_strncmp(const char *, const char *, size_t);
char *__host_strchr(const char *, int);
char *__host_strrchr(const char *, int);

/* ... and its jmp_buf (syscalls/milicode_setjmp.h). The first two take a jmp_buf in r3, and LR and r1 from setjmp's caller: they are
 * branched to. The last comes back, with 0, only when `with_mask` is set and the signal mask has to be changed before. */
enum { HOST_SETJMP = 0xC180, HOST_SETJMP_MASK = 0xC1C0 };
int __host_longjmp(void *env, int value, int with_mask);

#endif
