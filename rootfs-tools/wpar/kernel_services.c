/* kernel_services.c -- see kernel_services.h. */
#include "rootfs-tools/wpar/kernel_services.h"

#include <string.h>
#include "runtime/host.h"

static const struct { const char *name; enum kernel_service status; } services[] = {
#define IMPORT(name, status, returns, a0, a1, a2, a3, a4, a5, a6, a7) { #name, SERVICE_##status },
#define WHY(name, reason)
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
#define DATA(name, page, offset) { #name, SERVICE_FULL },
#define CONFIG(field, offset, value)
#include "syscalls/kernel_data.def"
#undef DATA
#undef CONFIG
};

static const struct { const char *name, *reason; } reasons[] = {
#define IMPORT(name, status, returns, a0, a1, a2, a3, a4, a5, a6, a7)
#define WHY(name, reason) { #name, reason },
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
};

static int is_name(const char *known, const char *name, size_t length)
{
    return strlen(known) == length && memcmp(known, name, length) == 0;
}

enum kernel_service kernel_service_find(const char *name, size_t length, const char **why)
{
    *why = NULL;
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++)
        if (is_name(reasons[i].name, name, length))
            *why = reasons[i].reason;
    for (size_t i = 0; i < ARRAY_LEN(services); i++)
        if (is_name(services[i].name, name, length))
            return services[i].status;
    return SERVICE_UNKNOWN;
}
