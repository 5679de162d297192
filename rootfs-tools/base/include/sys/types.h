/* sys/types.h -- basic types [aix-abi 4: basic types]. */
#ifndef _H_TYPES
#define _H_TYPES

#include <stddef.h>
#include <stdint.h>

typedef unsigned char   uchar_t;
typedef unsigned short  ushort_t;
typedef unsigned int    uint_t;
typedef unsigned long   ulong_t;
typedef unsigned char   uchar;
typedef unsigned short  ushort;
typedef unsigned int    uint;
typedef unsigned long   ulong;
typedef unsigned char   u_char;
typedef unsigned short  u_short;
typedef unsigned int    u_int;
typedef unsigned long   u_long;
typedef uint8_t         u_int8_t;
typedef uint16_t        u_int16_t;
typedef uint32_t        u_int32_t;
typedef uint64_t        u_int64_t;
typedef char           *caddr_t;

/* _LARGE_FILES: in a 32-bit program too off_t has 64 bits, and what carries one is the function or structure of the name with 64
 * behind it [AIX manual: Writing programs that access large files]. By name in the object, not by a macro as there, so that a
 * program's #undef does not call the small one. Resource limits stay as they are. */
#if defined _LARGE_FILES && !defined __64BIT__
#define __LARGE(name) __asm__(#name "64")
typedef long long       off_t;
#else
#define __LARGE(name)
typedef long            off_t;
#endif
typedef long            ssize_t;
typedef long long       off64_t;
typedef long long       offset_t;
typedef long            daddr_t;
typedef int             pid_t;
typedef int             tid_t;
typedef unsigned int    uid_t;
typedef unsigned int    gid_t;
typedef unsigned int    id_t;
typedef unsigned int    mode_t;
typedef short           nlink_t;
typedef int             key_t;
typedef int             clock_t;
typedef long            time_t;
typedef int             time32_t;
typedef long long       time64_t;
typedef int             suseconds_t;
typedef unsigned int    useconds_t;
typedef long long       clockid_t;
typedef long            timer_t;
typedef long            blksize_t;
typedef long            blkcnt_t;
typedef long            blksize32_t;
typedef unsigned long   fsblkcnt_t;
typedef unsigned long   fsfilcnt_t;
typedef unsigned int    socklen_t;
typedef unsigned short  sa_family_t;
typedef int             boolean_t;
typedef int             level_t;
typedef int             cnt_t;
typedef unsigned int    in_addr_t;
typedef unsigned short  in_port_t;
#ifdef __64BIT__
typedef unsigned long   dev_t;
typedef unsigned long   ino_t;
#else
typedef unsigned int    dev_t;
typedef unsigned int    ino_t;
#endif
typedef unsigned long long ino64_t;
typedef unsigned long long dev64_t;
typedef struct { unsigned int val[2]; } fsid_t;
typedef struct { unsigned long val[2]; } fsid64_t;

/* pthread objects: sizes [aix-abi 5.3]; the contents are libpthreads' own. */
typedef unsigned int    pthread_t;
typedef unsigned int    pthread_key_t;
typedef struct __pt_attr *pthread_attr_t;
typedef struct __pt_attr *pthread_mutexattr_t;
typedef struct __pt_attr *pthread_condattr_t;
typedef struct __pt_attr *pthread_rwlockattr_t;
typedef struct __pt_attr *pthread_barrierattr_t;
#ifdef __64BIT__
typedef struct { long __m_word[8]; }  pthread_mutex_t;
typedef struct { long __c_word[6]; }  pthread_cond_t;
typedef struct { long __o_word[9]; }  pthread_once_t;
typedef struct { long __rw_word[10]; } pthread_rwlock_t;
typedef struct { long __b_word[5]; }  pthread_barrier_t;
typedef struct { long __s_word[3]; }  pthread_spinlock_t;
#else
typedef struct { int __m_word[13]; }  pthread_mutex_t;
typedef struct { int __c_word[11]; }  pthread_cond_t;
typedef struct { int __o_word[9]; }   pthread_once_t;     /* at least 32 bytes; the total is not known */
typedef struct { int __rw_word[52]; } pthread_rwlock_t;   /* not known: generous */
typedef struct { int __b_word[8]; }   pthread_barrier_t;  /* not known */
typedef struct { int __s_word[3]; }   pthread_spinlock_t; /* not known */
#endif

#define major(dev) ((int)(((dev) >> 16) & 0x7fff))
#define minor(dev) ((int)((dev) & 0xffff))
#define makedev(ma, mi) ((dev_t)(((ma) << 16) | (mi)))

#include <sys/select.h>

#endif
