/* errno.c -- where errno is: the kernel's data object for the first thread, the thread's own cell once libpthreads has set the
 * hook [aix-abi 4.15: errno].
 */
#include <errno.h>
#include "../include/cancel.h"
#undef errno

int *(*__vwpar_errno_hook)(void);
int (*__vwpar_cancel_hook)(int);    /* include/cancel.h */

int *_Errno(void)
{
    return __vwpar_errno_hook ? __vwpar_errno_hook() : &errno;
}
