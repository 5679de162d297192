/* guest_services.c -- time, signals, threads, IPC, sockets, privileges: what guest_syscalls.c leaves out of them.
 *
 * Stands on /unix alone. Offsets and numbers are those of aix-abi, of rust's libc crate for AIX (sigevent, mq_attr,
 * msqid_ds, sf_parms), of Go's net package (interfaces), and of IBM's manual pages, written out here.
 */
#include "guest_kernel.h"

extern int open(const char *, int, int), close(int), unlink(const char *), chdir(const char *), pipe(int *);
extern long kread(int, void *, ulong), lseek(int, long, int);
extern int kill(int, int), _getpid(void), _getppid(void);
extern int getuidx(int), getgidx(int), setuid(int);
extern int _sigaction(int, void *, void *), sigprocmask(int, void *, void *), _pause(void), sigcleanup(void);
extern int sigaltstack(void *, void *), sigstack(void *, void *), sigreturn(void *), _sigqueue(int, int, long);
extern int __vwpar_sigtimedwait(void *, void *, void *);
extern int thread_kill(int, int), _thread_self(void), __vwpar_thread_setup(void *, void *), _nsleep(void *, void *);
extern int __vwpar_thread_create(void *, void *, void *, void *, void *, void *), __vwpar_futex_wait(void *, int, void *, int);
extern void thread_terminate(void);
extern int thread_post(int), thread_post_many(int, void *, void *), thread_wait(int), _thread_wait(int);
extern int _thread_setsched(int, int, int), sched_get_priority_max(int), _getpri(int), _setpri(int, int);
extern int bindprocessor(int, int, int), plock(int), mycpu(void);
extern int _clock_gettime(s64, void *), _clock_getres(s64, void *), _clock_settime(s64, void *), _clock_getcpuclockid(int, s64 *);
extern int gettimerid(int, int), reltimerid(int), incinterval(int, void *, void *), getinterval(int, void *);
extern int absinterval(int, void *, void *), __vwpar_setitimer(int, void *, void *), __vwpar_getitimer(int, void *);
extern int appgettimer(int, void *), appsettimer(int, void *), apprestimer(int, void *, void *), adjtime(void *, void *);
extern int appresabs(int, void *, void *), appresinc(int, void *, void *);
extern int _timer_create(s64, void *, long *), _timer_delete(long), _timer_getoverrun(long), _timer_gettime(long, void *);
extern int _timer_settime(long, int, void *, void *);
extern int shm_open(const char *, int, int), shm_unlink(const char *), kftruncate(int, s64), munmap(void *, ulong);
extern void *mmap(void *, ulong, int, int, int, long);
extern int _mq_open(const char *, int, int, void *), mq_unlink(const char *), mq_close(int), mq_getattr(int, void *);
extern int mq_setattr(int, void *, void *), mq_send(int, const void *, ulong, u32), _mq_notify(int, void *);
extern long mq_receive(int, void *, ulong, u32 *), _mq_receive(int, void *, ulong, u32 *);
extern int _mq_send(int, const void *, ulong, u32);
extern int semget(int, int, int), semctl(int, int, int, long), __semtimedop(int, void *, ulong, void *);
extern int _poll(void *, u32, int), msgget(int, int), msgctl(int, int, void *), __msgsnd(int, void *, ulong, int);
extern long __msgxrcv(int, void *, ulong, long, int);
extern int shmget(int, ulong, int), ra_shmget(int, ulong, int, int, ulong, int), shmctl(int, int, void *);
extern int socket(int, int, int), bind(int, void *, int), listen(int, int), naccept(int, void *, void *), accept(int, void *, void *);
extern int connext(int, void *, int), _econnect(int, void *, int), _connext_restart(int, void *, int), shutdown(int, int);
extern int ngetsockname(int, void *, void *), ngetpeername(int, void *, void *), getpeername(int, void *, void *);
extern int socketpair(int, int, int, int *), getpeereid(int, u32 *, u32 *), kioctl(int, int, void *, void *);
extern long send(int, const void *, ulong, int), sendto(int, const void *, ulong, int, void *, int), recv(int, void *, ulong, int);
extern long nrecvfrom(int, void *, ulong, int, void *, int *), recvfrom(int, void *, ulong, int, void *, int *);
extern long _esend(int, const void *, ulong, int), _erecv(int, void *, ulong, int);
extern long _esendto(int, const void *, ulong, int, void *, int), _enrecvfrom(int, void *, ulong, int, void *, int *);
extern int sendmsg(int, void *, int), recvmsg(int, void *, int), _esendmsg(int, void *, int), _erecvmsg(int, void *, int);
extern int _ensendmsg(int, void *, int), _enrecvmsg(int, void *, int), send_file(int *, void *, int);
extern int getkerninfo(int, void *, void *, s64);
extern int pollset_create(int), pollset_ctl(int, void *, int), pollset_query(int, void *), pollset_destroy(int);
extern int pollset_poll(int, void *, int, int), _pollset_poll(int, void *, int, int);
extern int usrinfo(int, char *, int), getpriv(int, void *, int), setpriv(int, void *, int), privcheck(int);
extern int auditlog(const char *, int, void *, int), knlist(void *, int, int), psdanger(int), profil(void *, ulong, void *, u32);
extern int trcgent(int, u32, u32, int, void *), trcgen(int, u32, u32, int, void *), trchk(u32), trchkt(u32), trchkl(u32, u32);
extern int trchklt(u32, u32), trchkg(u32, u32, u32, u32, u32, u32), trchkgt(u32, u32, u32, u32, u32, u32);
extern int utrchook_sc(u32, u32, u32, u32, u32, u32), utrchook(u32, u32, u32, u32, u32, u32), sysconfig(int, void *, int);
extern int sys_parm(int, int, void *), loadquery(int, void *, ulong);
extern int Trconflag, _errno;
extern long __loadx(u32, void *, void *, void *, void *);

