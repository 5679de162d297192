/* fork.c -- fork, with what must not be torn in the child held across it.
 *
 * libpthreads sets the hook; it is called with 0 before, 1 after in the parent, 2 in the child (pthread_atfork handlers).
 */
#include <unistd.h>
#include "../include/kernel.h"

void (*__vwpar_atfork_hook)(int phase);

void __libc_malloc_lock(void);      /* malloc/malloc.c */
void __libc_malloc_unlock(void);

pid_t fork(void)
{
    void (*hook)(int) = __vwpar_atfork_hook;

    if (hook)
        hook(0);
    __libc_malloc_lock();
    pid_t pid = kfork();
    __libc_malloc_unlock();
    if (hook)
        hook(pid == 0 ? 2 : 1);
    return pid;
}

pid_t vfork(void)
{
    return fork();
}
