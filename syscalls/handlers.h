/* handlers.h -- the prototypes of all system-call handlers, made from kernel_imports.def.
 *
 * int64_t sys_NAME(struct thread *, arguments...): a result >= 0, or a negative errno of the host, which the gate turns
 * into AIX's -1 and errno once. A handler that disagrees with its line of the table does not compile. A handler that
 * blocks uses safe_syscall() and returns its result through restartable() or never_restart().
 */
#ifndef SYSCALLS_HANDLERS_H
#define SYSCALLS_HANDLERS_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include "runtime/safe_syscall.h"
#include "runtime/signal.h"
#include "runtime/thread.h"

#define KIND(name, type, fetch, print) typedef type arg_##name;
#include "syscalls/argument_kinds.def"
#undef KIND

#define PARAM_no
#define PARAM_fd        , arg_fd
#define PARAM_pid       , arg_pid
#define PARAM_dec       , arg_dec
#define PARAM_hex       , arg_hex
#define PARAM_mode      , arg_mode
#define PARAM_oflags    , arg_oflags
#define PARAM_prot      , arg_prot
#define PARAM_signo     , arg_signo
#define PARAM_ptr       , arg_ptr
#define PARAM_path      , arg_path
#define PARAM_strv      , arg_strv
#define PARAM_inbuf     , arg_inbuf
#define PARAM_outbuf    , arg_outbuf
#define PARAM_size      , arg_size
#define PARAM_long      , arg_long
#define PARAM_off64     , arg_off64

#define HANDLER_FULL(name, params)      int64_t sys_##name params;
#define HANDLER_PARTIAL(name, params)   int64_t sys_##name params;
#define HANDLER_ABSENT(name, params)
#define IMPORT(name, status, ret, a0, a1, a2, a3, a4, a5, a6, a7)                                                   \
    HANDLER_##status(name, (struct thread *t PARAM_##a0 PARAM_##a1 PARAM_##a2 PARAM_##a3 PARAM_##a4 PARAM_##a5 \
                            PARAM_##a6 PARAM_##a7))
#define WHY(name, reason)
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY

/* The handler replaced the processor's state (sigreturn): the gate leaves registers and pc alone. */
#define NO_RESULT INT64_MIN

/* safe_syscall() was interrupted, before or in the host's call. Calls that AIX makes again under SA_RESTART return it
 * through restartable(), and the gate asks the signal; the others answer EINTR. */
static inline int64_t restartable(int64_t result) { return result == -EINTR ? -VW_ERESTART : result; }
/* A wait that a signal ended which the guest has blocked: it is made again. The host's ppoll, pselect6 and nanosleep tell the time left. */
static inline bool wait_goes_on(struct thread *t, int64_t result)
{
    return result == -EINTR && !t->cpu.poll && !signal_deliverable(t);
}

static inline int64_t never_restart(int64_t result) { return result == -VW_ERESTART ? -EINTR : result; }

/* -1 from a host libc call means -errno. */
static inline int64_t host_result(int64_t result) { return result == -1 ? -errno : result; }

/* A negative number that is an answer and no error (getpriority, F_GETOWN). Errors are -1..-4095. */
static inline int64_t negative_result(int32_t value)
{
    return value < 0 ? INT64_MIN + (int64_t)(uint32_t)value : value;
}

#endif
