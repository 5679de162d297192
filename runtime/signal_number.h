/* signal_number.h -- default actions of signals; numbers and names are in signal.h. */
#ifndef RUNTIME_SIGNAL_NUMBER_H
#define RUNTIME_SIGNAL_NUMBER_H

enum { HOST_SIGMAX = 64, HOST_SIG_KICK = 64 };  /* the kick only interrupts a thread */

enum default_action { DEFAULT_TERM, DEFAULT_CORE, DEFAULT_IGNORE, DEFAULT_STOP, DEFAULT_CONTINUE };

enum default_action signal_default(int signo);

#endif
