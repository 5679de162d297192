/* definition.h -- a WPAR's definition: the records of wpar_attributes.def, read and written as AIX stanza files.
 *
 * /etc/wpars/NAME.cf and specification files have the same form. An attribute without a value has its default.
 */
#ifndef ROOTFS_TOOLS_DEFINITION_H
#define ROOTFS_TOOLS_DEFINITION_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/error.h"

enum stanza_id {
#define STANZA(name, letter, repeats, key) STANZA_##name,
#include "rootfs-tools/wpar/wpar_attributes.def"
    STANZA_COUNT
};

enum attribute {
#define ATTRIBUTE(stanza, name, kind, where, letter, initial, field, heading) ATTR_##stanza##_##name,
#include "rootfs-tools/wpar/wpar_attributes.def"
    ATTRIBUTE_COUNT
};

enum attribute_where { WHERE_SPEC, WHERE_KEPT, WHERE_SHOWN };

enum attribute_kind {
    KIND_TEXT, KIND_WORD, KIND_NAME, KIND_TYPE, KIND_YESNO, KIND_PATH, KIND_OSTYPE, KIND_UUID, KIND_IPV4, KIND_IPV6, KIND_NUMBER, KIND_VFS,
    KIND_RORW, KIND_SHARES, KIND_LIMITS, KIND_SIZE, KIND_COUNT, KIND_PERCENT, KIND_LIBRARY,
};

struct stanza_info {
    const char *name;
    char letter;
    bool repeats;
    enum attribute key;
};

struct attribute_info {
    enum stanza_id stanza;
    const char *name;
    enum attribute_kind kind;
    enum attribute_where where;
    char letter;
    const char *initial, *field, *heading;
};

extern const struct stanza_info stanzas[STANZA_COUNT];
extern const struct attribute_info attributes[ATTRIBUTE_COUNT];

enum { RECORD_VALUES = 24 };

struct record {
    enum stanza_id stanza;
    char *values[RECORD_VALUES];    /* NULL: the default; index: attribute less the first of the stanza */
};

struct definition {
    struct record *records;
    size_t count;
};

/* Never NULL: the value or the default. definition_get: of the first record of the attribute's stanza. */
const char *record_get(const struct record *r, enum attribute a);
const char *definition_get(const struct definition *d, enum attribute a);
bool definition_is(const struct definition *d, enum attribute a);      /* "yes" */

/* Checked against the attribute's kind; a value of NULL goes back to the default. */
int definition_set(struct definition *d, enum attribute a, const char *value, struct error *err);

/* The next record of a stanza from index *from on, NULL behind the last. */
struct record *definition_next(const struct definition *d, enum stanza_id stanza, size_t *from);

/* The words of one -N, -M, -R ... flag: changes the record with the same key, or adds one; `remove`: takes the record away, or sets
 * the named attributes back to their defaults (chwpar -K). */
int definition_apply(struct definition *d, enum stanza_id stanza, char *const *words, size_t count, bool remove, struct error *err);

/* Does a word belong to the attribute list of a flag: attribute=value, or an attribute's name? */
bool definition_is_list_word(char letter, const char *word);

/* STANZA_COUNT when no stanza has the letter. */
enum stanza_id stanza_of_letter(char letter);

/* Add what a stanza file says. `name` is for messages. */
int definition_read(struct definition *d, const char *path, struct error *err);

/* The same from text, which is changed by it. */
int definition_read_text(struct definition *d, char *text, const char *name, struct error *err);

/* As stanza file; `specification`: without what only /etc/wpars holds. To be freed by the caller. */
char *definition_text(const struct definition *d, bool specification);

void definition_free(struct definition *d);

/* definition_value.c: 0, or the reason. */
int attribute_check(enum attribute a, const char *value, struct error *err);

#endif