#define NS(n) ((n) % 1000000000)

static volatile int caught, caught_code;
static volatile long caught_value;

static void on_signal(int signo, u8 *info)
{
    caught = signo;
    if (info) {
        caught_code = (int)word(info, 8);
        caught_value = W((long)word(info, 28), wide(info, 40));
    }
}

static void catch(int signo, int flags)
{
    u8 action[48];
    clear(action, sizeof action);
    *(void **)action = (void *)on_signal;
    *(int *)(action + W(12, 40)) = flags;
    EQ(_sigaction(signo, action, 0), 0);
    caught = 0;
}

static void rest_ms(int ms)
{
    long time[2] = { ms / 1000, NS(ms * 1000000l) };
    _nsleep(time, 0);
}

/* --- clocks and timers -------------------------------------------------------------------------------------------- */

static void clocks(void)
{
    long now[2], other[2], spec[4], most[4];
    s64 id = 0;
    EQ(_clock_getres(9, now), 0);
    TRUE(now[0] == 0 && now[1] > 0);
    FAILS(_clock_getres(1, now), EINVAL);
    FAILS(_clock_settime(1, now), EINVAL);
    FAILS(_clock_settime(9, WILD), EFAULT);
    EQ(_clock_getcpuclockid(0, &id), 0);
    EQ(id, 11);                                             /* CLOCK_PROCESS_CPUTIME_ID */
    EQ(_clock_getcpuclockid(_getppid(), &id), 0);
    EQ(_clock_gettime(id, now), 0);
    FAILS(_clock_getcpuclockid(0x7ffffff, &id), ESRCH);
    FAILS(_clock_getcpuclockid(0, WILD), EFAULT);
    EQ(appgettimer(9, now), 0);                             /* TIMEOFDAY */
    EQ(_clock_gettime(9, other), 0);
    TRUE(other[0] - now[0] <= 1 && other[0] >= now[0]);
    FAILS(appgettimer(77, now), EINVAL);
    FAILS(appsettimer(77, now), EINVAL);
    FAILS(appsettimer(9, WILD), EFAULT);
    EQ(apprestimer(9, spec, most), 0);
    TRUE(spec[0] == 0 && spec[1] > 0 && most[0] == 0x7fffffff);
    FAILS(apprestimer(77, spec, most), EINVAL);
    EQ(adjtime(0, now), 0);
    FAILS(adjtime(WILD, now), EFAULT);
}

static void interval_timers(void)
{
    long spec[4] = { 0, 0, 1000, 0 }, old[4], most[4];      /* itimerstruc_t: interval, value; each {seconds, ns} */
    u8 tv[32];
    int id = gettimerid(0, 0);                              /* ITIMER_REAL, by signals */
    TRUE(id >= 0);
    FAILS(gettimerid(55, 0), EINVAL);
    EQ(incinterval(id, spec, 0), 0);
    EQ(getinterval(id, old), 0);
    TRUE(old[2] > 900 && old[2] <= 1000);
    clear(tv, sizeof tv);
    EQ(__vwpar_getitimer(0, tv), 0);
    TRUE(wide(tv, W(8, 16)) > 900 && wide(tv, W(8, 16)) <= 1000);
    FAILS(__vwpar_getitimer(9, tv), EINVAL);
    long now[2];
    _clock_gettime(9, now);
    spec[2] = now[0] + 500;
    EQ(absinterval(id, spec, old), 0);
    TRUE(old[2] > 900 && old[2] <= 1000);
    EQ(getinterval(id, old), 0);
    TRUE(old[2] > 400 && old[2] <= 500);
    catch(SIGALRM, 0);
    spec[2] = now[0] - 5;                                   /* over: due at once */
    EQ(absinterval(id, spec, 0), 0);
    rest_ms(100);
    EQ(caught, SIGALRM);
    spec[2] = 1000;
    EQ(incinterval(id, spec, 0), 0);
    EQ(reltimerid(id), 0);
    EQ(getinterval(id, old), 0);
    EQ(old[2], 0);
    FAILS(reltimerid(55), EINVAL);
    FAILS(absinterval(55, spec, 0), EINVAL);
    FAILS(getinterval(55, old), EINVAL);
    EQ(appresabs(id, old, most), 0);
    TRUE(old[2] == 0 && old[3] > 0 && most[2] > 1000000);
    EQ(appresinc(id, old, most), 0);
    FAILS(appresabs(55, old, most), EINVAL);
    FAILS(appresinc(id, WILD, most), EFAULT);
}

static void posix_timers(void)
{
    long id = -1, spec[4] = { 0, 0, 0, 20000000 }, old[4];
    u8 event[40];
    clear(event, sizeof event);                             /* sigevent: value, signo, notify */
    *(ulong *)event = 0x1234;
    *(u32 *)(event + W(4, 8)) = SIGUSR1;
    *(u32 *)(event + W(8, 12)) = 2;                         /* SIGEV_SIGNAL */
    catch(SIGUSR1, 0x100);                                  /* SA_SIGINFO */
    EQ(_timer_create(9, event, &id), 0);
    EQ(_timer_settime(id, 0, spec, 0), 0);
    rest_ms(200);
    EQ(caught, SIGUSR1);
    EQ(caught_code, 72);                                    /* SI_TIMER */
#ifdef __64BIT__
    EQ(caught_value, 0x1234);                               /* where a 32-bit siginfo has it is not public */
#endif
    EQ(_timer_getoverrun(id), 0);
    spec[2] = 1000;
    EQ(_timer_settime(id, 0, spec, old), 0);
    EQ(old[2], 0);
    EQ(_timer_gettime(id, old), 0);
    TRUE(old[2] > 900 && old[2] <= 1000);
    _clock_gettime(9, spec + 2);
    spec[2] += 300;
    EQ(_timer_settime(id, 999, spec, 0), 0);                /* TIMER_ABSTIME */
    EQ(_timer_gettime(id, old), 0);
    TRUE(old[2] > 200 && old[2] <= 300);
    EQ(_timer_delete(id), 0);
    FAILS(_timer_delete(id), EINVAL);
    FAILS(_timer_gettime(id, old), EINVAL);
    FAILS(_timer_settime(id, 0, spec, 0), EINVAL);
    FAILS(_timer_getoverrun(id), EINVAL);
    FAILS(_timer_create(1, event, &id), EINVAL);
    *(u32 *)(event + W(8, 12)) = 3;                         /* SIGEV_THREAD: a library's */
    FAILS(_timer_create(9, event, &id), EINVAL);
    FAILS(_timer_create(9, WILD, &id), EFAULT);
}

