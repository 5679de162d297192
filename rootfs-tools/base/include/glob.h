/* glob.h -- expansion of file name patterns ; layout and numbers as Rust's libc crate has them for AIX. */
#ifndef _H_GLOB
#define _H_GLOB

#include <stddef.h>

typedef struct {
    size_t gl_pathc;
    char **gl_pathv;
    size_t gl_offs;
    void *gl_padr, *gl_ptx;
} glob_t;
#define GLOB_APPEND   0x01
#define GLOB_DOOFFS   0x02
#define GLOB_ERR      0x04
#define GLOB_MARK     0x08
#define GLOB_NOCHECK  0x10
#define GLOB_NOSORT   0x20
#define GLOB_NOESCAPE 0x80
#define GLOB_NOSPACE  0x2000
#define GLOB_ABORTED  0x1000
#define GLOB_NOMATCH  0x4000
#define GLOB_NOSYS    0x8000
int glob(const char *__restrict, int, int (*)(const char *, int), glob_t *__restrict);
void globfree(glob_t *);

#endif
