/* termios.h -- terminals [aix-abi 4.12]. */
#ifndef _H_TERMIOS
#define _H_TERMIOS

#include <sys/types.h>

#define NCCS 16
typedef unsigned int tcflag_t;
typedef unsigned char cc_t;
typedef unsigned int speed_t;
struct termios {
    tcflag_t c_iflag, c_oflag, c_cflag, c_lflag;
    cc_t c_cc[NCCS];
};

#define VINTR   0
#define VQUIT   1
#define VERASE  2
#define VKILL   3
#define VEOF    4
#define VMIN    4
#define VEOL    5
#define VTIME   5
#define VEOL2   6
#define VSTRT   7
#define VSTART  7
#define VSTOP   8
#define VSUSP   9
#define VDSUSP  10
#define VREPRINT 11
#define VDISCRD 12
#define VWERSE  13
#define VLNEXT  14

#define IGNBRK 0x00000001
#define BRKINT 0x00000002
#define IGNPAR 0x00000004
#define PARMRK 0x00000008
#define INPCK  0x00000010
#define ISTRIP 0x00000020
#define INLCR  0x00000040
#define IGNCR  0x00000080
#define ICRNL  0x00000100
#define IXON   0x00000200
#define IXOFF  0x00000400
#define IUCLC  0x00000800
#define IXANY  0x00001000
#define IMAXBEL 0x00010000
#define OPOST  0x00000001
#define OLCUC  0x00000002
#define ONLCR  0x00000004
#define OCRNL  0x00000008
#define ONOCR  0x00000010
#define ONLRET 0x00000020
#define OFILL  0x00000040
#define OFDEL  0x00000080
#define CRDLY  0x00000300
#define CR0    0x00000000
#define CR1    0x00000100
#define CR2    0x00000200
#define CR3    0x00000300
#define TABDLY 0x00000c00
#define TAB0   0x00000000
#define TAB1   0x00000400
#define TAB2   0x00000800
#define TAB3   0x00000c00
#define BSDLY  0x00001000
#define BS0    0x00000000
#define BS1    0x00001000
#define FFDLY  0x00002000
#define FF0    0x00000000
#define FF1    0x00002000
#define NLDLY  0x00004000
#define NL0    0x00000000
#define NL1    0x00004000
#define VTDLY  0x00008000
#define VT0    0x00000000
#define VT1    0x00008000
#define OXTABS 0x00040000
#define ONOEOT 0x00080000
#define CBAUD  0x0000000f
#define CSIZE  0x00000030
#define CS5    0x00000000
#define CS6    0x00000010
#define CS7    0x00000020
#define CS8    0x00000030
#define CSTOPB 0x00000040
#define CREAD  0x00000080
#define PARENB 0x00000100
#define PARODD 0x00000200
#define HUPCL  0x00000400
#define CLOCAL 0x00000800
#define CIBAUD 0x000f0000
#define PAREXT 0x00100000
#define ISIG   0x00000001
#define ICANON 0x00000002
#define XCASE  0x00000004
#define ECHO   0x00000008
#define ECHOE  0x00000010
#define ECHOK  0x00000020
#define ECHONL 0x00000040
#define NOFLSH 0x00000080
#define TOSTOP 0x00010000
#define ECHOCTL 0x00020000
#define ECHOPRT 0x00040000
#define ECHOKE 0x00080000
#define FLUSHO 0x00100000
#define IEXTEN 0x00200000
#define ALTWERASE 0x00400000
#define PENDIN 0x20000000

#define B0     0
#define B50    1
#define B75    2
#define B110   3
#define B134   4
#define B150   5
#define B200   6
#define B300   7
#define B600   8
#define B1200  9
#define B1800  10
#define B2400  11
#define B4800  12
#define B9600  13
#define B19200 14
#define B38400 15
#define EXTA   B19200
#define EXTB   B38400

#define TCSANOW   0
#define TCSADRAIN 1
#define TCSAFLUSH 2
#define TCIFLUSH  0             /* the rest of the page: recalled */
#define TCOFLUSH  1
#define TCIOFLUSH 2
#define TCOOFF    0
#define TCOON     1
#define TCIOFF    2
#define TCION     3

speed_t cfgetispeed(const struct termios *);
speed_t cfgetospeed(const struct termios *);
int cfsetispeed(struct termios *, speed_t);
int cfsetospeed(struct termios *, speed_t);
void cfmakeraw(struct termios *);
int tcdrain(int);
int tcflow(int, int);
int tcflush(int, int);
int tcgetattr(int, struct termios *);
pid_t tcgetsid(int);
int tcsendbreak(int, int);
int tcsetattr(int, int, const struct termios *);

#endif
