/* flags.h -- translation of bit masks between AIX and the host, by the tables of flags.def. */
#ifndef SYSCALLS_FLAGS_H
#define SYSCALLS_FLAGS_H

#include <stddef.h>
#include <stdint.h>

/* In the order of flags.def. */
enum flag_table { FLAGS_open, FLAGS_prot, FLAGS_msync, FLAGS_msg, FLAGS_poll, FLAGS_wait, FLAGS_ipc, FLAGS_TABLES };

/* *unknown, when given, gets the bits that no line of the table knows. */
uint32_t flags_to_host(enum flag_table table, uint32_t aix, uint32_t *unknown);
uint32_t flags_to_aix(enum flag_table table, uint32_t host, uint32_t *unknown);

/* "A|B|0x40" into text, NUL-terminated, cut to size; "0" for none. Returns text. */
char *flags_print(enum flag_table table, uint32_t aix, char *text, size_t size);

#endif
