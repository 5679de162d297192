/* sys/thread.h -- kernel threads. */
#ifndef _H_THREAD
#define _H_THREAD

#include <sys/types.h>

tid_t thread_self(void);
int thread_kill(tid_t, int);

#endif
