/* tls.h -- the first thread's thread-local storage.
 */
#ifndef LOADER_TLS_H
#define LOADER_TLS_H

#include "loader/module.h"
#include "runtime/error.h"

/* Thread pointers stand this far past the start of the area [aix-abi 5.5]. */
enum { TLS_BIAS32 = 0x7c00, TLS_BIAS64 = 0x7800 };

/* Make the area of the first thread, with the program's thread-local data in it, and set loader.thread_pointer. 32-bit
 * programs without such data get none. */
int tls_make_first(struct module *program, struct error *err);

/* What a thread-local relocation against a variable linked at `value` stores: its offset from the thread pointer. */
int64_t tls_offset(const struct module *m, uint64_t value);

/* Host address of the field at linked address vaddr of section .tdata in the first thread's copy. */
void *tls_field(const struct module *m, uint64_t vaddr);

bool tls_used(const struct module *m);

#endif