/* --- signals ------------------------------------------------------------------------------------------------------ */

static u8 other_stack[32768] __attribute__((aligned(16)));
static volatile ulong stack_in_handler;
static void note_stack(int signo)
{
    char here;
    stack_in_handler = (ulong)&here;
    caught = signo;
}

static void wake_parent(void)
{
    rest_ms(80);
    kill(_getppid(), SIGUSR2);
}

static void signals(void)
{
    u8 stack[40], old[40], action[48], set[32], info[64];
    clear(stack, sizeof stack);
    *(void **)stack = other_stack;
    *(ulong *)(stack + W(4, 8)) = sizeof other_stack;
    EQ(sigaltstack(stack, 0), 0);
    EQ(sigaltstack(0, old), 0);
    EQ(wide(old, 0), (long)other_stack);
    EQ(wide(old, W(4, 8)), sizeof other_stack);
    *(ulong *)(stack + W(4, 8)) = 10;
    FAILS(sigaltstack(stack, 0), 12);                       /* ENOMEM: below MINSIGSTKSZ */
    clear(action, sizeof action);
    *(void **)action = (void *)note_stack;
    *(int *)(action + W(12, 40)) = 1;                       /* SA_ONSTACK */
    EQ(_sigaction(SIGUSR2, action, 0), 0);
    EQ(kill(_getpid(), SIGUSR2), 0);
    TRUE(stack_in_handler - (ulong)other_stack < sizeof other_stack);
    EQ(sigcleanup(), 0);
    *(void **)stack = other_stack + sizeof other_stack;     /* sigstack: the top, and whether it is in use */
    *(u32 *)(stack + W(4, 8)) = 0;
    EQ(sigstack(stack, old), 0);
    EQ(wide(old, 0), (long)(other_stack + sizeof other_stack));
    stack_in_handler = 0;
    EQ(kill(_getpid(), SIGUSR2), 0);
    TRUE(stack_in_handler - (ulong)other_stack < sizeof other_stack);
    FAILS(sigstack(WILD, 0), EFAULT);
    catch(SIGUSR2, 0);
    int pid = kfork();
    if (pid == 0) {
        wake_parent();
        _exit(0);
    }
    FAILS(_pause(), EINTR);
    EQ(caught, SIGUSR2);
    kwaitpid(0, pid, 4, 0, 0);
    FAILS(sigreturn(WILD), EFAULT);
    catch(SIGUSR1, 0x100);
    EQ(_sigqueue(_getpid(), SIGUSR1, 77), 0);
    EQ(caught, SIGUSR1);
    EQ(caught_code, 71);                                    /* SI_QUEUE */
    FAILS(_sigqueue(_getpid(), 200, 0), EINVAL);
    clear(set, sizeof set);
    *(ulong *)set = 1ul << (SIGUSR1 - 1);
    sigprocmask(0, set, 0);
    EQ(thread_kill(_thread_self(), SIGUSR1), 0);
    EQ(__vwpar_sigtimedwait(set, info, 0), SIGUSR1);
    sigprocmask(1, set, 0);
    FAILS(thread_kill(0x7ffffff, SIGUSR1), ESRCH);
    FAILS(thread_kill(_thread_self(), 200), EINVAL);
}

/* --- threads and scheduling --------------------------------------------------------------------------------------- */

static char thread_stack[32768] __attribute__((aligned(16)));
static volatile int alive = 1, waited = -1, other_id;
static int my_errno;

static void waiting_thread(void)
{
    other_id = _thread_self();
    waited = thread_wait(5000);
    thread_terminate();
}

static void threads(void)
{
    u32 ids[2] = { (u32)_thread_self(), 0x7ffffff }, bad = 0;
    EQ(thread_wait(0), 1);                                  /* THREAD_WAIT_TIMEDOUT */
    EQ(thread_post(_thread_self()), 0);
    EQ(thread_wait(0), 0);
    EQ(thread_wait(20), 1);
    EQ(_thread_wait(0), 1);
    FAILS(thread_post(0x7ffffff), ESRCH);
    FAILS(thread_post_many(2, ids, &bad), ESRCH);
    EQ(bad, 0x7ffffff);
    EQ(thread_wait(0), 0);                                  /* the first of them was posted */
    FAILS(thread_post_many(1, WILD, 0), EFAULT);
    int tid = __vwpar_thread_create((void *)waiting_thread, 0, thread_stack + sizeof thread_stack - 256, 0, &my_errno,
                                    (void *)&alive);
    rest_ms(50);
    EQ(thread_post(tid), 0);
    while (alive)
        __vwpar_futex_wait((void *)&alive, 1, 0, 0);
    EQ(waited, 0);
    EQ(other_id, tid);
    int before = errno;
    EQ(__vwpar_thread_setup(0, &my_errno), 0);              /* errno goes there from now on */
    close(1234);
    EQ(my_errno, EBADF);
    EQ(errno, before);
    EQ(__vwpar_thread_setup(0, &errno), 0);
}

