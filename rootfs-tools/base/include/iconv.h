/* iconv.h -- code set conversion (libiconv). */
#ifndef _H_ICONV
#define _H_ICONV

#include <stddef.h>

typedef void *iconv_t;
iconv_t iconv_open(const char *, const char *);
size_t iconv(iconv_t, char **, size_t *, char **, size_t *);
int iconv_close(iconv_t);

#endif
