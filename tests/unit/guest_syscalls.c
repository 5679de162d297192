/* guest_syscalls.c -- a guest program that calls the kernel interface and checks what comes back.
 *
 * It stands on /unix alone (no library), and is built for both widths. Offsets and numbers are those of aix-abi
 * sections 3 to 5, written out here, so that a mistake in syscalls/abi is not repeated. Prints a line per failure; the
 * exit status is 0 when there was none.
 *
 *      guest_syscalls DIRECTORY    the directory is writable and empty; "/": the program runs inside a root of its own
 */
#include "guest_kernel.h"

extern int _system_configuration[];

extern int execve(const char *, char **, char **), kill(int, int);
extern int _getpid(void), _getppid(void), _getpriority(int, int), _setpriority(int, int, int);
extern int open(const char *, int, int), close(int), kfcntl(int, int, long), pipe(int *), access(const char *, int);
extern long kread(int, void *, ulong), lseek(int, long, int);
extern long kreadv(int, void *, int, int), kwritev(int, void *, int, int);
extern long kpread(int, void *, ulong, s64), kpwrite(int, const void *, ulong, s64);
extern int klseek(int, s64, int, s64 *), kftruncate(int, s64);
extern int statx(const char *, void *, ulong, int), fstatx(int, void *, ulong, int);
extern long getdirent(int, void *, ulong), readlink(const char *, char *, ulong);
extern int mkdir(const char *, int), rmdir(const char *), unlink(const char *), symlink(const char *, const char *);
extern int rename(const char *, const char *), link(const char *, const char *), chdir(const char *), umask(int);
extern int __vwpar_getcwd(char *, ulong);
extern void *sbrk(long), *mmap(void *, ulong, int, int, int, long), *shmat(int, void *, int);
extern int munmap(void *, ulong), mprotect(void *, ulong, int), shmget(int, ulong, int), shmdt(void *),
    shmctl(int, int, void *);
extern int _sigaction(int, void *, void *), sigprocmask(int, void *, void *), _sigsuspend(void *), _sigpending(void *);
extern int __vwpar_sigtimedwait(void *, void *, void *);
extern int _thread_self(void), __vwpar_thread_create(void *, void *, void *, void *, void *, void *);
extern void thread_terminate(void);
extern int __vwpar_futex_wait(void *, int, void *, int), __vwpar_futex_wake(void *, int, int);
extern int _nsleep(void *, void *), _clock_gettime(s64, void *), __vwpar_setitimer(int, void *, void *);
extern int socket(int, int, int), bind(int, void *, int), listen(int, int), naccept(int, void *, void *),
    accept(int, void *, void *);
extern int connext(int, void *, int), ngetsockname(int, void *, void *), getsockname(int, void *, void *);
extern int setsockopt(int, int, int, void *, int), getsockopt(int, int, int, void *, int *),
    socketpair(int, int, int, int *);
extern int nsendmsg(int, void *, int), nrecvmsg(int, void *, int);
extern int _poll(void *, int, int), _select(int, void *, void *, void *, void *);
extern int uname(void *), kioctl(int, int, void *, void *), semget(int, int, int), semctl(int, int, int, long),
    __semop(int, void *, ulong);
extern int msgget(int, int), msgctl(int, int, void *), __msgsnd(int, void *, ulong, int);
extern long __msgrcv(int, void *, ulong, long, int);
extern int appgetrlimit(int, void *);

/* --- files -------------------------------------------------------------------------------------------------------- */