static void priorities_of_user(void)
{
    setuid(12345);
    FAILS(_setpri(0, 70), EPERM);
    FAILS(plock(1), EPERM);
    FAILS(_thread_setsched(_thread_self(), 60, 1), EPERM);
}

static void scheduling(void)
{
    int priority = _getpri(0);
    TRUE(priority >= 40 && priority < 80);
    FAILS(_getpri(0x7ffffff), ESRCH);
    FAILS(_setpri(0, 200), EINVAL);
    FAILS(_setpri(0x7ffffff, 60), ESRCH);
    EQ(sched_get_priority_max(0), 127);
    FAILS(sched_get_priority_max(9), EINVAL);
    EQ(_thread_setsched(_thread_self(), 0, 0), 0);
    FAILS(_thread_setsched(0x7ffffff, 0, 0), ESRCH);
    FAILS(_thread_setsched(_thread_self(), 0, 7), EINVAL);
    EQ(bindprocessor(2, _thread_self(), mycpu()), 0);       /* BINDTHREAD */
    EQ(bindprocessor(1, _getpid(), -1), 0);                 /* BINDPROCESS, PROCESSOR_CLASS_ANY */
    FAILS(bindprocessor(3, 0, 0), EINVAL);
    FAILS(bindprocessor(2, _thread_self(), 100000), EINVAL);
    FAILS(bindprocessor(1, 0x7ffffff, -1), ESRCH);
    if (getuidx(1) != 0)
        return;
    EQ(plock(4), 0);                                        /* DATLOCK */
    FAILS(plock(4), EINVAL);
    EQ(plock(0), 0);                                        /* UNLOCK */
    FAILS(plock(0), EINVAL);
    FAILS(plock(77), EINVAL);
    EQ(status_of(priorities_of_user), 0);
}

/* "/vwpar_" and the process's number: two of these programs may run at once. */
static const char *own_name(void)
{
    static char name[16] = "/vwpar_";
    int n = _getpid();
    for (int i = 14; i >= 7; i--, n /= 10)
        name[i] = (char)('0' + n % 10);
    return name;
}

/* --- IPC ---------------------------------------------------------------------------------------------------------- */

static void queues(void)
{
    long attributes[4] = { 0, 4, 64, 0 }, now[4];           /* mq_attr: flags, maxmsg, msgsize, curmsgs */
    char text[64];
    u32 priority = 0;
    u8 event[40];
    int q = _mq_open(own_name(), 2 | 0x100 | 0x400, 0600, attributes);
    TRUE(q >= 0);
    FAILS(_mq_open(own_name(), 2 | 0x100 | 0x400, 0600, attributes), EEXIST);
    FAILS(_mq_open("/vwpar_no_queue", 2, 0, 0), ENOENT);
    EQ(mq_send(q, "low", 3, 1), 0);
    EQ(_mq_send(q, "high", 4, 9), 0);
    EQ(mq_getattr(q, now), 0);
    TRUE(now[0] == 0 && now[1] == 4 && now[2] == 64 && now[3] == 2);
    EQ(mq_receive(q, text, 64, &priority), 4);
    TRUE(same(text, "high", 4));
    EQ(priority, 9);
    EQ(_mq_receive(q, text, 64, 0), 3);
    FAILS(mq_receive(q, text, 10, 0), EMSGSIZE);
    attributes[0] = 4;                                      /* O_NONBLOCK */
    EQ(mq_setattr(q, attributes, now), 0);
    EQ(now[0], 0);
    FAILS(mq_receive(q, text, 64, 0), EAGAIN);
    clear(event, sizeof event);
    *(u32 *)(event + W(4, 8)) = SIGUSR1;
    *(u32 *)(event + W(8, 12)) = 2;
    catch(SIGUSR1, 0x100);
    EQ(_mq_notify(q, event), 0);
    EQ(mq_send(q, "now", 3, 0), 0);
    rest_ms(20);
    EQ(caught, SIGUSR1);
    EQ(caught_code, 74);                                    /* SI_MESGQ */
    EQ(mq_close(q), 0);
    FAILS(mq_close(q), EBADF);
    FAILS(mq_getattr(q, now), EBADF);
    EQ(mq_unlink(own_name()), 0);
    FAILS(mq_unlink(own_name()), ENOENT);
    FAILS(mq_unlink("/"), EINVAL);
}

static void shared_memory(void)
{
    int fd = shm_open(own_name(), 2 | 0x100 | 0x400, 0600);
    TRUE(fd >= 0);
    FAILS(shm_open(own_name(), 2 | 0x100 | 0x400, 0600), EEXIST);
    EQ(kftruncate(fd, 8192), 0);
    char *p = mmap(0, 8192, 3, 1, fd, 0);
    p[8191] = 9;
    int again = shm_open(own_name(), 2, 0);
    char *q = mmap(0, 8192, 3, 1, again, 0);
    EQ(q[8191], 9);
    munmap(p, 8192), munmap(q, 8192), close(fd), close(again);
    EQ(shm_unlink(own_name()), 0);
    FAILS(shm_unlink(own_name()), ENOENT);
    FAILS(shm_open(own_name(), 2, 0), ENOENT);
    FAILS(shm_open(WILD, 2, 0), EFAULT);
    int id = ra_shmget(-1, 4096, 0600 | 0x2000, 0, 0, 0);
    TRUE(id >= 0);
    EQ(shmctl(id, 201, 0) == 0 || errno == EPERM || errno == 12, 1);        /* SHM_LOCK: as far as the host lets us */
    EQ(shmctl(id, 202, 0) == 0 || errno == EPERM, 1);
    u8 ds[128];
    clear(ds, sizeof ds);
    EQ(shmctl(id, 102, ds), 0);                             /* IPC_STAT */
    EQ(word(ds, 0), getuidx(1));                            /* shm_perm.uid */
    EQ(wide(ds, W(28, 32)), 4096);                          /* shm_segsz */
    FAILS(shmctl(id, 77, ds), EINVAL);
    EQ(shmctl(id, 0, 0), 0);
}

