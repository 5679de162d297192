/* binding.c -- a module finds a name of the program: imported from "." (the program), from ".." (run-time linking), or
 * deferred. Expected output by hand. */
#include <dlfcn.h>
#include <stdio.h>

int from_main(int x) { return x * 2; }

int main(void)
{
    static const char *const ways[] = {"program", "runtime", "deferred"};
    for (int i = 0; i < 3; i++) {
        char path[64];
        sprintf(path, "./bound_%s.%d.so", ways[i], (int)sizeof(long) * 8);
        void *handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
        int (*bound)(int) = handle ? (int (*)(int))dlsym(handle, "bound") : NULL;
        if (bound)
            printf("%s %d\n", ways[i], bound(20 + i));
        else
            printf("%s: %s\n", ways[i], dlerror());
    }
    return 0;
}
