/* ctype.c -- character classes, as functions. Bytes above 127 belong to no class in the C locale, as in AIX's, nor in a UTF-8 locale; in
 * an ISO8859-1 locale they are the wide characters of their numbers.
 */
#include <ctype.h>
#include <wctype.h>
#include "locale_state.h"

/* A byte whose class the locale decides. */
static int high(int c) { return __libc_latin1 && c >= 128 && c < 256; }

int isdigit(int c) { return c >= '0' && c <= '9'; }
int islower(int c) { return (c >= 'a' && c <= 'z') || (high(c) && iswlower(c)); }
int isupper(int c) { return (c >= 'A' && c <= 'Z') || (high(c) && iswupper(c)); }
int isalpha(int c) { return high(c) ? iswalpha(c) : islower(c) || isupper(c); }
int isalnum(int c) { return isalpha(c) || isdigit(c); }
int isblank(int c) { return c == ' ' || c == '\t'; }
int isspace(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
int iscntrl(int c) { return (c >= 0 && c < 32) || c == 127 || (high(c) && c < 160); }
int isprint(int c) { return (c >= 32 && c < 127) || (high(c) && c >= 160); }
int isgraph(int c) { return (c > 32 && c < 127) || (high(c) && c >= 160); }
int ispunct(int c) { return isgraph(c) && !isalnum(c); }
int isxdigit(int c) { return isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
int tolower(int c) { return high(c) ? towlower(c) : c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; }
int toupper(int c) { return high(c) ? towupper(c) : c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; }
int isascii(int c) { return (unsigned)c < 128; }
int toascii(int c) { return c & 127; }
