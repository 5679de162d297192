/* limits.h -- numeric and system limits [aix-abi 4.13: limits]. */
#ifndef _H_LIMITS
#define _H_LIMITS

#define CHAR_BIT   8
#define SCHAR_MIN  (-128)
#define SCHAR_MAX  127
#define UCHAR_MAX  255
#ifdef __CHAR_UNSIGNED__
#define CHAR_MIN   0
#define CHAR_MAX   UCHAR_MAX
#else
#define CHAR_MIN   SCHAR_MIN
#define CHAR_MAX   SCHAR_MAX
#endif
#define SHRT_MIN   (-32768)
#define SHRT_MAX   32767
#define USHRT_MAX  65535
#define INT_MIN    (-2147483647 - 1)
#define INT_MAX    2147483647
#define UINT_MAX   4294967295U
#define LONG_MAX   __LONG_MAX__
#define LONG_MIN   (-__LONG_MAX__ - 1L)
#define ULONG_MAX  (2UL * __LONG_MAX__ + 1UL)
#define LLONG_MAX  9223372036854775807LL
#define LLONG_MIN  (-LLONG_MAX - 1LL)
#define ULLONG_MAX (2ULL * LLONG_MAX + 1ULL)
#define LONGLONG_MAX  LLONG_MAX
#define LONGLONG_MIN  LLONG_MIN
#define ULONGLONG_MAX ULLONG_MAX
#define WORD_BIT   32
#define LONG_BIT   (8 * (int)sizeof(long))
#define SSIZE_MAX  LONG_MAX
#define MB_LEN_MAX 32           /* recalled */

#define PATH_MAX   1023
#define NAME_MAX   255
#define _POSIX_ARG_MAX 4096
#define _POSIX_CHILD_MAX 6
#define _POSIX_LINK_MAX 8
#define _POSIX_MAX_CANON 255
#define _POSIX_MAX_INPUT 255
#define _POSIX_NAME_MAX 14
#define _POSIX_NGROUPS_MAX 0
#define _POSIX_OPEN_MAX 16
#define _POSIX_PATH_MAX 255
#define _POSIX_PIPE_BUF 512
#define _POSIX_SSIZE_MAX 32767
#define _POSIX_STREAM_MAX 8
#define _POSIX_TZNAME_MAX 3
#define _POSIX_HOST_NAME_MAX 255
#define _POSIX_AIO_LISTIO_MAX 2
#define _POSIX_AIO_MAX 1
#define _POSIX_DELAYTIMER_MAX 32
#define _POSIX_LOGIN_NAME_MAX 9
#define _POSIX_MQ_OPEN_MAX 8
#define _POSIX_MQ_PRIO_MAX 32
#define _POSIX_RTSIG_MAX 8
#define _POSIX_SEM_NSEMS_MAX 256
#define _POSIX_SEM_VALUE_MAX 32767
#define _POSIX_SIGQUEUE_MAX 32
#define _POSIX_THREAD_DESTRUCTOR_ITERATIONS 4
#define _POSIX_THREAD_KEYS_MAX 128
#define _POSIX_THREAD_THREADS_MAX 64
#define _POSIX_TIMER_MAX 32
#define _POSIX_TTY_NAME_MAX 9
#define _POSIX2_LINE_MAX 2048
#define _POSIX2_RE_DUP_MAX 255
#define ARG_MAX    1048576
#define LINK_MAX   32767
#define MAX_CANON  256
#define MAX_INPUT  512
#define NGROUPS_MAX 64          /* 5.x, recalled; 2048 later */
#define OPEN_MAX   65534
#define PIPE_BUF   32768
#define IOV_MAX    16
#define LINE_MAX   2048
#define RE_DUP_MAX 255
#define NL_ARGMAX  9
#define NL_LANGMAX 14
#define NL_MSGMAX  32767
#define NL_SETMAX  255
#define NL_TEXTMAX 8192
#define NZERO      20
#define PASS_MAX   32
#define TMP_MAX    16384
#define COLL_WEIGHTS_MAX 4
#define EXPR_NEST_MAX 32
#define BC_BASE_MAX 99
#define BC_DIM_MAX 2048
#define BC_SCALE_MAX 99
#define BC_STRING_MAX 2048
#define CHARCLASS_NAME_MAX 14
#define PTHREAD_STACK_MIN 16384
#define PTHREAD_KEYS_MAX 450    /* recalled */
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#define AIO_LISTIO_MAX 4096     /* 5.3, recalled */
#define AIO_MAX    4096
#define DELAYTIMER_MAX INT_MAX
#define MQ_PRIO_MAX 128         /* 5.3, recalled */
#define RTSIG_MAX  8
#define SEM_VALUE_MAX 32767     /* recalled */
#define SIGQUEUE_MAX 32
#define TIMER_MAX  32
#define UID_MAX    ULONG_MAX

#endif
