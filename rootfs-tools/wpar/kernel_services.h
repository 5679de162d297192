/* kernel_services.h -- what the runner does with a name imported from /unix (syscalls/kernel_imports.def, kernel_data.def). */
#ifndef ROOTFS_TOOLS_KERNEL_SERVICES_H
#define ROOTFS_TOOLS_KERNEL_SERVICES_H

#include <stddef.h>

enum kernel_service { SERVICE_FULL, SERVICE_PARTIAL, SERVICE_ABSENT, SERVICE_UNKNOWN };

/* The name has `length` bytes. *why: the table's reason, or NULL. */
enum kernel_service kernel_service_find(const char *name, size_t length, const char **why);

#endif
