/* safe_syscall.c -- blocking system calls that no signal slips past. */
#include "runtime/safe_syscall.h"

#include <stddef.h>

#include "runtime/thread.h"

long safe_syscall_at(volatile uint32_t *poll, long nr, long a1, long a2, long a3, long a4, long a5, long a6);
extern char safe_syscall_window[], safe_syscall_done[], safe_syscall_restart[];

long safe_syscall(long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
    return safe_syscall_at(&current->cpu.poll, nr, a1, a2, a3, a4, a5, a6);
}

/* With pc at the `syscall` instruction the kernel may also mean to make an interrupted call again. */
void *safe_syscall_fixup(void *pc)
{
    return (char *)pc >= safe_syscall_window && (char *)pc < safe_syscall_done ? safe_syscall_restart : NULL;
}
