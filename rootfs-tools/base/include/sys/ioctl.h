/* sys/ioctl.h -- device control: IN 0x80000000, OUT 0x40000000, VOID 0x20000000, size << 16, letter << 8, number [aix-abi 4.12]. */
#ifndef _H_IOCTL
#define _H_IOCTL

#include <sys/types.h>

#define IOCPARM_MASK 0x7f
#define _IO(x, y)      (0x20000000 | ((x) << 8) | (y))
#define _IOR(x, y, t)  (0x40000000 | ((sizeof(t) & IOCPARM_MASK) << 16) | ((x) << 8) | (y))
#define _IOW(x, y, t)  ((int)0x80000000 | (((int)sizeof(t) & IOCPARM_MASK) << 16) | ((x) << 8) | (y))
#define _IOWR(x, y, t) ((int)0xc0000000 | (((int)sizeof(t) & IOCPARM_MASK) << 16) | ((x) << 8) | (y))

struct winsize {
    unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

#define TCGETS  0x5401
#define TCSETS  0x5402
#define TCSETSW 0x5403
#define TCSETSF 0x5404
#define TCGETA  0x5405
#define TCSETA  0x5406
#define TCSETAW 0x5407
#define TCSETAF 0x5408
#define TCSBRK  0x5409
#define TCXONC  0x540b
#define TCFLSH  0x540c
#define TXISATTY  0x5800
#define TXTTYNAME 0x5801
#define TIOCGWINSZ 0x40087468
#define TIOCSWINSZ ((int)0x80087467)
#define TIOCGPGRP  0x40047477
#define TIOCSPGRP  ((int)0x80047476)
#define TIOCGSID   0x40047448
#define TIOCNOTTY  0x20007471
#define TIOCSTI    ((int)0x80017472)
#define TIOCOUTQ   0x40047473
#define TIOCEXCL   0x2000740d
#define TIOCNXCL   0x2000740e
#define TIOCPKT    ((int)0x80047470)
#define TIOCCONS   ((int)0x80047462)
#define TIOCMGET   0x4004746a
#define TIOCSBRK   0x2000747b
#define TIOCCBRK   0x2000747a
#define TIOCFLUSH  ((int)0x80047410)
#define FIONREAD   0x4004667f
#define FIONBIO    ((int)0x8004667e)
#define FIOASYNC   ((int)0x8004667d)
#define FIOCLEX    0x20006601
#define FIONCLEX   0x20006602
#define UNLKPT     _IO('t', 70)
#define ISPTM      _IO('t', 71)
#define ISPTS      _IO('t', 73)
#define GRTPT      _IO('t', 74)
#ifdef __64BIT__
#define SIOCGIFCONF ((int)0xc0106945)
#else
#define SIOCGIFCONF ((int)0xc0086945)
#endif
#define SIOCGIFFLAGS   ((int)0xc0286911)
#define SIOCGIFADDR    ((int)0xc0286921)
#define SIOCGIFBRDADDR ((int)0xc0286923)
#define SIOCGIFNETMASK ((int)0xc0286925)
#define SIOCATMARK     0x40047307
#define SIOCGSIZIFCONF 0x4004696a

int ioctl(int, int, ...);
int ioctlx(int, int, void *, void *);

#endif
