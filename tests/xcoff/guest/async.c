/* async.c -- POSIX asynchronous input and output: files, a pipe, lists, signals, cancelling, errors. */
#define _GNU_SOURCE
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t signals, value;

static void on_signal(int signo, siginfo_t *info, void *context)
{
    (void)signo, (void)context;
    signals++;
    value = info->si_code == SI_ASYNCIO;
}

static void prepare(struct aiocb *cb, int fd, int op, void *buffer, size_t size, off_t offset)
{
    memset(cb, 0, sizeof *cb);
    cb->aio_fildes = fd;
    cb->aio_lio_opcode = op;
    cb->aio_buf = buffer;
    cb->aio_nbytes = size;
    cb->aio_offset = offset;
    cb->aio_sigevent.sigev_notify = SIGEV_NONE;
}

static void wait_for(struct aiocb *cb)
{
    const struct aiocb *list[1] = { cb };
    while (aio_error(cb) == EINPROGRESS)
        aio_suspend(list, 1, NULL);
}

static void files(int fd)
{
    char text[4][8] = { "first--", "second-", "third--", "fourth-" }, back[32];
    struct aiocb cb[4], sync;
    for (int i = 0; i < 4; i++) {
        prepare(&cb[i], fd, 0, text[i], 7, 7 * i);
        printf("write %d\n", aio_write(&cb[i]));
    }
    prepare(&sync, fd, 0, NULL, 0, 0);
    printf("fsync %d\n", aio_fsync(O_SYNC, &sync));
    wait_for(&sync);
    for (int i = 0; i < 4; i++)
        printf("%d: %d %d\n", i, aio_error(&cb[i]), (int)aio_return(&cb[i]));      /* before the synchronisation */
    prepare(&cb[0], fd, 0, back, sizeof back, 3);
    printf("read %d\n", aio_read(&cb[0]));
    wait_for(&cb[0]);
    int n = (int)aio_return(&cb[0]);
    printf("%d %.*s\n", n, n, back);
    prepare(&cb[1], fd, 0, back, 4, 1000);
    aio_read(&cb[1]);
    wait_for(&cb[1]);
    printf("behind the end: %d\n", (int)aio_return(&cb[1]));
}

static void lists(int fd)
{
    char a[4] = "", b[4] = "";
    struct aiocb one, two, nothing, bad, *list[5] = { &one, NULL, &two, &nothing, &bad };
    prepare(&one, fd, LIO_READ, a, 3, 0);
    prepare(&two, fd, LIO_READ, b, 3, 7);
    prepare(&nothing, fd, LIO_NOP, NULL, 0, 0);
    printf("list %d %s %s\n", lio_listio(LIO_WAIT, list, 4, NULL), a, b);
    prepare(&bad, 1000, LIO_READ, b, 3, 7);
    prepare(&one, fd, LIO_WRITE, "FIR", 3, 0);
    prepare(&two, fd, LIO_READ, b, 3, 14);
    int rc = lio_listio(LIO_WAIT, list, 5, NULL);
    printf("a bad one %d %d, others %d %d %s\n", rc, errno == EIO, aio_error(&one), aio_error(&two), b);
    struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
    prepare(&one, fd, LIO_READ, a, 3, 0);
    prepare(&two, fd, LIO_READ, b, 3, 21);
    printf("later %d\n", lio_listio(LIO_NOWAIT, list, 3, &event));
    while (!signals)
        usleep(1000);
    printf("signal %d %d, %s %s\n", (int)signals, (int)value, a, b);
    rc = lio_listio(77, list, 1, NULL);
    printf("wrong mode %d %d\n", rc, errno == EINVAL);
}

static void a_pipe(void)
{
    int fds[2];
    char text[8] = "";
    struct aiocb cb;
    const struct aiocb *list[2] = { NULL, &cb };
    struct timespec soon = { 0, 50000000 };
    if (pipe(fds) < 0)
        return;
    prepare(&cb, fds[0], 0, text, 5, 0);
    cb.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
    cb.aio_sigevent.sigev_signo = SIGUSR1;
    signals = value = 0;
    printf("read %d\n", aio_read(&cb));
    int rc = aio_suspend(list, 2, &soon);
    printf("suspend %d %d\n", rc, errno == EAGAIN);
    printf("in progress %d\n", aio_error(&cb) == EINPROGRESS);
    printf("cancel %d\n", aio_cancel(fds[0], &cb) == AIO_NOTCANCELED);
    printf("others %d\n", aio_cancel(fds[1], NULL) == AIO_ALLDONE);
    if (write(fds[1], "hello", 5) != 5)
        return;
    wait_for(&cb);
    printf("%d %s\n", (int)aio_return(&cb), text);
    while (!signals)
        usleep(1000);
    printf("signal %d %d\n", (int)signals, (int)value);
    printf("done %d\n", aio_cancel(fds[0], &cb) == AIO_ALLDONE);
    close(fds[0]);
    close(fds[1]);
}

static void errors(void)
{
    struct aiocb cb;
    char c;
    prepare(&cb, 1000, 0, &c, 1, 0);
    int rc = aio_read(&cb);
    printf("no descriptor %d\n", rc < 0 ? errno == EBADF : (wait_for(&cb), aio_error(&cb) == EBADF));
    rc = aio_fsync(12345, &cb);
    printf("fsync how %d %d\n", rc, errno == EINVAL);
    rc = aio_cancel(1000, NULL);
    printf("cancel %d %d\n", rc, errno == EBADF);
}

int main(void)
{
    char name[] = "/tmp/asyncXXXXXX";
    int fd = mkstemp(name);
    struct sigaction act = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART };
    sigaction(SIGUSR1, &act, NULL);
    unlink(name);
    files(fd);
    lists(fd);
    a_pipe();
    errors();
    return 0;
}
