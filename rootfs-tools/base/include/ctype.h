/* ctype.h -- character classes. Programs of the 5.x era call the functions [aix-abi 4.15: ctype]. */
#ifndef _H_CTYPE
#define _H_CTYPE

int isalnum(int);
int isalpha(int);
int isblank(int);
int iscntrl(int);
int isdigit(int);
int isgraph(int);
int islower(int);
int isprint(int);
int ispunct(int);
int isspace(int);
int isupper(int);
int isxdigit(int);
int tolower(int);
int toupper(int);
int isascii(int);
int toascii(int);
#define _tolower(c) ((c) + 'a' - 'A')
#define _toupper(c) ((c) + 'A' - 'a')

#endif
