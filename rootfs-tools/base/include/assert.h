/* assert.h -- assert() calls __assert(expression, file, line). */
#ifndef _H_ASSERT
#define _H_ASSERT

_Noreturn void __assert(const char *, const char *, int);
#ifndef __cplusplus
#define static_assert _Static_assert
#endif

#endif

#undef assert
#ifdef NDEBUG
#define assert(e) ((void)0)
#else
#define assert(e) ((e) ? (void)0 : __assert(#e, __FILE__, __LINE__))
#endif
