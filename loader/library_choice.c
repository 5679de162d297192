/* library_choice.c -- reading --library, and libraries.def's answers where it says nothing. */
#include "loader/library_choice.h"

#include <errno.h>
#include <string.h>
#include "runtime/host.h"

static const char *const source_names[] = { "native", "builtin", "bridge" };

struct choice {
    const char *name, *source;
    size_t name_length, source_length;
};

/* The entry at *at, which goes on to the next; false at the end. A malformed one has no name. */
static bool next_choice(const char **at, struct choice *c)
{
    if (!**at)
        return false;
    size_t length = strcspn(*at, ",");
    const char *equal = memchr(*at, '=', length);
    *c = (struct choice){ .name = *at };
    if (equal) {
        c->name_length = (size_t)(equal - *at);
        c->source = equal + 1;
        c->source_length = length - c->name_length - 1;
    }
    *at += length + ((*at)[length] == ',');
    return true;
}

static int source_of(const struct choice *c)
{
    for (unsigned i = 0; c->name_length && i < ARRAY_LEN(source_names); i++)
        if (strlen(source_names[i]) == c->source_length && strncmp(source_names[i], c->source, c->source_length) == 0)
            return (int)i;
    return -1;
}

/* "libz.a" is called libz or libz.a. */
static bool names(const struct choice *c, const char *archive)
{
    size_t n = c->name_length;
    return strncmp(c->name, archive, n) == 0 && (!archive[n] || strcmp(archive + n, ".a") == 0);
}

int library_choices_check(const char *choices, struct error *err)
{
    struct choice c;
    while (choices && next_choice(&choices, &c))
        if (source_of(&c) < 0)
            return error_set(err, EINVAL, "--library: NAME=native, NAME=builtin or NAME=bridge, not \"%.*s\"", (int)strcspn(c.name, ","),
                             c.name);
    return 0;
}

enum library_source library_choice(const char *choices, const char *archive)
{
    enum library_source found = LIBRARY_NATIVE;
    struct choice c;
    while (choices && next_choice(&choices, &c))
        if (names(&c, archive))
            found = (enum library_source)source_of(&c);
    return found;
}

enum library_source library_fallback(const char *archive)
{
    static const struct {
        const char *archive;
        enum library_source without;
    } rows[] = {
#define LIBRARY(archive, in_52, in_53, without, why) { archive, LIBRARY_##without },
#include "loader/libraries.def"
#undef LIBRARY
    };
    for (unsigned i = 0; i < ARRAY_LEN(rows); i++)
        if (strcmp(rows[i].archive, archive) == 0)
            return rows[i].without;
    return LIBRARY_BUILTIN;
}