static void system_v(void)
{
    short take[3] = { 0, -1, 0 };
    long soon[2] = { 0, 20000000 };
    u8 ds[128], x[64];
    struct {
        long type;
        char text[8];
    } out = { 7, "message" };
    int id = semget(-1, 1, 0600 | 0x2000);
    FAILS(__semtimedop(id, take, 1, soon), EAGAIN);
    semctl(id, 0, 8, W(1, 1l << 32));                       /* SETVAL */
    EQ(__semtimedop(id, take, 1, soon), 0);
    FAILS(__semtimedop(id, WILD, 1, soon), EFAULT);
    FAILS(__semtimedop(id, take, 1, WILD), EFAULT);
    semctl(id, 0, 0, 0);
    id = msgget(-1, 0600 | 0x2000);
    EQ(__msgsnd(id, &out, 8, 0), 0);
    clear(ds, sizeof ds);
    EQ(msgctl(id, 102, ds), 0);                             /* IPC_STAT */
    EQ(word(ds, 16) & 0777, 0600);                          /* msg_perm.mode */
    EQ(word(ds, 36), 8);                                    /* msg_cbytes */
    EQ(word(ds, 40), 1);                                    /* msg_qnum */
    TRUE(wide(ds, W(44, 48)) >= 8);                         /* msg_qbytes */
    EQ(word(ds, W(48, 56)), _getpid());                     /* msg_lspid */
    TRUE(wide(ds, W(56, 64)) > 1500000000);                 /* msg_stime */
    clear(x, sizeof x);                                     /* msgxbuf: time, uid, gid, pid, type, text */
    EQ(__msgxrcv(id, x, 8, 0, 0), 8);
    TRUE(wide(x, 0) > 1500000000);
    EQ(word(x, W(4, 8)), getuidx(1));
    EQ(word(x, W(12, 16)), _getpid());
    EQ(wide(x, W(16, 24)), 7);
    TRUE(same(x + W(20, 32), "message", 8));
    EQ(msgctl(id, 0, 0), 0);
    FAILS(msgctl(id, 102, ds), EINVAL);
}

static void send_later(void)
{
    extern int late_queue;
    struct {
        long type;
        char text[4];
    } out = { 1, "abc" };
    rest_ms(60);
    __msgsnd(late_queue, &out, 4, 0);
    rest_ms(300);                                           /* its end is for kwaitpid, not for poll */
}
int late_queue;

/* poll with message queues: they stand behind the descriptors, and are counted in the high halves. */
static void queues_and_descriptors(void)
{
    struct {
        int fd;
        u16 events, revents;
    } p[2];
    int fds[2], status;
    pipe(fds);
    late_queue = msgget(-1, 0600 | 0x2000);
    p[0].fd = fds[0], p[0].events = 1;
    p[1].fd = late_queue, p[1].events = 1;
    EQ(_poll(p, 1 << 16 | 1, 0), 0);
    EQ(_poll(p, 1 << 16 | 1, 30), 0);
    p[1].events = 2;
    EQ(_poll(p, 1 << 16 | 1, -1), 1 << 16);                 /* it can be written */
    EQ(p[1].revents, 2);
    p[1].events = 1;
    int pid = kfork();
    if (pid == 0) {
        send_later();
        _exit(0);
    }
    EQ(_poll(p, 1 << 16 | 1, 5000), 1 << 16);
    EQ(p[0].revents, 0);
    EQ(p[1].revents, 1);
    kwaitpid(&status, pid, 4, 0, 0);
    kwrite(fds[1], "x", 1);
    EQ(_poll(p, 1 << 16 | 1, 5000), 1 << 16 | 1);
    EQ(p[0].revents, 1);
    msgctl(late_queue, 0, 0);
    EQ(_poll(p + 1, 1 << 16, 0), 1 << 16);
    EQ(p[1].revents, 0x8000);                               /* POLLNVAL: it is gone */
    close(fds[0]), close(fds[1]);
}

/* --- sockets ------------------------------------------------------------------------------------------------------ */

static void transfer(void)
{
    u8 address[16] = { 16, 2, 0, 0, 127, 0, 0, 1 }, name[32];
    char text[16];
    int size = sizeof name, a = socket(2, 2, 0), b = socket(2, 2, 0);          /* SOCK_DGRAM */
    EQ(bind(a, address, 16), 0);
    EQ(ngetsockname(a, name, &size), 0);
    EQ(sendto(b, "datagram", 8, 0, name, 16), 8);
    size = 16;
    EQ(nrecvfrom(a, text, 16, 0, address, &size), 8);
    EQ(address[0], 16);
    EQ(address[1], 2);
    EQ(size, 16);
    EQ(_esendto(b, "one", 3, 0, name, 16), 3);
    EQ(_enrecvfrom(a, text, 16, 0, address, &size), 3);
    EQ(_econnect(b, name, 16), 0);
    EQ(_connext_restart(b, name, 16), 0);
    EQ(send(b, "two", 3, 0), 3);
    size = 16;
    EQ(recvfrom(a, text, 16, 0, address, &size), 3);        /* BSD 4.3: a 16-bit family */
    EQ(half(address, 0), 2);
    size = 16;
    EQ(ngetpeername(b, address, &size), 0);
    TRUE(address[0] == 16 && same(address + 2, name + 2, 6));
    EQ(getpeername(b, address, &size), 0);
    EQ(half(address, 0), 2);
    EQ(_esend(b, "five5", 5, 0), 5);
    EQ(recv(a, text, 16, 2), 5);                            /* MSG_PEEK */
    EQ(_erecv(a, text, 16, 0), 5);
    FAILS(recv(a, text, 16, 0x4000), EAGAIN);               /* MSG_NONBLOCK */
    FAILS(ngetpeername(a, address, &size), ENOTCONN);
    FAILS(send(1234, text, 1, 0), EBADF);
    FAILS(recv(0, text, 1, 0) == -1 && errno == ENOTSOCK ? -1 : 0, ENOTSOCK);
    close(a), close(b);
}

