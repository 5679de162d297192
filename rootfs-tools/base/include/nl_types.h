/* nl_types.h -- message catalogues. */
#ifndef _H_NL_TYPES
#define _H_NL_TYPES

#define NL_SETD 1
#define NL_CAT_LOCALE 1
typedef int nl_item;
typedef void *nl_catd;
#define CATD_ERR ((nl_catd)-1)

nl_catd catopen(const char *, int);
char *catgets(nl_catd, int, int, const char *);
int catclose(nl_catd);

#endif
