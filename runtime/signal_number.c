/* signal_number.c -- signal numbers, names and default actions, from signal_number.def. */
#include "runtime/signal_number.h"

#include <stdio.h>

#include "runtime/signal.h"

enum { FIRST_RT = 34 };         /* the two below are the C library's */
#define RT(n) (FIRST_RT + (n))

static const uint8_t to_host[AIX_SIGMAX + 1] = {
#define SIGNAL(n, name, host, action) [n] = host,
#include "runtime/signal_number.def"
#undef SIGNAL
};

static const uint8_t from_host[HOST_SIGMAX + 1] = {
#define SIGNAL(n, name, host, action) [host] = n,
#include "runtime/signal_number.def"
#undef SIGNAL
};

static const char *const names[AIX_SIGMAX + 1] = {
#define SIGNAL(n, name, host, action) [n] = "SIG" #name,
#include "runtime/signal_number.def"
#undef SIGNAL
};

static const uint8_t actions[AIX_SIGMAX + 1] = {
#define SIGNAL(n, name, host, action) [n] = DEFAULT_##action,
#include "runtime/signal_number.def"
#undef SIGNAL
};

int signal_to_host(int signo) { return signo > 0 && signo <= AIX_SIGMAX ? to_host[signo] : 0; }
int signal_from_host(int host) { return host > 0 && host <= HOST_SIGMAX ? from_host[host] : 0; }

enum default_action signal_default(int signo)
{
    return signo > 0 && signo <= AIX_SIGMAX ? actions[signo] : DEFAULT_TERM;
}

const char *signal_name(int signo)
{
    static __thread char text[16];

    if (signo > 0 && signo <= AIX_SIGMAX && names[signo])
        return names[signo];
    snprintf(text, sizeof text, "SIG%d", signo);
    return text;
}
