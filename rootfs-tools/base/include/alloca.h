/* alloca.h -- stack allocation by the compiler. */
#ifndef _H_ALLOCA
#define _H_ALLOCA
#undef alloca
#define alloca(n) __builtin_alloca(n)
#endif
