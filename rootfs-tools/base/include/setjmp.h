/* setjmp.h -- jmp_buf is 256 bytes in 32-bit and 680 in 64-bit programs [aix-abi 6.3]; sigjmp_buf adds the mask (its size is not
 * measured). The contents are libc's own: programs of the 5.x era carry their own setjmp. */
#ifndef _H_SETJMP
#define _H_SETJMP

#ifdef __64BIT__
typedef long jmp_buf[85];
typedef long sigjmp_buf[85 + 5];
#else
typedef int jmp_buf[64];
typedef int sigjmp_buf[64 + 3];
#endif

int setjmp(jmp_buf) __attribute__((returns_twice));
int _setjmp(jmp_buf) __attribute__((returns_twice));
int sigsetjmp(sigjmp_buf, int) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);
_Noreturn void _longjmp(jmp_buf, int);
_Noreturn void siglongjmp(sigjmp_buf, int);
void longjmperror(void);

#endif
