/* cwd.c -- the current directory.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../include/kernel.h"

/* With no buffer one of `size` bytes is allocated, as AIX does. */
char *getcwd(char *buffer, size_t size)
{
    char *own = NULL;

    if (size == 0 && !buffer)
        size = PATH_MAX + 1;
    if (size == 0) {
        errno = EINVAL;
        return NULL;
    }
    if (!buffer && !(buffer = own = malloc(size)))
        return NULL;
    if (__vwpar_getcwd(buffer, size) < 0) {
        free(own);
        return NULL;
    }
    return buffer;
}

char *getwd(char *buffer)
{
    if (getcwd(buffer, PATH_MAX + 1))
        return buffer;
    strcpy(buffer, "getwd: cannot find the current directory");
    return NULL;
}
