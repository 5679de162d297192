/* libgen.h -- parts of path names. */
#ifndef _H_LIBGEN
#define _H_LIBGEN

char *basename(char *);
char *dirname(char *);

#endif
