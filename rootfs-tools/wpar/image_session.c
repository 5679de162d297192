/* image_session.c -- see image_session.h. */
#include "rootfs-tools/wpar/image_session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/backup/safe_tree.h"

enum { LINES_MAX = 100 };

void print_plain(FILE *out, const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p < ' ' || *p == 0x7f)
            fprintf(out, "\\%03o", *p);
        else
            putc(*p, out);
    }
}

void session_tell(void *session, const char *text)
{
    struct image_session *s = session;
    progress_clear(&s->progress);
    if (s->lines++ >= LINES_MAX)
        return;
    fprintf(stderr, "wpar image %s: ", s->options->verb);
    print_plain(stderr, text);
    putc('\n', stderr);
}

static void tell_damage(void *session, uint64_t where, const char *text)
{
    struct image_session *s = session;
    char line[BFF_NAME_MAX + 300];
    snprintf(line, sizeof line, "%s: at %" PRIu64 ": %s", s->source.name, where, text);
    session_tell(s, line);
}

int session_open(struct image_session *s, const struct image_options *o, struct error *err)
{
    *s = (struct image_session){ .options = o };
    if (image_open(&s->source, o->image, &s->container, err))
        return -1;
    progress_begin(&s->progress, s->source.size);
    s->met = calloc((size_t)o->name_count + 1, sizeof *s->met);
    if (s->met && bff_open(&s->reader, &s->source, (struct bff_damage_sink){ tell_damage, s }, err) == 0)
        return 0;
    free(s->met);
    source_close(&s->source);
    return -1;
}

int session_close(struct image_session *s, int status)
{
    char text[BFF_NAME_MAX + 100];
    if (s->reader.damages && status == IMAGE_GOOD)
        status = IMAGE_INCOMPLETE;
    for (int i = 0; i < s->options->name_count; i++) {
        if (s->met[i])
            continue;
        snprintf(text, sizeof text, "%s: not in %s", s->options->names[i], s->source.name);
        session_tell(s, text);
        status = status == IMAGE_GOOD ? IMAGE_INCOMPLETE : status;
    }
    progress_clear(&s->progress);
    if (s->lines > LINES_MAX)
        fprintf(stderr, "wpar image %s: %" PRIu64 " more lines like these\n", s->options->verb, s->lines - LINES_MAX);
    bff_close(&s->reader);
    source_close(&s->source);
    free(s->met);
    return status;
}

bool session_wants(struct image_session *s)
{
    char member[BFF_NAME_MAX + 1], name[BFF_NAME_MAX + 1];
    struct error none;
    bool wanted = s->options->name_count == 0;
    if (wanted || tree_clean_name(s->reader.member.name, member, &none))
        return wanted;
    for (int i = 0; i < s->options->name_count; i++) {
        if (strlen(s->options->names[i]) > BFF_NAME_MAX || tree_clean_name(s->options->names[i], name, &none))
            continue;
        size_t n = strlen(name);
        if (n > 0 && (strncmp(member, name, n) != 0 || (member[n] && member[n] != '/')))
            continue;
        s->met[i] = wanted = true;
    }
    return wanted;
}

int session_next(struct image_session *s)
{
    struct error err;
    int rc = bff_next(&s->reader, &err);
    progress_show(&s->progress, s->source.position);
    if (rc < 0)
        session_tell(s, err.text);
    return rc;
}