static void files(void)
{
    char buffer[64];
    s64 at = 0;
    int fd = open("file", 0x100 | 0x400 | 2, 0640);         /* O_CREAT|O_EXCL|O_RDWR */
    TRUE(fd >= 3);
    errno = 77;
    EQ(kwrite(fd, "hello, world", 12), 12);
    EQ(errno, 77);                                          /* success leaves errno alone */
    FAILS(open("file", 0x100 | 0x400 | 2, 0640), EEXIST);
    FAILS(open("nothing", 0, 0), ENOENT);
    FAILS(close(1234), EBADF);
    EQ(lseek(fd, 7, 0), 7);
    EQ(kread(fd, buffer, sizeof buffer), 5);
    TRUE(same(buffer, "world", 5));
    EQ(kpread(fd, buffer, 4, 1), 4);                        /* 64-bit offset: a register pair in 32-bit */
    TRUE(same(buffer, "ello", 4));
    EQ(kpwrite(fd, "J", 1, 0), 1);
    EQ(klseek(fd, -2, 2, &at), 0);
    EQ(at, 10);
    EQ(klseek(fd, 0x123456789LL, 0, &at), 0);
    TRUE(at == 0x123456789LL);
    EQ(kftruncate(fd, 5), 0);
    FAILS(kread(fd, WILD, 4) == -1 || lseek(fd, 0, 0) || kread(fd, WILD, 4) == -1 ? -1 : 0, EFAULT);
    FAILS(kwrite(1, WILD, 4), EFAULT);
    FAILS(open(WILD, 0, 0), EFAULT);
    ulong iov[4] = { (ulong)buffer, 2, (ulong)(buffer + 2), 3 };
    lseek(fd, 0, 0);
    EQ(kreadv(fd, iov, 2, 0), 5);
    TRUE(same(buffer, "Jello", 5));
    EQ(kfcntl(fd, 3, 0), 2);                                /* F_GETFL: O_RDWR */
    EQ(kfcntl(fd, 4, 8), 0);                                /* F_SETFL O_APPEND */
    EQ(kfcntl(fd, 3, 0), 2 | 8);
    EQ(kfcntl(fd, 2, 1), 0);
    EQ(kfcntl(fd, 1, 0), 1);                                /* FD_CLOEXEC */
    EQ(kfcntl(fd, 0, 40), 40);                              /* F_DUPFD */
    EQ(kfcntl(fd, 14, 41), 41);                             /* F_DUP2FD */
    EQ(kfcntl(40, 10, 0), 0);                               /* F_CLOSEM */
    FAILS(kfcntl(41, 1, 0), EBADF);
    u8 lock[32];
    clear(lock, sizeof lock);
    *(u16 *)lock = 2;                                       /* F_WRLCK */
    EQ(kfcntl(fd, W(6, 12), (long)lock), 0);
    *(u16 *)lock = 1;
    EQ(kfcntl(fd, W(5, 11), (long)lock), 0);
    EQ(*(u16 *)lock, 3);                                    /* nobody else: F_UNLCK */
    FAILS(kioctl(fd, 0x40087468, buffer, 0), 25);           /* TIOCGWINSZ: ENOTTY */
    FAILS(kioctl(fd, 0x5A5A, buffer, 0), EINVAL);
    close(fd);
}

static void stats(void)
{
    u8 st[200];
    clear(st, sizeof st);
    EQ(statx("file", st, W(116, 176), 0), 0);
    EQ(word(st, W(8, 16)), 0100640);                        /* st_mode */
    EQ(half(st, W(12, 20)), 1);                             /* st_nlink */
    EQ(word(st, W(28, 40)), 5);                             /* st_size, or the short one */
    EQ(*(s64 *)(st + W(120, 168)), W(0, 5));                /* behind a 32-bit stat nothing is written */
    EQ(wide(st, W(56, 96)) > 0, 1);                         /* st_blksize */
    TRUE(wide(st, W(40, 64)) > 1500000000);                 /* st_mtim */
#ifndef __64BIT__
    EQ(statx("file", st, 128, 010), 0);                     /* STX_64 */
    TRUE(*(s64 *)(st + 120) == 5);
#endif
    clear(st, sizeof st);
    EQ(statx("file", st, 20, 0), 0);                        /* len limits the copy */
    EQ(word(st, 20), 0);
    EQ(symlink("file", "link"), 0);
    EQ(statx("link", st, W(116, 176), 1), 0);               /* STX_LINK */
    EQ(word(st, W(8, 16)) & 0170000, 0120000);
    FAILS(statx("file", WILD, W(116, 176), 0), EFAULT);
    EQ(access("file", 4), 0);
    FAILS(access("nothing", 0), ENOENT);
    char text[16];
    EQ(readlink("link", text, sizeof text), 4);
    TRUE(same(text, "file", 4));
    EQ(umask(027), 022);
    EQ(umask(022), 027);
}

