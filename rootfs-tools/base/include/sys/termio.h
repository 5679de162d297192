/* sys/termio.h -- terminals, System V form. */
#ifndef _H_TERMIO
#define _H_TERMIO

#include <termios.h>
#include <sys/ioctl.h>

#define NCC 8
struct termio {
    unsigned short c_iflag, c_oflag, c_cflag, c_lflag;
    char c_line;
    unsigned char c_cc[NCC];
};

#endif
