/* sys_loader.c -- modules at run time: the builtin libdl's calls, AIX's load and loadquery [aix-abi 2.6]. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include "loader/dynamic_load.h"
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"

enum { MODULE_PATH = 2048, SYMBOL_NAME = 16384 };     /* mangled C++ names are long */

static int path_copyin(char text[MODULE_PATH], gva path)
{
    return path ? copyinstr(text, path, MODULE_PATH) : 0;
}

int64_t sys___vwpar_dlopen(struct thread *t, gva path, uint32_t mode, gva caller)
{
    char text[MODULE_PATH];
    int rc = path_copyin(text, path);
    return rc < 0 ? rc : (int64_t)dynload_open(path ? text : NULL, mode, caller);
}

int64_t sys___vwpar_dlsym(struct thread *t, gva handle, gva name, gva caller)
{
    free_ptr char *text = malloc(SYMBOL_NAME);
    if (!text)
        return -ENOMEM;
    int rc = copyinstr(text, name, SYMBOL_NAME);
    return rc < 0 ? rc : (int64_t)dynload_symbol(handle, text, caller);
}

int64_t sys___vwpar_dlclose(struct thread *t, gva handle) { return dynload_close(handle) < 0 ? -EINVAL : 0; }

int64_t sys___vwpar_dlerror(struct thread *t, gva buffer, uint64_t size)
{
    const char *text = dynload_error();
    if (!text || size == 0)
        return 0;
    size_t length = strnlen(text, size - 1);
    if (copyout(buffer, text, length) < 0 || copyout(buffer + length, "", 1) < 0)
        return -EFAULT;
    return (int64_t)length;
}

int64_t sys___vwpar_module_init(struct thread *t, int which)
{
    enum { NEXT_INIT, NEXT_FINI, NEXT_FINI_OF_CLOSED };
    switch (which) {
    case NEXT_INIT:             return (int64_t)dynload_next_init();
    case NEXT_FINI:             return (int64_t)dynload_next_fini(false);
    case NEXT_FINI_OF_CLOSED:   return (int64_t)dynload_next_fini(true);
    }
    return -EINVAL;
}

int64_t sys_load(struct thread *t, gva path, uint32_t flags, gva libpath)
{
    char text[MODULE_PATH], search[MODULE_PATH];
    int error = ENOEXEC;
    int rc = path_copyin(text, path);
    if (rc == 0)
        rc = path_copyin(search, libpath);
    if (rc < 0 || !path)
        return rc < 0 ? rc : -EFAULT;
    gva entry = dynload_load(text, flags, libpath ? search : NULL, &error);
    return entry ? (int64_t)entry : -error;
}

int64_t sys__load(struct thread *t, gva path, uint32_t flags, gva libpath) { return sys_load(t, path, flags, libpath); }
int64_t sys___unload(struct thread *t, gva entry) { return dynload_unload(entry) < 0 ? -EINVAL : 0; }

int64_t sys_loadquery(struct thread *t, int flags, gva buffer, uint64_t size)
{
    enum { L_GETMESSAGES = 1, L_GETINFO = 2, L_GETLIBPATH = 3, BUFFER_MAX = 1 << 20 };
    if (flags == L_GETMESSAGES)         /* a failed load's messages are dlerror's */
        return size < 8 ? -ENOMEM : copyout_long(buffer, 0);
    if (flags == L_GETLIBPATH) {
        const char *path = dynload_libpath();
        return strlen(path) >= size ? -ENOMEM : copyout(buffer, path, strlen(path) + 1);
    }
    if (flags != L_GETINFO) {
        log_line(LOG_INFO, "loadquery", "request %d is not known", flags);
        return -EINVAL;
    }
    if (size > BUFFER_MAX)
        size = BUFFER_MAX;
    free_ptr uint8_t *info = calloc(1, size + 1);
    if (!info)
        return -ENOMEM;
    int rc = dynload_getinfo(info, size);
    return rc < 0 ? rc : copyout(buffer, info, size);
}
