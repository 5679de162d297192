/* fnmatch.h -- file name patterns (flag values recalled). */
#ifndef _H_FNMATCH
#define _H_FNMATCH

#define FNM_PATHNAME 1
#define FNM_PERIOD   2
#define FNM_NOESCAPE 4
#define FNM_NOMATCH  1
#define FNM_NOSYS    2
int fnmatch(const char *, const char *, int);

#endif
