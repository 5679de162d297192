/* bsd.c -- libbsd.a: the functions that Berkeley's system has by the same names with other meanings [IBM's manual: libbsd.a]. Linked
 * statically in front of libc, so that a program made with -lbsd gets these.
 */
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

int setpgid(pid_t, pid_t);

void (*signal(int sig, void (*handler)(int)))(int) { return bsdsignal(sig, handler); }

/* Two arguments here; System V's has none. */
#undef setpgrp
int setpgrp_bsd(pid_t pid, pid_t group) __asm__("setpgrp");
int setpgrp_bsd(pid_t pid, pid_t group) { return setpgid(pid, group); }
