/* load_program.h -- from a file name to a process ready to run: the loader's main path.
 */
#ifndef LOADER_LOAD_PROGRAM_H
#define LOADER_LOAD_PROGRAM_H

#include <stdbool.h>
#include "loader/kernel_exports.h"
#include "runtime/cpu.h"
#include "runtime/error.h"

struct load_options {
    const char *path;           /* the program, as a host path that can be opened */
    const char *guest_path;     /* the same as the guest knows it */
    char *const *argv;          /* NULL-terminated */
    char *const *envp;
    const char *root;           /* host directory that is the guest's /; "" for the host's own */
    const char *base_dir;       /* host directory holding the builtin libraries (usr/lib/libc.a ...); NULL: none */
    const char *libraries;      /* --library, checked; NULL: none */
    const struct kernel_exports *kernel;
    gva errno_ea;               /* the kernel's errno cell, for information to the stack builder; 0: none */
};

struct program {
    bool is64;
    gva entry, toc;             /* words of the entry descriptor */
    gva sp;                     /* first r1 */
    gva argc_value, argv, envp; /* as the entry registers want them */
    gva loader_cookie, loader_callback; /* 64-bit: r18, r19; 0 when the builtin crt0 needs none */
    gva data_origin, text_origin;
    gva thread_pointer;         /* 64-bit: r13; 0 in 32-bit programs without thread-local data */
    unsigned module_count;
    gva brk_start, brk_limit;   /* where the break begins, and how far it may go */
};

/* Width of a program, before the address space is reserved: 0 and *is64, or -1. Follows nothing, maps nothing. */
int load_probe(const char *path, bool *is64, struct error *err);

/* Map, bind, relocate the program and its libraries and build the first stack. All missing libraries and symbols are
 * reported in one error text (and one line each through `err->text`, separated by "; ", at most what fits). */
int load_program(const struct load_options *options, struct program *out, struct error *err);

/* Put the entry registers of [aix-abi 2.4] into a cpu. */
void load_entry_registers(const struct program *program, struct cpu *cpu);

#endif
