/* wctype.h -- wide character classes; wctype_t and wctrans_t are unsigned words [aix-abi 4]. */
#ifndef _H_WCTYPE
#define _H_WCTYPE

#include <stddef.h>

#ifndef _WINT_T
#define _WINT_T
typedef int wint_t;
#endif
typedef unsigned int wctype_t;
typedef void *wctrans_t;
#ifndef WEOF
#define WEOF (-1)
#endif

int iswalnum(wint_t);
int iswalpha(wint_t);
int iswblank(wint_t);
int iswcntrl(wint_t);
int iswdigit(wint_t);
int iswgraph(wint_t);
int iswlower(wint_t);
int iswprint(wint_t);
int iswpunct(wint_t);
int iswspace(wint_t);
int iswupper(wint_t);
int iswxdigit(wint_t);
int iswctype(wint_t, wctype_t);
wctype_t wctype(const char *);
wint_t towlower(wint_t);
wint_t towupper(wint_t);
wint_t towctrans(wint_t, wctrans_t);
wctrans_t wctrans(const char *);

#endif
