/* modules.c -- dlopen, dlsym, dlclose, their errors; init and fini functions of a module. Expected output by hand. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char path[64];
    sprintf(path, "./plugin.%d.so", (int)sizeof(long) * 8);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        printf("dlopen: %s\n", dlerror());
        return 1;
    }
    int (*add)(int, int) = (int (*)(int, int))dlsym(handle, "plugin_add");
    int *value = dlsym(handle, "plugin_value");
    printf("%d %d\n", add ? add(1, 2) : -1, value ? *value : -1);
    printf("%s\n", dlsym(handle, "not_there") ? "?" : "no such symbol");
    const char *text = dlerror();
    printf("%s\n", text && strstr(text, "not_there") ? "error names it" : "?");
    printf("close %d\n", dlclose(handle));
    printf("%s\n", dlopen("./no_such_module.so", RTLD_NOW) ? "?" : "no such module");
    text = dlerror();
    printf("%s\n", text && strstr(text, "no_such_module.so") ? "error names it" : "?");
    return 0;
}
