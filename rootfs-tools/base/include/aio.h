/* aio.h -- asynchronous input and output as POSIX has it.
 *
 * The functions are bound to the names that AIX gives to those with POSIX's prototypes. struct aiocb is AIX's in 64-bit programs [rust
 * libc, aix]; in 32-bit ones, whose layout is not public, it has the same members in the same order, the offset with 64 bits.
 */
#ifndef _H_AIO
#define _H_AIO

#include <fcntl.h>
#include <sys/signal.h>
#include <sys/time_types.h>
#include <sys/types.h>

struct aiocb {
    int aio_lio_opcode, aio_fildes;
    int aio_word1;
    off64_t aio_offset;
    volatile void *aio_buf;
    ssize_t aio_return;
    int aio_errno;
    size_t aio_nbytes;
    int aio_reqprio;
    struct sigevent aio_sigevent;
    int aio_word2, aio_fp;
    struct aiocb *aio_handle;
    unsigned int aio_reserved[2];
    long aio_sigev_tid;
};

#define LIO_NOP         0
#define LIO_READ        1
#define LIO_WRITE       2
#define LIO_NOWAIT      0
#define LIO_WAIT        1
#define AIO_CANCELED    0
#define AIO_NOTCANCELED 1
#define AIO_ALLDONE     2

int aio_read(struct aiocb *) __asm__("_posix_aio_read");
int aio_write(struct aiocb *) __asm__("_posix_aio_write");
int aio_fsync(int, struct aiocb *) __asm__("_posix_aio_fsync");
int aio_error(const struct aiocb *) __asm__("_posix_aio_error");
ssize_t aio_return(struct aiocb *) __asm__("_posix_aio_return");
int aio_suspend(const struct aiocb *const[], int, const struct timespec *) __asm__("_posix_aio_suspend");
int aio_cancel(int, struct aiocb *) __asm__("_posix_aio_cancel");
int lio_listio(int, struct aiocb *__restrict const[__restrict], int, struct sigevent *__restrict) __asm__("_posix_lio_listio");

#endif
