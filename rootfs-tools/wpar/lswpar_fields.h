/* lswpar_fields.h -- the fields lswpar shows: names that scripts parse, and where their values come from [wpar 4]. */
#ifndef ROOTFS_TOOLS_LSWPAR_FIELDS_H
#define ROOTFS_TOOLS_LSWPAR_FIELDS_H

#include "rootfs-tools/wpar/active_wpar.h"
#include "rootfs-tools/wpar/definition.h"

/* A WPAR as lswpar sees it. */
struct listed {
    char *name;
    struct definition definition;
    struct active_state state;
};

/* What one letter shows. */
struct view {
    char letter;                /* 0: the default */
    enum stanza_id stanza;      /* whose records are its lines */
    const char *fields;         /* of the delimited form, in order */
    const char *columns;        /* of the tabular form */
};

const struct view *view_of(char letter);

/* The field by its name: an attribute of the view's stanza, or of general. ATTRIBUTE_COUNT when there is none. */
enum attribute field_find(enum stanza_id stanza, const char *name, size_t length);

/* Its value in a record (NULL: the WPAR has none of the stanza). Valid until the next call. */
const char *field_value(const struct listed *w, const struct record *r, enum attribute field);

/* "Active" for 'A'. */
const char *state_name(char letter);

#endif
