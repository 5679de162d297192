/* kernel_pages.h -- what an AIX process sees of its kernel: low pages, descriptors of system calls, kernel data
 * objects. */
#ifndef SYSCALLS_KERNEL_PAGES_H
#define SYSCALLS_KERNEL_PAGES_H

#include <stdbool.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

enum { KERNEL_DESCRIPTORS = 2048 };

/* Map everything and fill the data objects; the first `count` descriptors become callable. */
int kernel_pages_map(unsigned count, struct error *err);

/* Guest address of descriptor `index`. */
gva kernel_descriptor(unsigned index);

/* Make one more descriptor callable, after kernel_pages_map(). */
int kernel_descriptor_write(unsigned index);

/* Guest address of a data object of /unix, 0 when there is none of that name [aix-abi 3.3]. */
gva kernel_data(const char *name);

/* Processors we may run on; sysconf() would read a file of /sys for it. */
uint64_t host_cpus(void);

#endif
