/* sys/sigset.h -- signal sets: signal n is bit (n-1) of the word it falls in [aix-abi 4.6]. */
#ifndef _H_SIGSET
#define _H_SIGSET

#ifdef __64BIT__
typedef struct sigset_t { unsigned long ss_set[4]; } sigset_t;
#else
typedef struct sigset_t { unsigned int losigs, hisigs; } sigset_t;
#endif

#endif