static void connections(void)
{
    u8 address[16] = { 16, 2, 0, 0, 127, 0, 0, 1 }, name[32];
    int size = sizeof name, server = socket(2, 1, 0), client = socket(2, 1, 0);
    char c;
    EQ(bind(server, address, 16), 0);
    EQ(listen(server, 5), 0);
    EQ(ngetsockname(server, name, &size), 0);
    EQ(connext(client, name, 16), 0);
    size = sizeof address;
    int peer = accept(server, address, &size);              /* BSD 4.3 */
    TRUE(peer >= 0);
    EQ(half(address, 0), 2);
    EQ(shutdown(client, 1), 0);
    EQ(recv(peer, &c, 1, 0), 0);
    FAILS(shutdown(1234, 1), EBADF);
    FAILS(shutdown(peer, 7), EINVAL);
    close(peer), close(client), close(server);
}

/* The old msghdr: where the control messages are, an array of descriptors; no flags behind. */
static void old_messages(void)
{
    int pair[2], passed[2], descriptors[2];
    u8 message[48];
    char byte = 'm';
    ulong iov[2] = { (ulong)&byte, 1 };
    u32 uid = 99, gid = 99;
    EQ(socketpair(1, 1, 0, pair), 0);
    EQ(getpeereid(pair[0], &uid, &gid), 0);
    EQ(uid, getuidx(1));
    EQ(gid, getgidx(1));
    FAILS(getpeereid(1234, &uid, &gid), EBADF);
    FAILS(getpeereid(pair[0], WILD, &gid), EFAULT);
    pipe(passed);
    clear(message, sizeof message);
    *(ulong *)(message + W(8, 16)) = (ulong)iov;
    *(u32 *)(message + W(12, 24)) = 1;
    *(ulong *)(message + W(16, 32)) = (ulong)passed;
    *(u32 *)(message + W(20, 40)) = 8;
    EQ(sendmsg(pair[0], message, 0), 1);
    *(ulong *)(message + W(16, 32)) = (ulong)descriptors;
    *(u32 *)(message + W(20, 40)) = 8;
    *(u32 *)(message + W(24, 44)) = 0x5555;
    byte = 0;
    EQ(recvmsg(pair[1], message, 0), 1);
    EQ(byte, 'm');
    EQ(word(message, W(20, 40)), 8);
    EQ(word(message, W(24, 44)), 0x5555);
    EQ(kwrite(descriptors[1], "y", 1), 1);
    EQ(kread(passed[0], &byte, 1), 1);
    EQ(byte, 'y');
    *(u32 *)(message + W(20, 40)) = 0;
    EQ(_esendmsg(pair[0], message, 0), 1);
    EQ(_erecvmsg(pair[1], message, 0), 1);
    EQ(_ensendmsg(pair[0], message, 0), 1);
    EQ(_enrecvmsg(pair[1], message, 0), 1);
    FAILS(sendmsg(pair[0], WILD, 0), EFAULT);
    FAILS(recvmsg(pair[0], WILD, 0), EFAULT);
    for (int i = 0; i < 2; i++)
        close(pair[i]), close(passed[i]), close(descriptors[i]);
}

static void sending_files(void)
{
    u8 p[64];                                               /* sf_parms */
    int pair[2], fd = open("sent", 2 | 0x100, 0600);
    char text[32];
    kwrite(fd, "0123456789", 10);
    socketpair(1, 1, 0, pair);
    clear(p, sizeof p);
    *(const char **)p = "head";
    *(u32 *)(p + W(4, 8)) = 4;
    *(int *)(p + W(8, 12)) = fd;
    *(s64 *)(p + 24) = 2;                                   /* file_offset */
    *(s64 *)(p + 32) = 5;                                   /* file_bytes */
    *(const char **)(p + 40) = "tail!";
    *(u32 *)(p + W(44, 48)) = 5;
    EQ(send_file(&pair[0], p, 0), 0);
    EQ(*(s64 *)(p + W(48, 56)), 14);                        /* bytes_sent */
    EQ(*(s64 *)(p + 16), 10);                               /* file_size */
    EQ(recv(pair[1], text, 32, 0x40 | 0x4000) > 0, 1);
    TRUE(same(text, "head23456tail!", 14));
    *(s64 *)(p + 32) = -1;                                  /* to the end */
    *(s64 *)(p + 24) = 8;
    EQ(send_file(&pair[0], p, 1), 0);                       /* SF_CLOSE */
    EQ(pair[0], -1);
    EQ(recv(pair[1], text, 32, 0), 2);
    EQ(recv(pair[1], text, 32, 0), 0);
    FAILS(send_file(WILD, p, 0), EFAULT);
    FAILS(send_file(&pair[1], WILD, 0), EFAULT);
    FAILS(send_file(&pair[1], p, 0x100), EINVAL);
    close(pair[1]), close(fd);
    unlink("sent");
}

