/* syscall.h -- AIX system calls by import name: descriptors for the loader, the call gate for the dispatcher.
 */
#ifndef SYSCALLS_SYSCALL_H
#define SYSCALLS_SYSCALL_H

#include <stdbool.h>
#include "loader/kernel_exports.h"
#include "runtime/cpu.h"
#include "runtime/error.h"

/* Guest address of the system-call stub every descriptor's word 0 names (an `sc` is there too, for code that jumps past
 * us). */
enum { SYSCALL_STUB = 0x3700 };

struct syscall_options {
    const char *root;           /* guest / on the host, "" for the host's own */
    const char *self;           /* host path of aixrun, for execve */
    char *const *self_options;  /* options to hand on to aixrun on execve, NULL-terminated */
    const char *release;        /* of AIX 5, for uname: "2" or "3" */
    const char *trace;          /* --trace: "" all, or names separated by commas; NULL: off */
    const char *trace_file;     /* NULL: stderr */
    bool trace_follow, trace_count;
    bool host_programs;         /* execve runs this machine's programs too; only without a root */
};

/* Map the kernel's pages (page 0, stubs, descriptors, kernel data objects) and prepare tracing. */
int syscall_init(bool is64, const struct syscall_options *options, struct error *err);
extern const struct kernel_exports syscall_exports;

gva syscall_errno_ea(void);     /* the `errno` object of /unix */
void syscall_set_break(gva start, gva limit);
gva syscall_break_limit(void);
void syscall_set_environ(gva envp);     /* the `environ` object */

/* The gate: number in r2, arguments in r3.., result to r3 and errno to r4 and the thread's errno cell; returns the pc
 * to go on at (LR, or a signal handler's entry). */
uint64_t syscall_gate(struct cpu *cpu);

void syscall_print_missing(int fd);     /* --missing: names called that are absent, with counts */
void syscall_print_counts(int fd);      /* --trace -c */

#endif
