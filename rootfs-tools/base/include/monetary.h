/* monetary.h -- money as text. */
#ifndef _H_MONETARY
#define _H_MONETARY

#include <sys/types.h>

ssize_t strfmon(char *__restrict, size_t, const char *__restrict, ...);

#endif
