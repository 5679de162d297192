/* dlfcn.h -- modules at run time [aix-abi 2.6]. */
#ifndef _H_DLFCN
#define _H_DLFCN

#define RTLD_NOW         0x00000002
#define RTLD_LAZY        0x00000004
#define RTLD_GLOBAL      0x00010000
#define RTLD_NOAUTODEFER 0x00020000
#define RTLD_MEMBER      0x00040000
#define RTLD_LOCAL       0x00080000
#define RTLD_DEFAULT     ((void *)-1)
#define RTLD_MYSELF      ((void *)-2)
#define RTLD_NEXT        ((void *)-3)

void *dlopen(const char *, int);
void *dlsym(void *, const char *);
int dlclose(void *);
char *dlerror(void);

#endif
