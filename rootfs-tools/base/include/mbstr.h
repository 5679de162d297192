/* mbstr.h -- strings of multibyte characters, AIX's. */
#ifndef _H_MBSTR
#define _H_MBSTR

#include <stddef.h>

typedef unsigned int mbchar_t;

char *mbscat(char *, const char *);
char *mbschr(const char *, mbchar_t);
int mbscmp(const char *, const char *);
char *mbscpy(char *, const char *);
size_t mbscspn(const char *, const char *);
size_t mbslen(const char *);
char *mbsncat(char *, const char *, size_t);
int mbsncmp(const char *, const char *, size_t);
char *mbsncpy(char *, const char *, size_t);
char *mbspbrk(const char *, const char *);
char *mbsrchr(const char *, mbchar_t);
size_t mbsspn(const char *, const char *);
int mbswidth(const char *, size_t);

#endif
