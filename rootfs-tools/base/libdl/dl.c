/* dl.c -- the dlopen family over the loader's calls [aix-abi 2.6]. Part of libc.a; libdl.a hands the names on. */
#include <dlfcn.h>
#include <stddef.h>

enum { CLOSED_MODULES = 2, ERROR_TEXT = 1024 };

void *__vwpar_dlopen(const char *path, int mode, void *caller);
void *__vwpar_dlsym(void *handle, const char *name, void *caller);
int __vwpar_dlclose(void *handle);
int __vwpar_dlerror(char *text, size_t size);
void __mod_init(void);
void __mod_fini_closed(void);

/* Which module asks: its own search path counts. Calls from another module return straight into it. */
#define CALLER __builtin_return_address(0)

void *dlopen(const char *path, int mode)
{
    void *handle = __vwpar_dlopen(path, mode, CALLER);
    if (handle)
        __mod_init();
    return handle;
}

void *dlsym(void *handle, const char *name) { return __vwpar_dlsym(handle, name, CALLER); }

int dlclose(void *handle)
{
    int result = __vwpar_dlclose(handle);
    __mod_fini_closed();
    return result;
}

char *dlerror(void)
{
    static char text[ERROR_TEXT];
    return __vwpar_dlerror(text, sizeof text) > 0 ? text : NULL;
}