/* Messages as Go's net package reads them; the loopback interface is always there. */
static void interfaces(void)
{
    enum { IFLIST = 1 << 8 | 3 | 1 << 30 };
    static u8 list[65536], request[40];
    long size = sizeof list;
    int needed = getkerninfo(IFLIST, 0, 0, 0), loopbacks = 0, addresses = 0;
    TRUE(needed > 16 + 128);
    EQ(getkerninfo(IFLIST, list, &size, 0), 0);
    EQ(size, needed);
    for (long at = 0; at < size && half(list, (ulong)at); at += half(list, (ulong)at)) {
        u8 *m = list + at;
        if (m[3] == 0xe && word(m, 8) & 8) {                /* RTM_IFINFO, IFF_LOOPBACK */
            loopbacks++;
            EQ(word(m, 4), 0x10);                           /* RTA_IFP */
            EQ(m[16], 128);                                 /* sockaddr_dl: length, family, index, type, lengths, name */
            EQ(m[17], 18);
            EQ(half(m, 18), half(m, 12));
            EQ(m[21], 2);
            TRUE(same(m + 24, "lo", 2));
        } else if (m[3] == 0xc && m[17] == 2 && word(m, 36) == 0x7f000001) {    /* RTM_NEWADDR of 127.0.0.1 */
            addresses++;
            EQ(word(m, 4), 0x24);                           /* RTA_NETMASK, RTA_IFA */
            EQ(word(m, 20), 0xff000000);
            EQ(m[32], 16);
        }
    }
    EQ(loopbacks, 1);
    EQ(addresses, 1);
    size = 10;
    FAILS(getkerninfo(IFLIST, list, &size, 0), 12);         /* ENOMEM */
    FAILS(getkerninfo(12345, list, &size, 0), EINVAL);
    int s = socket(2, 2, 0);
    clear(request, sizeof request);
    request[0] = 'l', request[1] = 'o';
    EQ(kioctl(s, (int)0xC0286911, request, 0), 0);          /* SIOCGIFFLAGS */
    EQ(word(request, 16) & 9, 9);                           /* UP, LOOPBACK */
    EQ(kioctl(s, (int)0xC0286956, request, 0), 0);          /* SIOCGIFMTU */
    TRUE(word(request, 16) >= 1500);
    EQ(kioctl(s, (int)0xC0286921, request, 0), 0);          /* SIOCGIFADDR */
    TRUE(request[16] == 16 && request[17] == 2 && word(request, 20) == 0x7f000001);
    EQ(kioctl(s, (int)0xC0286925, request, 0), 0);          /* SIOCGIFNETMASK */
    EQ(word(request, 20), 0xff000000);
    request[0] = '?';
    FAILS(kioctl(s, (int)0xC0286911, request, 0), ENXIO);
    int room = 0;
    EQ(kioctl(s, 0x4004696A, &room, 0), 0);                 /* SIOCGSIZIFCONF */
    TRUE(room >= 32);
    u8 conf[16];                                            /* ifconf: room, where */
    *(int *)conf = (int)sizeof list;
    *(void **)(conf + W(4, 8)) = list;
    EQ(kioctl(s, W((int)0xC0086945, (int)0xC0106945), conf, 0), 0);
    EQ(*(int *)conf, room);
    EQ(list[17] == 2 || list[17] == 24, 1);
    close(s);
    int ends[2];
    pipe(ends);
    FAILS(kioctl(ends[0], (int)0xC0286911, request, 0), ENOTTY);
    close(ends[0]), close(ends[1]);
}

/* --- pollset ------------------------------------------------------------------------------------------------------ */

static void pollsets(void)
{
    struct control {
        short cmd, events;
        int fd;
    } add[2], bad;
    struct found {
        int fd;
        u16 events, revents;
    } found[4];
    int fds[2], set = pollset_create(-1);
    TRUE(set >= 0);
    pipe(fds);
    add[0] = (struct control){ 0, 1, fds[0] };              /* PS_ADD, POLLIN */
    add[1] = (struct control){ 0, 2, fds[1] };              /* POLLOUT */
    EQ(pollset_ctl(set, add, 2), 0);
    EQ(pollset_poll(set, found, 4, 0), 1);
    EQ(found[0].fd, fds[1]);
    EQ(found[0].revents, 2);
    kwrite(fds[1], "x", 1);
    EQ(pollset_poll(set, found, 4, -1), 2);
    EQ(_pollset_poll(set, found, 1, 0), 1);
    found[0].fd = fds[0];
    EQ(pollset_query(set, found), 1);
    EQ(found[0].events, 1);
    add[1].cmd = 2;                                         /* PS_DELETE */
    EQ(pollset_ctl(set, add + 1, 1), 0);
    found[0].fd = fds[1];
    EQ(pollset_query(set, found), 0);
    FAILS(pollset_ctl(set, add + 1, 1), ENOENT);
    add[1].cmd = 1;                                         /* PS_MOD adds what is not there */
    bad = (struct control){ 0, 1, 1234 };
    EQ(pollset_ctl(set, add + 1, 1), 0);
    FAILS(pollset_ctl(set, &bad, 1), EBADF);
    FAILS(pollset_ctl(set, WILD, 1), EFAULT);
    FAILS(pollset_poll(set, WILD, 4, 0), EFAULT);
    close(fds[1]);                                          /* leaves the set by itself */
    EQ(pollset_poll(set, found, 4, 0), 1);
    EQ(found[0].fd, fds[0]);
    EQ(pollset_destroy(set), 0);
    FAILS(pollset_destroy(set), EINVAL);
    FAILS(pollset_poll(set, found, 4, 0), EINVAL);
    FAILS(pollset_query(set, found), EINVAL);
    FAILS(pollset_create(0), EINVAL);
    close(fds[0]);
}

/* --- privileges, tracing, the kernel itself ----------------------------------------------------------------------- */

static void ordinary_user(void)
{
    u8 set[8], none[8];
    char text[64];
    clear(none, sizeof none);
    setuid(12345);
    EQ(getpriv(1, set, 8), 0);
    TRUE(same(set, none, 8));
    EQ(setpriv(1, none, 8), 0);
    none[0] = 1;
    FAILS(setpriv(1, none, 8), EPERM);
    FAILS(privcheck(1), EPERM);
    FAILS(auditlog("event", 0, 0, 0), EPERM);
    FAILS(usrinfo(2, text, 8), EPERM);
}