static void directories(void)
{
    u8 buffer[4096];
    int entries = 0, found = 0;
    long n;
    EQ(mkdir("dir", 0755), 0);
    FAILS(mkdir("dir", 0755), EEXIST);
    EQ(chdir("dir"), 0);
    EQ(__vwpar_getcwd((char *)buffer, sizeof buffer), 0);
    TRUE(same(buffer + length((char *)buffer) - 4, "/dir", 4));
    for (char name[] = "entry-a"; name[6] < 'z'; name[6]++)
        close(open(name, 0x101, 0600));
    int fd = open(".", 0, 0);
    while ((n = getdirent(fd, buffer, 200)) > 0)            /* small: most records must be asked for again */
        for (long at = 0; at < n; at += half(buffer, at + W(8, 16))) {
            u8 *name = buffer + at + W(12, 20);
            entries++;
            EQ(half(buffer, at + W(10, 18)), length((char *)name));
            EQ(half(buffer, at + W(8, 16)) % W(4, 8), 0);
            found += same(name, "entry-", 6);
        }
    EQ(n, 0);
    EQ(found, 25);
    EQ(entries, 27);
    lseek(fd, 0, 0);
    n = getdirent(fd, buffer, 100); /* seekdir: the offset of an entry is the next one's place */
    long second = W((long)word(buffer, 0), wide(buffer, 0));
    u8 first_name[64];
    for (int i = 0; i < 64; i++)
        first_name[i] = buffer[half(buffer, W(8, 16)) + W(12, 20) + i];
    EQ(lseek(fd, second, 0) >= 0, 1);
    TRUE(getdirent(fd, buffer, 100) > 0);
    TRUE(same(buffer + W(12, 20), first_name, length((char *)first_name) + 1));
    close(fd);
    for (char name[] = "entry-a"; name[6] < 'z'; name[6]++)
        EQ(unlink(name), 0);
    EQ(chdir(".."), 0);
    close(open("dir/x", 0x101, 0600));
    FAILS(rmdir("dir"), EEXIST);                            /* ENOTEMPTY is EEXIST */
    EQ(rename("dir/x", "dir/y"), 0);
    EQ(link("dir/y", "dir/z"), 0);
    EQ(unlink("dir/y"), 0);
    EQ(unlink("dir/z"), 0);
    EQ(rmdir("dir"), 0);
    EQ(unlink("link"), 0);
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

static void memory(void)
{
    char *old = sbrk(0), *more = sbrk(100000);
    TRUE(old == more);
    more[99999] = 1;
    TRUE(sbrk(-100000) == old + 100000);
    FAILS((long)sbrk(W(0x7fffffff, 0x7fffffffffffffff)), 12);
    char *p = mmap(0, 65536, 3, 0x12, -1, 0);               /* MAP_ANON|MAP_PRIVATE */
    TRUE((ulong)p >= W(0x30000000ul, 0x0a00000000000000ul));
    p[0] = 1;
    p[65535] = 1;
    FAILS((long)mmap(0, 4096, 3, 0x13, -1, 0), EINVAL);     /* shared and private at once */
    FAILS((long)mmap(0, 4096, 3, 2, 1234, 0), EBADF);
    EQ(mprotect(p, 4096, 1), 0);
    FAILS(kread(0, p, 0) == 0 ? uname(p) : 0, EFAULT);      /* read-only now */
    EQ(munmap(p, 65536), 0);
    int fd = open("file", 0, 0);
    p = mmap(0, 4096, 1, 2, fd, 0);
    TRUE(same(p, "Jello", 5));
    EQ(munmap(p, 4096), 0);
    close(fd);
    int id = shmget(-1, 10000, 0600 | 0x2000);              /* IPC_PRIVATE, IPC_CREAT */
    TRUE(id >= 0);
    char *shared = shmat(id, 0, 0);
    TRUE((ulong)shared % W(0x10000000ul, 4096ul) == 0);     /* a segment of its own in 32-bit */
    shared[9999] = 42;
    if (kfork() == 0) {
        shared[0] = 43;
        _exit(0);
    }
    kwaitpid(0, -1, 4, 0, 0);
    EQ(shared[0], 43);
    EQ(shmdt(shared), 0);
    FAILS(shmdt(shared), EINVAL);
    EQ(shmctl(id, 0, 0), 0);                                /* IPC_RMID */
    FAILS(uname(shared), EFAULT);
    EQ(*(volatile int *)(ulong)(failures & 0), 0);          /* page 0 reads as zeros */
}

/* --- processes ---------------------------------------------------------------------------------------------------- */

static void exit_7(void) { _exit(7); }
static void die_of_term(void) { kill(_getpid(), 15); }
static void do_nothing(void) { }

static char **arguments;

/* exec ourselves as "exec" and as a script's interpreter: the new image checks what it got. */
static void exec_self(void)
{
    char *argv[] = { "other-name", "exec", "one", "", 0 }, *envp[] = { "A=1", "B=", 0 };
    execve(arguments[0], argv, envp);
}

static void exec_script(void)
{
    char *argv[] = { "script", "last", 0 }, *envp[] = { 0 };
    execve("script", argv, envp);
}

static void processes(const char *self)
{
    int status;
    EQ(status_of(exit_7), 7 << 8);
    status = status_of(die_of_term);
    EQ(status & 0x7f, 15);
    EQ(status >> 16 & 0xff, 15);
    EQ(status_of(do_nothing), 0);
    FAILS(kwaitpid(&status, -1, 4, 0, 0), ECHILD);
    EQ(_getpriority(0, 0) >= -20, 1);
    EQ(_setpriority(0, 0, 5), 0);
    EQ(_getpriority(0, 0), 5);
    int pid = kfork();
    if (pid == 0) {
        kill(_getpid(), 17);                                /* SIGSTOP */
        _exit(3);
    }
    EQ(kwaitpid(&status, pid, 4 | 2, 0, 0), pid);           /* WUNTRACED */
    TRUE(status & 0x40);
    EQ(status >> 8 & 0xff, 17);
    EQ(kwaitpid(&status, pid, 4 | 1, 0, 0), 0);             /* WNOHANG */
    EQ(kill(pid, 19), 0);
    EQ(kwaitpid(&status, pid, 4, 0, 0), pid);
    EQ(status, 3 << 8);

    EQ(status_of(exec_self), 55 << 8);
    int fd = open("script", 0x301, 0755);
    kwrite(fd, "#! ", 3);
    kwrite(fd, self, length(self));
    kwrite(fd, " script-argument\nrest\n", 22);
    close(fd);
    EQ(status_of(exec_script), 56 << 8);
    char *none[] = { 0 };
    FAILS(execve("file", none, none), 13);                  /* EACCES: not executable */
    fd = open("garbage", 0x301, 0755);
    kwrite(fd, "garbage", 7);
    close(fd);
    FAILS(execve("garbage", none, none), 8);                /* ENOEXEC */
    FAILS(execve("nothing", none, none), ENOENT);
    unlink("script");
    unlink("garbage");
}

static int after_exec(int argc, char **argv)
{
    if (same(argv[1], "exec", 5))
        return argc == 4 && same(argv[0], "other-name", 11) && same(argv[2], "one", 4) && !argv[3][0] &&
                       same(environ[0], "A=1", 4) && same(environ[1], "B=", 3) && !environ[2] ? 55 : 1;
    return argc == 4 && same(argv[1], "script-argument", 16) && same(argv[2], "script", 7) && same(argv[3], "last", 5)
               ? 56
               : 1;
}

/* --- signals ------------------------------------------------------------------------------------------------------ */

static volatile int caught;
static void on_signal(int signo) { caught = signo; }

static void catch(int signo, int flags)
{
    u8 action[48];
    clear(action, sizeof action);
    *(void **)action = (void *)on_signal;
    *(int *)(action + W(12, 40)) = flags;
    EQ(_sigaction(signo, action, 0), 0);
}

static void mask_of(u8 set[32], int signo)
{
    clear(set, 32);
    if (signo)
        *(ulong *)set = (ulong)1 << (signo - 1);
}

static void alarm_ms(int ms)
{
    long timer[4] = { 0, 0, 0, 0 };                         /* interval, value: {sec, usec} */
    clear(timer, sizeof timer);
    *(int *)((u8 *)timer + W(12, 24)) = ms * 1000;
    EQ(__vwpar_setitimer(0, timer, 0), 0);
}

static void signals(void)
{
    u8 set[32], old[32], info[64];
    char c;
    int fds[2];
    catch(SIGUSR1, 0);
    caught = 0;
    EQ(kill(_getpid(), SIGUSR1), 0);
    EQ(caught, SIGUSR1);
    mask_of(set, SIGUSR1);
    EQ(sigprocmask(0, set, old), 0);                        /* SIG_BLOCK */
    caught = 0;
    EQ(kill(_getpid(), SIGUSR1), 0);
    EQ(caught, 0);
    EQ(_sigpending(old), 0);
    EQ(wide(old, 0), (ulong)1 << (SIGUSR1 - 1));
    mask_of(old, 0);
    FAILS(_sigsuspend(old), EINTR);
    EQ(caught, SIGUSR1);
    EQ(sigprocmask(0, 0, old), 0);
    EQ(wide(old, 0), (ulong)1 << (SIGUSR1 - 1));            /* sigsuspend put the mask back */
    kill(_getpid(), SIGUSR1);
    caught = 0;
    EQ(__vwpar_sigtimedwait(set, info, 0), SIGUSR1);
    EQ(caught, 0);
    EQ(word(info, 0), SIGUSR1);
    EQ(word(info, 12), _getpid());
    long soon[2] = { 0, 1000000 };
    FAILS(__vwpar_sigtimedwait(set, info, soon), EAGAIN);
    sigprocmask(1, set, 0);

    pipe(fds);
    catch(SIGALRM, 0);
    alarm_ms(30);
    FAILS(kread(fds[0], &c, 1), EINTR);                     /* no SA_RESTART */
    EQ(caught, SIGALRM);
    catch(SIGALRM, 8);                                      /* SA_RESTART */
    caught = 0;
    int pid = kfork();
    if (pid == 0) {
        long wait[2] = { 0, 150000000 };
        _nsleep(wait, 0);
        kwrite(fds[1], "x", 1);
        _exit(0);
    }
    alarm_ms(30);
    EQ(kread(fds[0], &c, 1), 1);                            /* restarted behind the handler */
    EQ(caught, SIGALRM);
    kwaitpid(0, pid, 4, 0, 0);
    alarm_ms(30);
    long rest[2], second[2] = { 1, 0 };
    FAILS(_nsleep(second, rest), EINTR);                    /* never restarted */
    TRUE(rest[0] == 0 && rest[1] > 500000000);
    close(fds[0]);
    close(fds[1]);
    FAILS(_sigaction(9, set, 0), EINVAL);
    FAILS(kill(_getpid(), 200), EINVAL);
}

/* --- waiting, sockets --------------------------------------------------------------------------------------------- */

struct pollfd {
    int fd;
    u16 events, revents;
};

static void waiting(void)
{
    int fds[2];
    pipe(fds);
    struct pollfd p[3] = { { fds[0], 1, 9 }, { fds[1], 2, 9 }, { 1234, 1, 9 } };
    EQ(_poll(p, 3, 0), 2);
    EQ(p[0].revents, 0);
    EQ(p[1].revents, 2);                                    /* POLLOUT */
    EQ(p[2].revents, 0x8000);                               /* POLLNVAL */
    kwrite(fds[1], "x", 1);
    ulong read_set[4] = { 0 }, write_set[4] = { 0 };
    const int width = sizeof(ulong) * 8;
    kfcntl(fds[0], 14, 70);
    read_set[70 / width] = 1ul << 70 % width;
    write_set[fds[1] / width] = 1ul << fds[1] % width;
    long zero[2] = { 0, 0 };
    EQ(_select(71, read_set, write_set, 0, zero), 2);
    EQ(read_set[70 / width] >> 70 % width, 1);
    close(fds[1]);
    char c;
    kread(fds[0], &c, 1);
    EQ(_poll(p, 1, 100), 1);
    EQ(p[0].revents, 0x2000);                               /* POLLHUP */
    close(fds[0]);
    close(70);
}

static void sockets(void)
{
    u8 address[16] = { 16, 2, 0, 0, 127, 0, 0, 1 }, name[32];
    int size = sizeof name, one = 1, value = 0;
    int server = socket(2, 1, 0), client = socket(2, 1, 0);
    TRUE(server >= 0 && client >= 0);
    FAILS(socket(6, 1, 0), 66);                             /* AF_NS: EAFNOSUPPORT */
    EQ(setsockopt(server, 0xffff, 4, &one, 4), 0);          /* SO_REUSEADDR */
    EQ(bind(server, address, 16), 0);
    EQ(listen(server, 5), 0);
    EQ(ngetsockname(server, name, &size), 0);
    EQ(size, 16);
    EQ(name[0], 16);
    EQ(name[1], 2);
    TRUE(half(name, 2) != 0 && word(name, 4) == 0x7f000001);
    size = sizeof name;
    EQ(getsockname(server, name, &size), 0);                /* BSD 4.3: a 16-bit family */
    EQ(half(name, 0), 2);
    *(u16 *)(address + 2) = half(name, 2);
    EQ(connext(client, address, 16), 0);
    size = sizeof name;
    int peer = naccept(server, name, &size);
    TRUE(peer >= 0);
    EQ(kwrite(client, "ping", 4), 4);
    EQ(kread(peer, name, sizeof name), 4);
    size = 4;
    EQ(getsockopt(client, 0xffff, 0x1008, &value, &size), 0);   /* SO_TYPE */
    EQ(value, 1);
    FAILS(getsockopt(client, 0xffff, 0x7777, &value, &size), 61);
    *(u16 *)(address + 2) = 1;
    int refused = socket(2, 1, 0);
    FAILS(connext(refused, address, 16), 79);               /* ECONNREFUSED */
    close(refused), close(peer), close(client), close(server);

    int pair[2], passed[2];
    EQ(socketpair(1, 1, 0, pair), 0);
    pipe(passed);
    struct {
        u32 len, level, type, fds[2];                       /* no padding behind the 12 bytes */
    } control = { 20, 0xffff, 1, { passed[0], passed[1] } };
    u8 message[48];
    ulong iov[2] = { (ulong)"m", 1 };
    clear(message, sizeof message);
    *(ulong *)(message + W(8, 16)) = (ulong)iov;
    *(u32 *)(message + W(12, 24)) = 1;
    *(ulong *)(message + W(16, 32)) = (ulong)&control;
    *(u32 *)(message + W(20, 40)) = 20;
    EQ(nsendmsg(pair[0], message, 0), 1);
    clear(&control, sizeof control);
    char byte;
    iov[0] = (ulong)&byte;
    EQ(nrecvmsg(pair[1], message, 0), 1);
    EQ(byte, 'm');
    EQ(word(message, W(20, 40)), 20);
    EQ(control.len, 20);
    EQ(control.level, 0xffff);
    EQ(kwrite(control.fds[1], "y", 1), 1);
    EQ(kread(passed[0], &byte, 1), 1);
}

/* --- threads ------------------------------------------------------------------------------------------------------ */

static volatile int shared_word, alive = 1, thread_errno, seen_errno, thread_id;
static char thread_stack[32768] __attribute__((aligned(16)));

static void thread_body(void *arg)
{
    thread_id = _thread_self();
    close(1234);
    seen_errno = thread_errno;
    shared_word = (int)(long)arg;
    __vwpar_futex_wake((void *)&shared_word, 1, 0);
    thread_terminate();
}

static void threads(void)
{
    long soon[2] = { 0, 1000000 };
    FAILS(__vwpar_futex_wait((void *)&shared_word, 1, 0, 0), EAGAIN);
    FAILS(__vwpar_futex_wait((void *)&shared_word, 0, soon, 0), 78);   /* ETIMEDOUT */
    errno = 5;
    int tid = __vwpar_thread_create((void *)thread_body, (void *)99, thread_stack + sizeof thread_stack - 256, 0,
                                    (void *)&thread_errno, (void *)&alive);
    TRUE(tid > 0);
    while (shared_word != 99)
        __vwpar_futex_wait((void *)&shared_word, 0, 0, 0);
    while (alive)
        __vwpar_futex_wait((void *)&alive, 1, 0, 0);
    EQ(thread_id, tid);
    EQ(seen_errno, EBADF);                                  /* its own errno cell */
}

/* --- the rest ----------------------------------------------------------------------------------------------------- */

static void the_rest(void)
{
    char names[160];
    long now[2], limit[2];
    EQ(uname(names), 0);
    TRUE(same(names, "AIX", 4));
    TRUE(same(names + 64, "3", 2));                         /* release */
    TRUE(same(names + 96, "5", 2));                         /* version */
    EQ(length(names + 128), 12);
    EQ(_clock_gettime(9, now), 0);
    TRUE(now[0] > 1500000000);
    EQ(_clock_gettime(10, now), 0);
    FAILS(_clock_gettime(0, now), EINVAL);
    EQ(appgetrlimit(2, limit), 0);                          /* RLIMIT_DATA */
    TRUE(limit[1] == W(0x7fffffff, 0x7fffffffffffffff));
    FAILS(appgetrlimit(77, limit), EINVAL);
    EQ(_system_configuration[0], 2);                        /* PowerPC */
    EQ(_system_configuration[13], 128);                     /* dcache_line */

    int id = semget(-1, 2, 0600 | 0x2000);
    short add[3] = { 1, 3, 0 };
    EQ(__semop(id, add, 1), 0);
    EQ(semctl(id, 1, 5, 0), 3);                             /* GETVAL */
    EQ(semctl(id, 0, 0, 0), 0);
    id = msgget(-1, 0600 | 0x2000);
    struct {
        long type;
        char text[8];
    } out = { 7, "message" }, in;
    EQ(__msgsnd(id, &out, 8, 0), 0);
    EQ(__msgrcv(id, &in, 8, 7, 0), 8);
    TRUE(in.type == 7 && same(in.text, "message", 8));
    EQ(msgctl(id, 0, 0), 0);
}

/* Run with --root and "/" as the directory: nothing leads out, neither ".." nor links. */
static void rooted(void)
{
    char text[64];
    u8 here[200], above[200];
    EQ(__vwpar_getcwd(text, sizeof text), 0);
    TRUE(same(text, "/", 2));
    EQ(statx("/", here, W(116, 176), 0), 0);
    EQ(statx("../../..", above, W(116, 176), 0), 0);
    TRUE(same(here, above, 16));                            /* st_dev, st_ino */
    FAILS(open("../../../../etc/passwd", 0, 0), ENOENT);
    EQ(symlink("/etc/passwd", "absolute"), 0);
    FAILS(open("absolute", 0, 0), ENOENT);
    EQ(symlink("../../../etc", "relative"), 0);
    FAILS(statx("relative/passwd", here, W(116, 176), 0), ENOENT);
    EQ(symlink("/file", "inside"), 0);
    int fd = open("inside", 0, 0);
    TRUE(fd >= 0);
    close(fd);
    EQ(symlink("loop", "loop"), 0);
    FAILS(open("loop", 0, 0), 85);                          /* ELOOP */
    unlink("absolute"), unlink("relative"), unlink("inside"), unlink("loop");
}

static int run(int argc, char **argv)
{
    arguments = argv;
    if (argc != 2)
        return after_exec(argc, argv);
    if (chdir(argv[1]) < 0)
        return 99;
    files();
    stats();
    directories();
    memory();
    processes(argv[0]);
    signals();
    waiting();
    sockets();
    threads();
    the_rest();
    if (same(argv[1], "/", 2))
        rooted();
    unlink("file");
    if (failures)
        say("failed\n");
    return failures ? 1 : 0;
}
