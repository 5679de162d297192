/* ucontext.h -- user contexts. */
#ifndef _H_UCONTEXT
#define _H_UCONTEXT

#include <sys/signal.h>

int getcontext(ucontext_t *);
int setcontext(const ucontext_t *);
void makecontext(ucontext_t *, void (*)(void), int, ...);
int swapcontext(ucontext_t *__restrict, const ucontext_t *__restrict);

#endif
