/* sys/signal.h -- signals [aix-abi 4.6, 4.7]. */
#ifndef _H_SIGNAL
#define _H_SIGNAL

#include <sys/types.h>
#include <sys/sigset.h>

#define SIGHUP        1
#define SIGINT        2
#define SIGQUIT       3
#define SIGILL        4
#define SIGTRAP       5
#define SIGABRT       6
#define SIGEMT        7
#define SIGFPE        8
#define SIGKILL       9
#define SIGBUS        10
#define SIGSEGV       11
#define SIGSYS        12
#define SIGPIPE       13
#define SIGALRM       14
#define SIGTERM       15
#define SIGURG        16
#define SIGSTOP       17
#define SIGTSTP       18
#define SIGCONT       19
#define SIGCHLD       20
#define SIGTTIN       21
#define SIGTTOU       22
#define SIGIO         23
#define SIGXCPU       24
#define SIGXFSZ       25
#define SIGMSG        27
#define SIGWINCH      28
#define SIGPWR        29
#define SIGUSR1       30
#define SIGUSR2       31
#define SIGPROF       32
#define SIGDANGER     33
#define SIGVTALRM     34
#define SIGMIGRATE    35
#define SIGPRE        36
#define SIGVIRT       37
#define SIGALRM1      38
#define SIGWAITING    39
#define SIGSYSERROR   48
#define SIGCAPI       49
#define SIGRECONFIG   58
#define SIGCPUFAIL    59
#define SIGGRANT      60
#define SIGRETRACT    61
#define SIGSOUND      62
#define SIGSAK        63
#define SIGIOT        SIGABRT
#define SIGLOST       SIGABRT
#define SIGIOINT      SIGURG
#define SIGPOLL       SIGIO
#define SIGAIO        SIGIO
#define SIGPTY        SIGIO
#define SIGCLD        SIGCHLD
#define SIGTALRM      SIGALRM1
#define SIGKAP        SIGGRANT
#define SIGRTMIN      50
#define SIGRTMAX      57
#ifdef __64BIT__
#define SIGMAX        255
#else
#define SIGMAX        63
#endif
#define NSIG          (SIGMAX + 1)

#define SIG_DFL   ((void (*)(int))0)
#define SIG_IGN   ((void (*)(int))1)
#define SIG_HOLD  ((void (*)(int))2)    /* recalled */
#define SIG_ERR   ((void (*)(int))-1)

#define SIG_BLOCK   0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

#define SA_ONSTACK   0x001
#define SA_RESETHAND 0x002
#define SA_OLDSTYLE  (SA_RESETHAND | SA_NODEFER)
#define SA_NOCLDSTOP 0x004
#define SA_RESTART   0x008
#define SA_SIGINFO   0x100
#define SA_NODEFER   0x200
#define SA_NOCLDWAIT 0x400

union sigval {
    int sival_int;
    void *sival_ptr;
};
typedef union sigval sigval_t;

typedef struct siginfo {        /* 64 bytes */
    int si_signo, si_errno, si_code;
    pid_t si_pid;
    uid_t si_uid;
#ifdef __64BIT__
    int si_status;
    void *si_addr;
    long si_band;
    union sigval si_value;
    int __si_flags, __pad[3];
#else
    void *si_addr;              /* measured on 5.2 at 20; what follows is not verified */
    long si_band;
    union sigval si_value;
    int __si_flags, si_status, __pad[6];
#endif
} siginfo_t;

#define SI_USER    0
#define SI_UNDEFINED 8
#define SI_EMPTY   9
#define SI_QUEUE   71
#define SI_TIMER   72
#define SI_ASYNCIO 73
#define SI_MESGQ   74
#define BUS_ADRALN 1
#define BUS_ADRERR 2
#define BUS_OBJERR 3
#define CLD_EXITED 10
#define CLD_KILLED 11
#define CLD_DUMPED 12
#define CLD_TRAPPED 13
#define CLD_STOPPED 14
#define CLD_CONTINUED 15
#define FPE_INTDIV 20
#define FPE_INTOVF 21
#define FPE_FLTDIV 22
#define FPE_FLTOVF 23
#define FPE_FLTUND 24
#define FPE_FLTRES 25
#define FPE_FLTINV 26
#define FPE_FLTSUB 27
#define ILL_ILLOPC 30
#define ILL_ILLOPN 31
#define ILL_ILLADR 32
#define ILL_ILLTRP 33
#define ILL_PRVOPC 34
#define ILL_PRVREG 35
#define ILL_COPROC 36
#define ILL_BADSTK 37
#define SEGV_MAPERR 50
#define SEGV_ACCERR 51
#define TRAP_BRKPT 60
#define TRAP_TRACE 61

struct sigaction {              /* 16 bytes in 32-bit, 48 in 64-bit programs */
    union {
        void (*__su_handler)(int);
        void (*__su_sigaction)(int, siginfo_t *, void *);
    } sa_union;
    sigset_t sa_mask;
    int sa_flags;
};
#define sa_handler   sa_union.__su_handler
#define sa_sigaction sa_union.__su_sigaction

typedef struct sigaltstack {    /* 28 bytes in 32-bit, 40 in 64-bit programs */
    void *ss_sp;
    size_t ss_size;
    int ss_flags;
    int __pad[4];
} stack_t;
#define SS_ONSTACK 1
#define SS_DISABLE 2
#define MINSIGSTKSZ 1200
#define SIGSTKSZ 4096

struct sigevent {
    union sigval sigev_value;
    int sigev_signo, sigev_notify;
    void (*sigev_notify_function)(union sigval);
    pthread_attr_t *sigev_notify_attributes;
};
#define SIGEV_NONE   1
#define SIGEV_SIGNAL 2
#define SIGEV_THREAD 3

struct sigvec {
    void (*sv_handler)(int);
    int sv_mask, sv_flags;
};
struct sigstack {
    char *ss_sp;
    int ss_onstack;
};

#include <sys/context.h>

#endif
