/* guest_kernel.h -- what the test programs share that stand on /unix alone: types, checks, and the program's entry.
 *
 * A program defines run(): what it returns is the exit status. EQ, TRUE and FAILS print a line per failure and count it.
 * Numbers of errors are AIX's [aix-abi 4.3].
 */
#ifndef GUEST_KERNEL_H
#define GUEST_KERNEL_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long ulong;
typedef long long s64;

#ifdef __64BIT__
#define W(in32, in64) (in64)
#else
#define W(in32, in64) (in32)
#endif

extern int errno;
extern char **environ;
extern void _exit(int) __attribute__((noreturn));
extern long kwrite(int, const void *, ulong);
extern int kfork(void), kwaitpid(int *, int, int, void *, void *);

enum {
    EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, ENXIO = 6, E2BIG = 7, EBADF = 9, ECHILD = 10, EAGAIN = 11, EACCES = 13, EFAULT = 14,
    EEXIST = 17, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENOTTY = 25, EFBIG = 27, ENOSPC = 28, ESPIPE = 29, ENOMSG = 35, EIDRM = 36,
    ENOTSOCK = 57, EMSGSIZE = 59, ENOTCONN = 76, ETIMEDOUT = 78, ELOOP = 85, ENAMETOOLONG = 86, ENOSYS = 109, ENOSTR = 123,
};
enum { SIGALRM = 14, SIGCHLD = 20, SIGUSR1 = 30, SIGUSR2 = 31 };

static int failures;

static inline ulong length(const char *s)
{
    ulong n = 0;
    while (s[n])
        n++;
    return n;
}

static inline int same(const void *a, const void *b, ulong n)
{
    const u8 *p = a, *q = b;
    while (n && *p == *q)
        p++, q++, n--;
    return n == 0;
}

static inline void clear(void *to, ulong n)
{
    volatile u8 *p = to;
    while (n--)
        *p++ = 0;
}

static inline void say(const char *s) { kwrite(1, s, length(s)); }

static inline void say_number(long n)
{
    char text[24], *p = text + sizeof text;
    ulong v = n < 0 ? -(ulong)n : (ulong)n;
    *--p = 0;
    do
        *--p = (char)('0' + v % 10);
    while (v /= 10);
    if (n < 0)
        *--p = '-';
    say(p);
}

static inline void fail(int line, const char *what, long got, long want)
{
    int saved = errno;
    failures++;
    say("line ");
    say_number(line);
    say(": ");
    say(what);
    say(": got ");
    say_number(got);
    say(", want ");
    say_number(want);
    say(", errno ");
    say_number(saved);
    say("\n");
    errno = saved;
}

#define EQ(got, want)                                       \
    do {                                                    \
        long g_ = (long)(got), w_ = (long)(want);           \
        if (g_ != w_)                                       \
            fail(__LINE__, #got, g_, w_);                   \
    } while (0)
#define TRUE(condition) EQ(!!(condition), 1)
#define FAILS(call, number)                                 \
    do {                                                    \
        errno = -7;                                         \
        EQ(call, -1);                                       \
        EQ(errno, number);                                  \
    } while (0)

static inline u32 word(const void *base, ulong offset) { return *(const u32 *)((const u8 *)base + offset); }
static inline u16 half(const void *base, ulong offset) { return *(const u16 *)((const u8 *)base + offset); }
static inline long wide(const void *base, ulong offset) { return *(const long *)((const u8 *)base + offset); }

/* Nothing is mapped there, nor at any address with the same low 46 bits. */
#define WILD ((void *)(ulong)W(0x2BAD0000, 0x0BAD0BAD00000000))

/* The wait status of a child that ran `body`, and exited with the number of its failures. */
static inline int status_of(void (*body)(void))
{
    int status = -1, before = failures, pid = kfork();
    if (pid == 0) {
        body();
        _exit(failures - before);
    }
    EQ(kwaitpid(&status, pid, 4, 0, 0), pid);
    return status;
}

static int run(int argc, char **argv);

void start(int argc, char **argv) __attribute__((used));
void start(int argc, char **argv) { _exit(run(argc, argv)); }

/* Entered with the arguments in r3, r4, or in r14, r15 [aix-abi 2.4]. */
void __start(void) __attribute__((naked));
void __start(void)
{
#ifdef __64BIT__
    __asm__("mr 3,14\n\tmr 4,15\n\tb .start");
#else
    __asm__("b .start");
#endif
}

#endif
