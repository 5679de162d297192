/* table.h -- kernel_imports.def as data: what syscall.c, trace.c and the status page read. */
#ifndef SYSCALLS_TABLE_H
#define SYSCALLS_TABLE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/thread.h"

enum argument_kind {
    KIND_no,
#define KIND(name, type, fetch, print) KIND_##name,
#include "syscalls/argument_kinds.def"
#undef KIND
};

enum return_kind { RETURN_none, RETURN_zero, RETURN_dec, RETURN_pid, RETURN_fd, RETURN_size, RETURN_addr, RETURN_mode };
enum support { FULL, PARTIAL, ABSENT };

enum { MAX_ARGUMENTS = 8 };

struct import {
    const char *name;
    enum support support;
    enum return_kind returns;
    int absent_errno;           /* host errno that an ABSENT call answers */
    uint8_t kinds[MAX_ARGUMENTS];
    int64_t (*call)(struct thread *t, const int64_t *arguments);    /* NULL when ABSENT */
};

extern const struct import imports[];
extern const unsigned import_count;
const char *import_reason(unsigned index);      /* why PARTIAL or ABSENT; NULL for FULL ones */

/* The arguments of a call out of r3.., by their kinds; the rest of v is left alone. */
void syscall_fetch_arguments(const struct cpu *cpu, const uint8_t kinds[MAX_ARGUMENTS], int64_t v[MAX_ARGUMENTS]);

#endif
