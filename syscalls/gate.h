/* gate.h -- what handlers that end a call by themselves need of the gate. */
#ifndef SYSCALLS_GATE_H
#define SYSCALLS_GATE_H

#include <stdint.h>
#include "runtime/thread.h"

/* The call ends with `result`: r3, r4, the errno cell, pc at LR. For handlers that go on with NO_RESULT. */
void syscall_set_result(struct thread *t, int64_t result);

#endif
