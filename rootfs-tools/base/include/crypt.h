/* crypt.h -- password encryption. */
#ifndef _H_CRYPT
#define _H_CRYPT
char *crypt(const char *, const char *);
void encrypt(char[64], int);
void setkey(const char *);
#endif
