/* crypt.h -- password encryption. */
#ifndef _H_CRYPT
#define _H_CRYPT
char *crypt(const char *, const char *);
#endif