static void privileges(void)
{
    u8 set[8];
    char text[64];
    FAILS(getpriv(1, WILD, 8), EFAULT);
    FAILS(getpriv(1, set, 4), EINVAL);
    TRUE(usrinfo(1, text, sizeof text) > 0);                /* GETUINFO */
    TRUE(same(text, "NAME=", 5));
    FAILS(usrinfo(9, text, 8), EINVAL);
    FAILS(usrinfo(1, WILD, 64), EFAULT);
    if (getuidx(1) != 0)
        return;
    EQ(getpriv(1, set, 8), 0);
    EQ(set[0], 0xff);
    EQ(setpriv(1, set, 8), 0);
    EQ(privcheck(1), 0);
    EQ(auditlog("event", 0, "record", 6), 0);
    FAILS(auditlog(WILD, 0, 0, 0), EFAULT);
    FAILS(auditlog("a name that is too long", 0, 0, 0), EINVAL);
    EQ(usrinfo(2, "NAME=x\0TTY=y\0", 14), 14);              /* SETUINFO */
    EQ(usrinfo(1, text, 64), 64);
    TRUE(same(text, "NAME=x\0TTY=y\0", 14));
    FAILS(usrinfo(2, text, 65), EINVAL);
    EQ(status_of(ordinary_user), 0);
}

/* What a run-time linker asks; this program is the only module, and has no __rtinit. */
static void loader_questions(void)
{
    u8 info[256], list[64];
    EQ(loadquery(2, info, sizeof info), 0);                 /* L_GETINFO */
    EQ(word(info, 0), 0);                                   /* no next one */
    ulong text = W(word(info, 8), (ulong)wide(info, 16)), data = W(word(info, 16), (ulong)wide(info, 32));
    FAILS(loadquery(77, info, sizeof info), EINVAL);
    EQ(loadquery(3, info, sizeof info), 0);                 /* L_GETLIBPATH */
    FAILS(loadquery(3, info, 0), 12);
#ifdef __64BIT__
    (void)text, (void)data, (void)list;
    FAILS(__loadx(3u << 24, list, 0, 0, 0), ENOSYS);
#else
    EQ(__loadx(3u << 24, list, (void *)sizeof list, 0, 0), 0);      /* EXECQ: head, then the modules to initialise */
    EQ(word(list, 4), 32);
    EQ(word(list, 8), 1);
    EQ(word(list, 16), text);
    EQ(word(list, 20), data);
    EQ(half(list, 30), 0);                                  /* no DL_HAS_RTINIT */
    EQ(__loadx(3u << 24, list, (void *)sizeof list, 0, 0), 0);
    EQ(word(list, 8), 0);                                   /* once */
    FAILS(__loadx(3u << 24, WILD, (void *)64, 0, 0), EFAULT);
    FAILS(__loadx(3u << 24, list, (void *)8, 0, 0), EINVAL);
    EQ(__loadx(6u << 24, 0, 0, 0, 0), 0);                   /* INIT */
    EQ(__loadx(0xBu << 24, "kwrite", 0, 0, 0), (long)kwrite);       /* UNIX_SYSCALL: a descriptor */
    FAILS(__loadx(7u << 24, "none", 0, (void *)data, 0), ENOENT);   /* GETSYM */
    FAILS(__loadx(0xAu << 24, "none", list, list, 0), ENOENT);      /* GLOBALSYM */
    FAILS(__loadx(1u << 24, list, (void *)64, "none.so", 0), ENOENT);
    FAILS(__loadx(5u << 24, list, (void *)64, (void *)4, 0), EINVAL);       /* PREUNLOADQ of what was not loaded */
    FAILS(__loadx(0x7Fu << 24, 0, 0, 0, 0), EINVAL);
#endif
}

static void kernel_itself(void)
{
    u8 list[48];
    clear(list, sizeof list);
    *(const char **)list = "avenrun";
    for (ulong i = W(4, 8); i < W(16, 24); i++)
        list[i] = 0xAA;
    EQ(knlist(list, 1, W(16, 24)), 0);
    for (ulong i = W(4, 8); i < W(16, 24); i++)
        EQ(list[i], 0);                                     /* not found */
    EQ(same(*(const char **)list, "avenrun", 8), 1);
    FAILS(knlist(WILD, 1, W(16, 24)), EFAULT);
    FAILS(knlist(list, 1, 5), EINVAL);
    TRUE(psdanger(0) >= 0);
    EQ(Trconflag, 0);                                       /* the trace is off */
    int *volatile one = &errno, *volatile other = &_errno;  /* one cell with two names */
    TRUE(one == other);
    EQ(profil(0, 0, 0, 0), 0);
    EQ(trcgent(0, 1, 2, 0, 0) | trcgen(0, 1, 2, 0, 0) | trchk(1) | trchkt(1) | trchkl(1, 2) | trchklt(1, 2), 0);
    EQ(trchkg(1, 2, 3, 4, 5, 6) | trchkgt(1, 2, 3, 4, 5, 6) | utrchook_sc(1, 2, 3, 4, 5, 6) | utrchook(1, 2, 3, 4, 5, 6), 0);
    FAILS(sysconfig(1234, 0, 0), EINVAL);
    FAILS(sys_parm(1234, 0, 0), EINVAL);
}

static int run(int argc, char **argv)
{
    if (argc != 2 || chdir(argv[1]) < 0)
        return 99;
    clocks();
    interval_timers();
    posix_timers();
    signals();
    threads();
    scheduling();
    queues();
    shared_memory();
    system_v();
    queues_and_descriptors();
    transfer();
    connections();
    old_messages();
    sending_files();
    interfaces();
    pollsets();
    privileges();
    loader_questions();
    kernel_itself();
    return failures ? 1 : 0;
}
