/* definition.c -- see definition.h. */
#include "rootfs-tools/wpar/definition.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/stanza.h"
#include "runtime/cleanup.h"

const struct stanza_info stanzas[STANZA_COUNT] = {
#define STANZA(name, letter, repeats, key) [STANZA_##name] = { #name, letter, repeats, ATTR_##name##_##key },
#include "rootfs-tools/wpar/wpar_attributes.def"
};

const struct attribute_info attributes[ATTRIBUTE_COUNT] = {
#define ATTRIBUTE(stanza, name, kind, where, letter, initial, field, heading) \
    [ATTR_##stanza##_##name] = { STANZA_##stanza, #name, KIND_##kind, WHERE_##where, letter, initial, field, heading },
#include "rootfs-tools/wpar/wpar_attributes.def"
};

static enum attribute first_of(enum stanza_id stanza)
{
    enum attribute a = 0;
    while (attributes[a].stanza != stanza)
        a++;
    return a;
}

/* The value's place in a record of its stanza. */
static char **slot(const struct record *r, enum attribute a)
{
    return (char **)&r->values[a - first_of(r->stanza)];
}

const char *record_get(const struct record *r, enum attribute a)
{
    const char *value = r ? *slot(r, a) : NULL;
    return value ? value : attributes[a].initial;
}

struct record *definition_next(const struct definition *d, enum stanza_id stanza, size_t *from)
{
    while (*from < d->count) {
        struct record *r = &d->records[(*from)++];
        if (r->stanza == stanza)
            return r;
    }
    return NULL;
}

static struct record *first_record(const struct definition *d, enum stanza_id stanza)
{
    size_t from = 0;
    return definition_next(d, stanza, &from);
}

const char *definition_get(const struct definition *d, enum attribute a)
{
    return record_get(first_record(d, attributes[a].stanza), a);
}

bool definition_is(const struct definition *d, enum attribute a) { return strcmp(definition_get(d, a), "yes") == 0; }

static struct record *add_record(struct definition *d, enum stanza_id stanza, struct error *err)
{
    struct record *bigger = realloc(d->records, (d->count + 1) * sizeof *bigger);
    if (!bigger)
        return error_set(err, ENOMEM, "out of memory"), NULL;
    d->records = bigger;
    d->records[d->count] = (struct record){ .stanza = stanza };
    return &d->records[d->count++];
}

static int record_set(struct record *r, enum attribute a, const char *value, struct error *err)
{
    if (value && attribute_check(a, value, err))
        return -1;
    char **place = slot(r, a);
    char *copy = value ? strdup(value) : NULL;
    if (value && !copy)
        return error_set(err, ENOMEM, "out of memory");
    free(*place);
    *place = copy;
    return 0;
}

int definition_set(struct definition *d, enum attribute a, const char *value, struct error *err)
{
    struct record *r = first_record(d, attributes[a].stanza);
    if (!r && !(r = add_record(d, attributes[a].stanza, err)))
        return -1;
    return record_set(r, a, value, err);
}

enum stanza_id stanza_of_letter(char letter)
{
    enum stanza_id s = 0;
    while (s < STANZA_COUNT && (stanzas[s].letter == ' ' || stanzas[s].letter != letter))
        s++;
    return s;
}

static enum attribute find_attribute(enum stanza_id stanza, const char *name, size_t length)
{
    for (enum attribute a = 0; a < ATTRIBUTE_COUNT; a++)
        if (attributes[a].stanza == stanza && attributes[a].where != WHERE_SHOWN && strlen(attributes[a].name) == length &&
            strncmp(attributes[a].name, name, length) == 0)
            return a;
    return ATTRIBUTE_COUNT;
}

/* "attr=value", "attr+=value", "attr-=value" or "attr": how long the name is. */
static size_t name_length(const char *word)
{
    size_t n = strcspn(word, "=");
    return word[n] && n > 0 && (word[n - 1] == '+' || word[n - 1] == '-') ? n - 1 : n;
}

bool definition_is_list_word(char letter, const char *word)
{
    enum stanza_id stanza = stanza_of_letter(letter);
    return stanza < STANZA_COUNT && find_attribute(stanza, word, name_length(word)) < ATTRIBUTE_COUNT;
}

static void list_names(enum stanza_id stanza, char *out, size_t size)
{
    size_t n = 0;
    for (enum attribute a = 0; a < ATTRIBUTE_COUNT; a++)
        if (attributes[a].stanza == stanza && attributes[a].where != WHERE_SHOWN && n < size)
            n += (size_t)snprintf(out + n, size - n, "%s%s", n ? ", " : "", attributes[a].name);
}

static int unknown_attribute(enum stanza_id stanza, const char *name, int length, struct error *err)
{
    char names[400];
    list_names(stanza, names, sizeof names);
    return error_set(err, EINVAL, "%s: unknown attribute '%.*s' (known: %s)", stanzas[stanza].name, length, name, names);
}

/* Is `word` in the comma-separated list? */
static bool in_list(const char *list, const char *word, size_t n)
{
    for (const char *p = list; *p; p += strcspn(p, ",") + (p[strcspn(p, ",")] == ','))
        if (strcspn(p, ",") == n && strncmp(p, word, n) == 0)
            return true;
    return false;
}

/* privs+=A,B and privs-=A,B: the comma-separated list with words added or taken out. */
static char *edit_list(const char *old, const char *words, bool add)
{
    char *text = calloc(1, strlen(old) + strlen(words) + 3);
    const char *sources[2] = { old, add ? words : "" };
    for (size_t i = 0; text && i < 2; i++)
        for (const char *p = sources[i]; *p; p += strcspn(p, ",") + (p[strcspn(p, ",")] == ',')) {
            size_t n = strcspn(p, ",");
            if (n == 0 || in_list(text, p, n) || (!add && in_list(words, p, n)))
                continue;
            strcat(text, *text ? "," : "");
            strncat(text, p, n);
        }
    return text;
}

static int apply_word(struct record *r, const char *word, bool remove, struct error *err)
{
    size_t n = name_length(word);
    enum attribute a = find_attribute(r->stanza, word, n);
    if (a == ATTRIBUTE_COUNT)
        return unknown_attribute(r->stanza, word, (int)n, err);
    if (remove)
        return record_set(r, a, NULL, err);
    const char *equals = strchr(word, '=');
    if (!equals)
        return error_set(err, EINVAL, "%s: %s needs a value", stanzas[r->stanza].name, word);
    if (equals == word + n)
        return record_set(r, a, equals + 1, err);
    free_ptr char *edited = edit_list(record_get(r, a), equals + 1, word[n] == '+');
    return edited ? record_set(r, a, edited, err) : error_set(err, ENOMEM, "out of memory");
}

/* What tells the records of a stanza apart, in a list of words: its value, NULL when it is not among them. */
static const char *key_of(enum stanza_id stanza, char *const *words, size_t count)
{
    const char *keys[2] = { attributes[stanzas[stanza].key].name, stanza == STANZA_network ? "address6" : NULL };
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < 2 && keys[k]; k++) {
            size_t n = strlen(keys[k]);
            if (strncmp(words[i], keys[k], n) == 0 && words[i][n] == '=')
                return words[i] + n + 1;
        }
    return NULL;
}

