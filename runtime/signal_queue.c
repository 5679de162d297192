/* signal_queue.c -- a ring of slots in the order of arrival; what was taken leaves a hole that the ends pass over. */
#include "runtime/signal_queue.h"

enum { ROOM = 256 };                    /* more than AIX_SIGQUEUE_MAX: other processes' signals come without asking */

static struct queued {
    const struct thread *to;
    struct guest_siginfo info;          /* signo 0: a hole */
} ring[ROOM];
static unsigned first, count;

static struct queued *slot(unsigned i) { return &ring[(first + i) % ROOM]; }

static void trim(void)
{
    while (count && slot(0)->info.signo == 0) {
        first = (first + 1) % ROOM;
        count--;
    }
    while (count && slot(count - 1)->info.signo == 0)
        count--;
}

void signal_queue_put(const struct thread *to, const struct guest_siginfo *info)
{
    if (info->signo < AIX_SIGRTMIN || info->signo > AIX_SIGRTMAX || count == ROOM)
        return;
    *slot(count++) = (struct queued){ to, *info };
}

unsigned signal_queue_length(void)
{
    unsigned n = 0;
    for (unsigned i = 0; i < count; i++)
        n += slot(i)->info.signo != 0;
    return n;
}

bool signal_queue_take(const struct thread *to, int signo, struct guest_siginfo *info)
{
    for (unsigned i = 0; i < count; i++) {
        struct queued *q = slot(i);
        if (q->to != to || q->info.signo != signo)
            continue;
        *info = q->info;
        q->info.signo = 0;
        trim();
        return true;
    }
    return false;
}

void signal_queue_drop(int signo)
{
    for (unsigned i = 0; i < count; i++)
        if (signo == 0 || slot(i)->info.signo == signo)
            slot(i)->info.signo = 0;
    trim();
}

void signal_queue_drop_thread(const struct thread *gone)
{
    for (unsigned i = 0; i < count; i++)
        if (slot(i)->to == gone)
            slot(i)->info.signo = 0;
    trim();
}
