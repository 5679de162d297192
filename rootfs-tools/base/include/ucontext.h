/* ucontext.h -- user contexts. */
#include <sys/signal.h>
