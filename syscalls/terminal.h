/* terminal.h -- terminal modes between AIX's termios and the host's kernel one [aix-abi 4.12]. */
#ifndef SYSCALLS_TERMINAL_H
#define SYSCALLS_TERMINAL_H

#include "syscalls/abi/common.h"

/* The kernel's form, as TCGETS and TCSETS take it. */
struct host_termios {
    uint32_t c_iflag, c_oflag, c_cflag, c_lflag;
    uint8_t c_line, c_cc[19];
};

void termios_to_guest(struct aix_termios *g, const struct host_termios *h);

/* Bits and characters that AIX has are replaced in *h, the others stay. */
void termios_from_guest(struct host_termios *h, const struct aix_termios *g);

#endif
