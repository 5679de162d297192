/* locale.h -- locales [aix-abi 4.13: lconv, LC_ numbers]. */
#ifndef _H_LOCALE
#define _H_LOCALE

#include <stddef.h>

#define LC_ALL      (-1)
#define LC_COLLATE  0
#define LC_CTYPE    1
#define LC_MONETARY 2
#define LC_NUMERIC  3
#define LC_TIME     4
#define LC_MESSAGES 5

struct lconv {
    char *decimal_point, *thousands_sep, *grouping;
    char *int_curr_symbol, *currency_symbol, *mon_decimal_point, *mon_thousands_sep, *mon_grouping;
    char *positive_sign, *negative_sign;
    char int_frac_digits, frac_digits, p_cs_precedes, p_sep_by_space, n_cs_precedes, n_sep_by_space, p_sign_posn, n_sign_posn;
    char *left_parenthesis, *right_parenthesis;
    char int_p_cs_precedes, int_p_sep_by_space, int_n_cs_precedes, int_n_sep_by_space, int_p_sign_posn, int_n_sign_posn;
};

struct lconv *localeconv(void);
char *setlocale(int, const char *);

#endif
