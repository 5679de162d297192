/* locale.c -- setlocale for C, POSIX, UTF-8 and ISO8859-1 locales, localeconv, nl_langinfo, and the objects that inline macros read.
 *
 * Any name whose code set is UTF-8 (en_US.UTF-8, and AIX's upper-case form EN_US) or ISO8859-1 (en_US.ISO8859-1, and en_US) is accepted
 * with the C locale's rules for everything but characters; others are refused, as a system without that locale installed would.
 */
#include <ctype.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "locale_state.h"

enum { CATEGORIES = 6, NAME_MAX_LENGTH = 32 };

int __libc_utf8, __libc_latin1;
static char names[CATEGORIES][NAME_MAX_LENGTH] = { "C", "C", "C", "C", "C", "C" };

/* MB_CUR_MAX of 32-bit programs is the word at +0x50 of what __lc_charmap points to [aix-abi 4.15]. */
static unsigned int charmap[64] = { [0x50 / 4] = 1 };
void *__lc_charmap = charmap;

static const char *category_variable(int category)
{
    static const char *const variables[] = { "LC_COLLATE", "LC_CTYPE", "LC_MONETARY", "LC_NUMERIC", "LC_TIME", "LC_MESSAGES" };
    const char *all = getenv("LC_ALL"), *own = getenv(variables[category]), *lang = getenv("LANG");
    return all && *all ? all : own && *own ? own : lang && *lang ? lang : "C";
}

static int upper(char c) { return c >= 'A' && c <= 'Z'; }

/* language_TERRITORY.UTF-8, or LANGUAGE_TERRITORY [AIX: Understanding locale]. */
static int is_utf8(const char *name)
{
    const char *dot = strchr(name, '.');
    if (dot)
        return strcasecmp(dot, ".UTF-8") == 0 || strcasecmp(dot, ".utf8") == 0;
    return strlen(name) == 5 && upper(name[0]) && upper(name[1]) && name[2] == '_' && upper(name[3]) && upper(name[4]);
}

/* language_TERRITORY alone, or with .ISO8859-1 behind it. */
static int is_latin1(const char *name)
{
    const char *dot = strchr(name, '.');
    if (dot)
        return strcasecmp(dot, ".ISO8859-1") == 0;
    return strlen(name) == 5 && islower(name[0]) && islower(name[1]) && name[2] == '_' && upper(name[3]) && upper(name[4]);
}

static int known(const char *name)
{
    if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
        return 1;
    return strlen(name) < NAME_MAX_LENGTH && (is_utf8(name) || is_latin1(name));
}

static int set_category(int category, const char *name)
{
    if (!*name)
        name = category_variable(category);
    if (!known(name))
        return -1;
    strcpy(names[category], name);
    if (category == LC_CTYPE) {
        __libc_utf8 = is_utf8(name);
        __libc_latin1 = is_latin1(name);
        charmap[0x50 / 4] = __libc_utf8 ? 4 : 1;
    }
    return 0;
}

static char *all_names(void)
{
    static char text[CATEGORIES * (NAME_MAX_LENGTH + 1)];
    int same = 1;
    for (int i = 1; i < CATEGORIES; i++)
        same &= strcmp(names[i], names[0]) == 0;
    if (same)
        return names[0];
    text[0] = '\0';
    for (int i = 0; i < CATEGORIES; i++) {
        if (i)
            strcat(text, " ");
        strcat(text, names[i]);
    }
    return text;
}

/* "A B C D E F", as setlocale(LC_ALL, NULL) gives it. */
static int set_all(const char *list)
{
    char copy[CATEGORIES * (NAME_MAX_LENGTH + 1)], *rest = copy;
    if (!strchr(list, ' ')) {
        for (int i = 0; i < CATEGORIES; i++)
            if (!known(*list ? list : category_variable(i)))
                return -1;
        for (int i = 0; i < CATEGORIES; i++)
            set_category(i, list);
        return 0;
    }
    if (strlen(list) >= sizeof copy)
        return -1;
    strcpy(copy, list);
    for (int i = 0; i < CATEGORIES; i++) {
        char *name = strsep(&rest, " ");
        if (!name || set_category(i, name))
            return -1;
    }
    return 0;
}

char *setlocale(int category, const char *name)
{
    if (category == LC_ALL)
        return name && set_all(name) ? NULL : all_names();
    if (category < 0 || category >= CATEGORIES)
        return NULL;
    return name && set_category(category, name) ? NULL : names[category];
}

struct lconv *localeconv(void)
{
    static char empty[] = "", point[] = ".";
    static struct lconv c = {
        point, empty, empty, empty, empty, empty, empty, empty, empty, empty,
        CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, empty, empty,
        CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX,
    };
    return &c;
}

/* In nl_item order [aix-abi 4.13]; the C locale's. */
static const char *const items[] = {
    [D_T_FMT] = "%a %b %e %H:%M:%S %Y", [D_FMT] = "%m/%d/%y", [T_FMT] = "%H:%M:%S", [AM_STR] = "AM", [PM_STR] = "PM",
    [ABDAY_1] = "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
    [DAY_1] = "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    [ABMON_1] = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    [MON_1] = "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    [RADIXCHAR] = ".", [THOUSEP] = "", [YESSTR] = "yes", [NOSTR] = "no", [CRNCYSTR] = "",
    [T_FMT_AMPM] = "%I:%M:%S %p", [YESEXPR] = "^[yY]", [NOEXPR] = "^[nN]",
};

char *nl_langinfo(nl_item item)
{
    if (item == CODESET)
        return __libc_utf8 ? "UTF-8" : "ISO8859-1";
    const char *text = item > 0 && item < (int)(sizeof items / sizeof *items) ? items[item] : NULL;
    return (char *)(text ? text : "");
}