static const char *record_key(const struct record *r)
{
    const char *key = record_get(r, stanzas[r->stanza].key);
    return *key || r->stanza != STANZA_network ? key : record_get(r, ATTR_network_address6);
}

static struct record *find_record(struct definition *d, enum stanza_id stanza, const char *key)
{
    struct record *r;
    size_t from = 0;
    while ((r = definition_next(d, stanza, &from)))
        if (!stanzas[stanza].repeats || strcmp(record_key(r), key) == 0)
            return r;
    return NULL;
}

static void remove_record(struct definition *d, struct record *r)
{
    for (size_t i = 0; i < RECORD_VALUES; i++)
        free(r->values[i]);
    size_t behind = (size_t)(d->records + d->count - (r + 1));
    memmove(r, r + 1, behind * sizeof *r);
    d->count--;
}

int definition_apply(struct definition *d, enum stanza_id stanza, char *const *words, size_t count, bool remove, struct error *err)
{
    const char *key = key_of(stanza, words, count);
    if (stanzas[stanza].repeats && !key)
        return error_set(err, EINVAL, "-%c: %s=... is missing", stanzas[stanza].letter, attributes[stanzas[stanza].key].name);
    struct record *r = find_record(d, stanza, key ? key : "");
    if (remove && !r)
        return stanzas[stanza].repeats ? error_set(err, ENOENT, "-%c: there is no %s", stanzas[stanza].letter, key) : 0;
    if (remove && stanzas[stanza].repeats)
        return remove_record(d, r), 0;
    if (!r && !(r = add_record(d, stanza, err)))
        return -1;
    for (size_t i = 0; i < count; i++)
        if (apply_word(r, words[i], remove, err))
            return -1;
    return 0;
}

struct reading { struct definition *definition; struct record *record; };

static int take_line(void *context, const char *stanza, const char *attribute, const char *value, struct error *err)
{
    struct reading *reading = context;
    enum stanza_id s = 0;
    while (s < STANZA_COUNT && strcmp(stanzas[s].name, stanza) != 0)
        s++;
    if (s == STANZA_COUNT)
        return error_set(err, EINVAL, "unknown stanza '%s'", stanza);
    if (!attribute) {
        reading->record = stanzas[s].repeats ? NULL : first_record(reading->definition, s);
        if (!reading->record)
            reading->record = add_record(reading->definition, s, err);
        return reading->record ? 0 : -1;
    }
    enum attribute a = find_attribute(s, attribute, strlen(attribute));
    if (a == ATTRIBUTE_COUNT)
        return unknown_attribute(s, attribute, (int)strlen(attribute), err);
    return record_set(reading->record, a, *value ? value : NULL, err);
}

int definition_read_text(struct definition *d, char *text, const char *name, struct error *err)
{
    struct reading reading = { d, NULL };
    return stanza_parse(text, name, take_line, &reading, err);
}

int definition_read(struct definition *d, const char *path, struct error *err)
{
    free_ptr char *text = stanza_read_file(path, err);
    return text ? definition_read_text(d, text, path, err) : -1;
}

static void write_record(FILE *out, const struct record *r, bool specification)
{
    fprintf(out, "%s:\n", stanzas[r->stanza].name);
    for (enum attribute a = first_of(r->stanza); a < ATTRIBUTE_COUNT && attributes[a].stanza == r->stanza; a++)
        if (*slot(r, a) && (!specification || attributes[a].where == WHERE_SPEC))
            fprintf(out, "\t%s = \"%s\"\n", attributes[a].name, *slot(r, a));
    putc('\n', out);
}

char *definition_text(const struct definition *d, bool specification)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    for (enum stanza_id s = 0; s < STANZA_COUNT; s++) {
        const struct record *r;
        for (size_t from = 0; (r = definition_next(d, s, &from));)
            write_record(out, r, specification);
    }
    return fclose(out) == 0 ? text : NULL;
}

void definition_free(struct definition *d)
{
    while (d->count > 0)
        remove_record(d, &d->records[d->count - 1]);
    free(d->records);
    *d = (struct definition){ 0 };
}
