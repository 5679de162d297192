/* syscall.c -- the gate: from a system-call number in r2 to a handler and back [aix-abi 3.1, 3.2].
 *
 * Numbers are ours: the place of a name in kernel_imports.def, and after those one for each other name that some
 * module imports: functions of the bridge, and unknown ones. An unknown or absent call answers its errno, is logged
 * once per call site and counted.
 *
 * At the stub nothing of the caller's state has changed yet: r2 is the number, r3.. the arguments, LR the way back. So
 * a call is restarted after a signal simply by going on at the stub again, and the signal frame needs nothing special.
 */
#include "syscalls/syscall.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "syscalls/bridge/bridge.h"
#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/fork.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "runtime/signal.h"
#include "syscalls/errno.h"
#include "syscalls/gate.h"
#include "syscalls/handlers.h"
#include "syscalls/kernel_pages.h"
#include "syscalls/options.h"
#include "syscalls/table.h"
#include "syscalls/trace.h"

enum { NAME_BUCKETS = 4096, SITE_BUCKETS = 1024 };
_Static_assert(NAME_BUCKETS >= 2 * KERNEL_DESCRIPTORS, "the name table stays half empty");

struct syscall_options syscall_options;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned short buckets[NAME_BUCKETS];                /* index + 1 */
static const char *unknown_names[KERNEL_DESCRIPTORS];       /* by index */
static const struct bridge *bridges[KERNEL_DESCRIPTORS];    /* by index: the host's function behind such a name */
static atomic_uint known;                                   /* numbers given out */
static atomic_uint missing_calls[KERNEL_DESCRIPTORS];

static const char *name_of(unsigned index)
{
    return index < import_count ? imports[index].name : unknown_names[index];
}

