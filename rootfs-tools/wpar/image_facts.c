/* image_facts.c -- see image_facts.h.
 *
 * image.data's stanza image_data says the level in up to three ways: OSLEVEL_R= 5300-12, OSLEVEL= 5.3.0.0, and
 * UNAME_INFO= AIX node release version machine.
 */
#include "rootfs-tools/wpar/image_facts.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/bff_reader.h"
#include "rootfs-tools/backup/container.h"
#include "rootfs-tools/backup/safe_tree.h"

enum { TEXT_MAX_BYTES = 1 << 20, MEMBERS_BEHIND = 200 };

static void ignore_damage(void *context, uint64_t where, const char *text) { (void)context, (void)where, (void)text; }

/* A member's data as text; NULL when it is too long or damaged. */
static char *read_text(struct bff_reader *r)
{
    const uint8_t *data;
    struct error none;
    size_t n = 0;
    ssize_t got;
    char *text = r->member.size <= TEXT_MAX_BYTES ? malloc(r->member.size + 1) : NULL;
    while (text && (got = bff_data(r, &data, &none)) > 0) {
        size_t take = n + (size_t)got <= r->member.size ? (size_t)got : r->member.size - n;
        memcpy(text + n, data, take);
        n += take;
    }
    if (text)
        text[n] = '\0';
    return text;
}

/* The value behind "KEY=" at the beginning of a line, blanks around it taken off. */
static bool value_of(const char *text, const char *key, char *value, size_t size)
{
    size_t n = strlen(key);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += strspn(line, "\n \t");
        if (strncmp(line, key, n) != 0 || line[n] != '=')
            continue;
        line += n + 1;
        line += strspn(line, " \t");
        snprintf(value, size, "%.*s", (int)strcspn(line, "\r\n"), line);
        for (char *p = value; *p; p++)
            *p = isprint((unsigned char)*p) && *p != '"' ? *p : '?';    /* it will be shown, and kept in definitions */
        for (size_t end = strlen(value); end > 0 && isspace((unsigned char)value[end - 1]);)
            value[--end] = '\0';
        return *value;
    }
    return false;
}

void image_facts_level(struct image_facts *f, const char *image_data)
{
    char value[200];
    if (value_of(image_data, "OSLEVEL_S", value, sizeof value) || value_of(image_data, "OSLEVEL_R", value, sizeof value)) {
        snprintf(f->level, sizeof f->level, "%.39s", value);
        if (isdigit((unsigned char)value[0]) && isdigit((unsigned char)value[1]))
            f->version = value[0] - '0', f->release = value[1] - '0';
        return;
    }
    if (value_of(image_data, "OSLEVEL", value, sizeof value) && sscanf(value, "%d.%d", &f->version, &f->release) == 2)
        snprintf(f->level, sizeof f->level, "%.39s", value);
    else if (value_of(image_data, "UNAME_INFO", value, sizeof value) && sscanf(value, "AIX %*s %d %d", &f->release, &f->version) == 2)
        snprintf(f->level, sizeof f->level, "%d.%d", f->version, f->release);
}

static void note_member(struct image_facts *f, struct bff_reader *r)
{
    char name[BFF_NAME_MAX + 1];
    struct error none;
    if (!S_ISREG(r->member.mode) || tree_clean_name(r->member.name, name, &none))
        return;
    if (strcmp(name, "image.data") == 0 && !f->image_data && (f->image_data = read_text(r)))
        image_facts_level(f, f->image_data);
    if (strcmp(name, ".savewpar_dir/wpar.spec") == 0 && !f->specification)
        f->specification = read_text(r);
}

static int scan(struct image_facts *f, struct bff_reader *r, bool want_specification, struct error *err)
{
    int rc, behind = 0;
    while ((rc = bff_next(r, err)) > 0) {
        f->members++;
        note_member(f, r);
        if (f->image_data && (!want_specification || f->specification) && behind++ == MEMBERS_BEHIND)
            return 0;
    }
    return rc;
}

int image_facts_read(struct image_facts *f, const char *image, bool want_specification, struct error *err)
{
    struct image_source source;
    struct bff_reader reader;
    *f = (struct image_facts){ 0 };
    if (image_open(&source, image, NULL, err))
        return -1;
    int rc = bff_open(&reader, &source, (struct bff_damage_sink){ ignore_damage, NULL }, err);
    if (rc == 0) {
        rc = scan(f, &reader, want_specification, err);
        bff_close(&reader);
    }
    source_close(&source);
    if (rc)
        image_facts_free(f);
    return rc;
}

void image_facts_free(struct image_facts *f)
{
    free(f->image_data);
    free(f->specification);
    f->image_data = f->specification = NULL;
}

const char *ostype_of(int version, int release)
{
    return version == 5 && release == 2 ? "1" : version == 5 && release == 3 ? "1024" : NULL;
}
