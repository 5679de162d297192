/* fork.c -- fork() across the runner's locks, threads and connections.
 *
 * The memory map is held, so that the child's list says what the child's memory is; the list of threads is held with signals blocked, so
 * that no handler runs in the child before its thread state is right. Pending signals are the parent's alone.
 */
#include "runtime/fork.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "runtime/guest_map.h"
#include "runtime/log.h"
#include "runtime/reserve.h"
#include "runtime/signal.h"
#include "runtime/thread.h"

static struct fork_hooks registered[16];
static unsigned count;

void fork_register(const struct fork_hooks *hooks)
{
    if (count == ARRAY_LEN(registered))
        BUG("too many fork hooks");
    registered[count++] = *hooks;
}

static void after_in_child(void)
{
    thread_after_fork();
    guest_map_after_fork();
    signal_after_fork();
    reserve_after_fork();
    for (unsigned i = 0; i < count; i++)
        if (registered[i].child)
            registered[i].child();
}

static void after_in_parent(const sigset_t *mask)
{
    thread_list_unlock(mask);
    guest_map_unlock();
    for (unsigned i = 0; i < count; i++)
        if (registered[i].parent)
            registered[i].parent();
}

pid_t process_fork(void)
{
    sigset_t mask;

    for (unsigned i = count; i-- > 0;)
        if (registered[i].prepare)
            registered[i].prepare();
    guest_map_lock();
    thread_list_lock(&mask);
    pid_t pid = fork();
    int error = errno;
    if (pid == 0) {
        after_in_child();
        sigprocmask(SIG_SETMASK, &mask, NULL);
        return 0;
    }
    after_in_parent(&mask);
    return pid < 0 ? -error : pid;
}
