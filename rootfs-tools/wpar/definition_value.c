/* definition_value.c -- what the value of each kind of attribute may be [wpar 1, 9]. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "loader/library_choice.h"
#include "rootfs-tools/wpar/definition.h"
#include "rootfs-tools/wpar/stanza.h"
#include "rootfs-tools/wpar/wpar_spec.h"

static bool is_one_of(const char *value, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(value, words[i]) == 0)
            return true;
    return false;
}

static bool is_yes_or_no(const char *v) { return is_one_of(v, (const char *[]){ "yes", "no" }, 2); }
static bool is_ro_or_rw(const char *v)  { return is_one_of(v, (const char *[]){ "ro", "rw" }, 2); }
static bool is_vfs(const char *v)       { return is_one_of(v, (const char *[]){ "namefs", "tmpfs" }, 2); }
static bool is_type(const char *v)      { return is_one_of(v, (const char *[]){ "S", "A" }, 2); }
static bool is_ostype(const char *v)    { return is_one_of(v, (const char *[]){ "0", "1", "1024" }, 3); }
static bool is_ipv4(const char *v)      { return inet_pton(AF_INET, v, &(struct in_addr){ 0 }) == 1; }
static bool is_ipv6(const char *v)      { return inet_pton(AF_INET6, v, &(struct in6_addr){ 0 }) == 1; }

/* A number of `low` to `high` in front of `*p`, which moves behind it. */
static bool take_number(const char **p, unsigned long low, unsigned long high)
{
    char *end;
    if (!isdigit((unsigned char)**p))
        return false;
    errno = 0;
    unsigned long n = strtoul(*p, &end, 10);
    *p = end;
    return !errno && n >= low && n <= high;
}

static bool take_text(const char **p, const char *text)
{
    size_t n = strlen(text);
    bool there = strncmp(*p, text, n) == 0;
    *p += there ? n : 0;
    return there;
}

static bool is_number(const char *v) { return take_number(&v, 0, 0xFFFFFFFF) && !*v; }
static bool is_percent(const char *v) { return take_number(&v, 1, 100) && take_text(&v, "%") && !*v; }
static bool is_shares(const char *v) { return strcmp(v, "unlimited") == 0 || (take_number(&v, 1, 65535) && !*v); }
static bool is_count(const char *v) { return strcmp(v, "unlimited") == 0 || (take_number(&v, 1, 0x7FFFFFFF) && !*v); }

/* m%-S%,H%: minimum, soft maximum, hard maximum, in this order of size. */
static bool is_limits(const char *v)
{
    unsigned long low = strtoul(v, NULL, 10);
    bool good = take_number(&v, 0, 100) && take_text(&v, "%-");
    unsigned long soft = strtoul(v, NULL, 10);
    good = good && take_number(&v, low ? low : 1, 100) && take_text(&v, "%,");
    return good && take_number(&v, soft, 100) && take_text(&v, "%") && !*v;
}

/* A size in megabytes: 1 to 9 digits, M or MB or G or GB behind it. */
static bool is_size(const char *v)
{
    if (strcmp(v, "unlimited") == 0)
        return true;
    if (!take_number(&v, 1, 999999999))
        return false;
    (void)(take_text(&v, "M") || take_text(&v, "G"));
    (void)take_text(&v, "B");
    return !*v;
}

static bool is_uuid(const char *v)
{
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? v[i] != '-' : !isxdigit((unsigned char)v[i]))
            return false;
    }
    return v[36] == '\0';
}

static bool is_path(const char *v)
{
    if (v[0] != '/')
        return false;
    for (const char *p = v; (p = strstr(p, "/..")); p += 3)
        if (p[3] == '/' || p[3] == '\0')
            return false;
    return true;
}

static bool is_library(const char *v)
{
    struct error why;
    return library_choices_check(v, &why) == 0;
}

static bool is_word(const char *v) { return v[0] != '-' && !v[strcspn(v, " \t")]; }

static const struct {
    bool (*good)(const char *value);
    const char *what;
} kinds[] = {
    [KIND_YESNO]   = { is_yes_or_no, "yes or no" },
    [KIND_TYPE]    = { is_type,      "S or A" },
    [KIND_OSTYPE]  = { is_ostype,    "0, 1 or 1024" },
    [KIND_UUID]    = { is_uuid,      "a UUID of 36 characters" },
    [KIND_PATH]    = { is_path,      "an absolute path without '..'" },
    [KIND_IPV4]    = { is_ipv4,      "an IPv4 address" },
    [KIND_IPV6]    = { is_ipv6,      "an IPv6 address" },
    [KIND_NUMBER]  = { is_number,    "a number" },
    [KIND_VFS]     = { is_vfs,       "namefs or tmpfs" },
    [KIND_RORW]    = { is_ro_or_rw,  "ro or rw" },
    [KIND_SHARES]  = { is_shares,    "unlimited or 1 to 65535" },
    [KIND_LIMITS]  = { is_limits,    "minimum%-soft%,hard% in ascending order" },
    [KIND_SIZE]    = { is_size,      "unlimited or megabytes" },
    [KIND_COUNT]   = { is_count,     "unlimited or a number above 0" },
    [KIND_PERCENT] = { is_percent,   "1% to 100%" },
    [KIND_LIBRARY] = { is_library,   "NAME=native, NAME=builtin or NAME=bridge, with commas" },
    [KIND_WORD]    = { is_word,      "one word" },
    [KIND_TEXT]    = { NULL, NULL },
    [KIND_NAME]    = { NULL, NULL },
};

int attribute_check(enum attribute a, const char *value, struct error *err)
{
    enum attribute_kind kind = attributes[a].kind;
    if (!stanza_value_is_plain(value))
        return error_set(err, EINVAL, "%s: no quotes and control characters, please", attributes[a].name);
    if (kind == KIND_NAME)
        return wpar_check_name(value, err);
    if (kinds[kind].good && !kinds[kind].good(value))
        return error_set(err, EINVAL, "%s=%s: must be %s", attributes[a].name, value, kinds[kind].what);
    return 0;
}
