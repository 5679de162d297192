/* sys/select.h -- descriptor sets: bit n of the n/width-th big-endian word, counted from the least significant [aix-abi 4.8]. */
#ifndef _H_SYS_SELECT
#define _H_SYS_SELECT

#include <sys/types.h>
#include <sys/time_types.h>
#include <sys/sigset.h>

#define FD_SETSIZE 65534
#define NFDBITS (8 * (int)sizeof(long))
typedef struct fd_set { unsigned long fds_bits[(FD_SETSIZE + NFDBITS - 1) / NFDBITS]; } fd_set;

#define __fd_word(fd, set) ((set)->fds_bits[(fd) / NFDBITS])
#define FD_SET(fd, set)   (__fd_word(fd, set) |= 1UL << ((fd) % NFDBITS))
#define FD_CLR(fd, set)   (__fd_word(fd, set) &= ~(1UL << ((fd) % NFDBITS)))
#define FD_ISSET(fd, set) ((int)((__fd_word(fd, set) >> ((fd) % NFDBITS)) & 1))
#define FD_ZERO(set)      __builtin_memset((set), 0, sizeof(fd_set))

int select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
int pselect(int, fd_set *, fd_set *, fd_set *, const struct timespec *, const sigset_t *);
int __fd_select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
int __fd_getdtablesize(void);

#endif
