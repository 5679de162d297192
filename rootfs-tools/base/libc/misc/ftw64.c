/* ftw64.c -- ftw64 and nftw64: the same walk with the status of large files, as ftw.c is under _LARGE_FILES. In 64-bit programs
 * there is one status only. */
#ifdef __64BIT__
#define ftw  ftw64
#define nftw nftw64
#else
#define _LARGE_FILES
#endif
#include "ftw.c"