static unsigned short *bucket_of(const char *name)
{
    unsigned hash = 2166136261u;
    for (const char *p = name; *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    for (unsigned i = hash;; i++) {
        unsigned short *b = &buckets[i % NAME_BUCKETS];
        if (!*b || strcmp(name_of(*b - 1), name) == 0)
            return b;
    }
}

/* The number of a name, a new one when nobody asked for it before. */
static unsigned number_of(const char *name)
{
    pthread_mutex_lock(&lock);
    unsigned short *b = bucket_of(name);
    if (!*b) {
        unsigned index = atomic_load(&known);
        if (index == KERNEL_DESCRIPTORS)
            BUG("more than %d names imported from /unix", KERNEL_DESCRIPTORS);
        unknown_names[index] = strdup(name);
        if (!unknown_names[index] || kernel_descriptor_write(index) < 0)
            BUG("no memory for the import %s", name);
        bridges[index] = bridge_find(name);
        atomic_store(&known, index + 1);
        *b = (unsigned short)(index + 1);
    }
    unsigned index = *b - 1u;
    pthread_mutex_unlock(&lock);
    return index;
}

static gva lookup(const char *name, bool is64 UNUSED, bool *is_data)
{
    gva data = kernel_data(name);
    *is_data = data != 0;
    return data ? data : kernel_descriptor(number_of(name));
}

const struct kernel_exports syscall_exports = { .lookup = lookup };

static void lock_before_fork(void) { pthread_mutex_lock(&lock); }
static void unlock_after_fork(void) { pthread_mutex_unlock(&lock); }

/* The root by its full name: the guest will change the working directory, and hand the root on to what it executes. */
static int use_root(const char *root, struct error *err)
{
    static char full[PATH_MAX];

    syscall_options.root = full;
    if (!root || !root[0])
        return 0;
    if (!realpath(root, full))
        return error_set(err, errno, "cannot use %s as the root: %s", root, strerror(errno));
    if (strcmp(full, "/") == 0)
        full[0] = '\0';
    return 0;
}

int syscall_init(bool is64, const struct syscall_options *options, struct error *err)
{
    static const struct fork_hooks hooks = { lock_before_fork, unlock_after_fork, unlock_after_fork };

    if (is64 != guest.is64)
        return error_set(err, EINVAL, "the address space was reserved for another width");
    syscall_options = *options;
    if (use_root(options->root, err) < 0)
        return -1;
    if (kernel_pages_map(import_count, err) < 0)
        return -1;
    memset(buckets, 0, sizeof buckets);     /* written before they are read: one page fault instead of two */
    for (unsigned i = 0; i < import_count; i++)
        *bucket_of(imports[i].name) = (unsigned short)(i + 1);
    atomic_store(&known, import_count);
    fork_register(&hooks);
    return trace_init(options, err);
}

gva syscall_errno_ea(void) { return kernel_data("errno"); }

void syscall_set_environ(gva envp) { copyout_long(kernel_data("environ"), envp); }

enum fetch { FETCH_WORD, FETCH_UWORD, FETCH_FD, FETCH_ADDR, FETCH_ULONG, FETCH_LONG, FETCH_PAIR };
static const uint8_t fetches[] = {
#define KIND(name, type, fetch, print) [KIND_##name] = FETCH_##fetch,
#include "syscalls/argument_kinds.def"
#undef KIND
};

static int64_t fetch_fd(uint64_t reg)
{
    int fd = (int)reg;
    return is_private_fd(fd) ? -1 : fd;
}

void syscall_fetch_arguments(const struct cpu *cpu, const uint8_t kinds[MAX_ARGUMENTS], int64_t v[MAX_ARGUMENTS])
{
    unsigned reg = 3;
    for (unsigned i = 0; i < MAX_ARGUMENTS && kinds[i] != KIND_no; i++) {
        switch ((enum fetch)fetches[kinds[i]]) {
        case FETCH_WORD:    v[i] = (int32_t)cpu_gpr(cpu, reg++); break;
        case FETCH_UWORD:   v[i] = (uint32_t)cpu_gpr(cpu, reg++); break;
        case FETCH_FD:      v[i] = fetch_fd(cpu_gpr(cpu, reg++)); break;
        case FETCH_ADDR:
        case FETCH_ULONG:   v[i] = (int64_t)cpu_gpr(cpu, reg++); break;
        case FETCH_LONG:    v[i] = guest.is64 ? (int64_t)cpu_gpr(cpu, reg++) : (int32_t)cpu_gpr(cpu, reg++); break;
        case FETCH_PAIR:
            v[i] = (int64_t)cpu_gpr(cpu, reg++);
            if (!guest.is64)
                v[i] = (int64_t)((uint64_t)v[i] << 32 | cpu_gpr(cpu, reg++));
            break;
        }
    }
}

/* The errno cell of the thread stays untouched when there is no error. */
void syscall_set_result(struct thread *t, int64_t result)
{
    struct cpu *cpu = &t->cpu;
    cpu->gpr[4] = 0;
    if (result < 0 && result >= -4095) {
        int error = errno_to_aix((int)-result);
        gva cell = t->errnop ? t->errnop : syscall_errno_ea();
        cpu->gpr[4] = (uint64_t)error;
        copyout_u32(cell, (uint32_t)error);     /* a bad cell loses the number, as a store of libc's own would */
        result = -1;
    } else if (result < 0) {
        result = (int32_t)result;               /* negative_result() */
    }
    cpu->gpr[3] = guest.is64 ? (uint64_t)result : (uint32_t)result;
    cpu->pc = cpu_return_pc(cpu);
}

/* True the first time that (number, call site) is seen. */
static bool first_at_site(unsigned index, uint64_t lr)
{
    static _Atomic uint64_t sites[SITE_BUCKETS];
    uint64_t site = lr << 12 | index;
    for (uint64_t i = site ^ lr >> 3, tries = 0; tries < SITE_BUCKETS; i++, tries++) {
        uint64_t empty = 0;
        if (atomic_compare_exchange_strong(&sites[i % SITE_BUCKETS], &empty, site))
            return true;
        if (empty == site)
            return false;
    }
    return false;
}

static int64_t answer_missing(struct thread *t, unsigned index)
{
    if (index >= atomic_load(&known)) {
        log_line(LOG_WARN, "syscall", "number %u called from %#llx names nothing", index,
                 (unsigned long long)t->cpu.lr);
        return -ENOSYS;
    }
    int error = index < import_count ? imports[index].absent_errno : ENOSYS;
    atomic_fetch_add(&missing_calls[index], 1);
    if (first_at_site(index, t->cpu.lr))
        log_line(LOG_WARN, "syscall", "%s called from %#llx is not there: %s", name_of(index),
                 (unsigned long long)t->cpu.lr, errno_aix_name(errno_to_aix(error)));
    return -error;
}

static int64_t call_handler(struct thread *t, unsigned index)
{
    int64_t v[MAX_ARGUMENTS] = { 0 };
    const struct import *import = index < import_count ? &imports[index] : NULL;

    if (!import && index < KERNEL_DESCRIPTORS && bridges[index]) {
        bridge_call(t, bridges[index]);
        return NO_RESULT;
    }
    if (import)
        syscall_fetch_arguments(&t->cpu, import->kinds, v);
    bool traced = trace_wanted(index);
    if (traced)
        trace_enter(t, index, v);
    int64_t result = import && import->call ? import->call(t, v) : answer_missing(t, index);
    if (result == -VW_ERESTART && !signal_restarts(t))
        result = -EINTR;
    if (traced)
        trace_leave(t, index, index < atomic_load(&known) ? name_of(index) : "?", v, result);
    return result;
}

uint64_t syscall_gate(struct cpu *cpu)
{
    struct thread *t = (struct thread *)cpu;

    cpu->pc = SYSCALL_STUB;
    t->in_syscall = true;
    int64_t result = call_handler(t, (unsigned)cpu_gpr(cpu, 2));
    t->in_syscall = false;
    if (result != NO_RESULT && result != -VW_ERESTART)
        syscall_set_result(t, result);
    if (cpu->poll)
        signal_deliver(t);
    return cpu->pc;
}

void syscall_print_missing(int fd)
{
    for (unsigned i = 0; i < atomic_load(&known); i++) {
        unsigned calls = atomic_load(&missing_calls[i]);
        if (calls)
            dprintf(fd, "%8u  %s\n", calls, name_of(i));
    }
}

void syscall_print_counts(int fd)
{
    trace_print_counts(fd, name_of);
}
