/* definition_flags.c -- see definition_flags.h. */
#include "rootfs-tools/wpar/definition_flags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include "runtime/cleanup.h"

void new_uuid(char out[37])
{
    unsigned char b[16] = { 0 };
    if (getrandom(b, sizeof b, 0) < 0)
        abort();
    b[6] = (unsigned char)(0x40 | (b[6] & 0x0F));   /* version 4, variant 1 [RFC 4122 4.4] */
    b[8] = (unsigned char)(0x80 | (b[8] & 0x3F));
    snprintf(out, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3], b[4], b[5], b[6],
             b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

static enum attribute attribute_of_letter(char letter)
{
    enum attribute a = 0;
    while (a < ATTRIBUTE_COUNT && (attributes[a].letter == ' ' || attributes[a].letter != letter))
        a++;
    return a;
}

static int set_flag(struct definition *d, enum attribute a, const struct cli_use *use, bool remove, struct error *err)
{
    char uuid[37];
    if (remove)
        return definition_set(d, a, NULL, err);
    if (use->count)
        return definition_set(d, a, use->words[0], err);
    if (attributes[a].kind == KIND_YESNO)
        return definition_set(d, a, "yes", err);
    new_uuid(uuid);
    return definition_set(d, a, uuid, err);
}

int definition_from_flags(struct definition *d, const struct cli *c, bool remove, struct error *err)
{
    for (size_t i = 0; i < c->use_count; i++) {
        const struct cli_use *use = &c->uses[i];
        char letter = use->option->letter;
        enum attribute a = letter ? attribute_of_letter(letter) : ATTRIBUTE_COUNT;
        if (letter && use->option->kind == CLI_LIST && definition_apply(d, stanza_of_letter(letter), use->words, use->count, remove, err))
            return -1;
        if (a < ATTRIBUTE_COUNT && set_flag(d, a, use, remove, err))
            return error_wrap(err, "-%c", letter);
    }
    return 0;
}

static bool is_own(enum attribute a)
{
    static const enum attribute own[] = { ATTR_general_name, ATTR_general_hostname, ATTR_general_directory, ATTR_general_uuid,
                                          ATTR_general_preserve, ATTR_general_ostype, ATTR_general_level };
    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (a == own[i])
            return true;
    return attributes[a].where != WHERE_SPEC || attributes[a].stanza == STANZA_network;
}

static int copy_record(struct definition *to, const struct record *r, struct error *err)
{
    char *words[RECORD_VALUES];
    size_t count = 0;
    int rc = 0;
    for (enum attribute a = 0; a < ATTRIBUTE_COUNT; a++) {
        const char *value = attributes[a].stanza == r->stanza && !is_own(a) ? record_get(r, a) : "";
        if (*value && strcmp(value, attributes[a].initial) != 0 && asprintf(&words[count], "%s=%s", attributes[a].name, value) > 0)
            count++;
    }
    if (count)
        rc = definition_apply(to, r->stanza, words, count, false, err);
    while (count > 0)
        free(words[--count]);
    return rc;
}

int definition_copy_settings(struct definition *to, const struct definition *from, struct error *err)
{
    for (size_t i = 0; i < from->count; i++)
        if (copy_record(to, &from->records[i], err))
            return -1;
    return 0;
}
