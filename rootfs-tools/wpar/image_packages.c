/* image_packages.c -- see image_packages.h.
 *
 * lpp_name, the table of contents of a package [AIX: "lpp_name file"]: a line "4 R S product {", then for each fileset
 * a line "name level volume bosboot content language description" and, between "[" and "]", what it requires and how
 * big it is; "}" ends.
 */
#include "rootfs-tools/wpar/image_packages.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/safe_tree.h"
#include "runtime/cleanup.h"

enum { LPP_NAME_MAX = 16 << 20 };

void image_kind_note(struct image_kind *k, const struct bff_member *m)
{
    char name[BFF_NAME_MAX + 1];
    struct error none;
    if (!S_ISREG(m->mode) || tree_clean_name(m->name, name, &none))
        return;
    k->image_data |= strcmp(name, "image.data") == 0;
    k->bosinst_data |= strcmp(name, "bosinst.data") == 0;
    k->wpar_spec |= strcmp(name, ".savewpar_dir/wpar.spec") == 0;
    k->lpp_name |= strcmp(name, "lpp_name") == 0;
}

const char *image_kind_name(const struct image_kind *k)
{
    if (k->wpar_spec)
        return "savewpar image";
    if (k->image_data && k->bosinst_data)
        return "mksysb image";
    return k->lpp_name ? "installp package" : "backup by name";
}

/* "name level x x x x description" */
static void print_fileset(char *line)
{
    char *rest = line, *words[6];
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        words[i] = strsep(&rest, " \t");
    if (!words[1])
        return;
    print_plain(stdout, words[0]);
    putchar(' ');
    print_plain(stdout, words[1]);
    putchar(' ');
    print_plain(stdout, rest ? rest : "");
    putchar('\n');
}

static size_t print_filesets(char *text)
{
    size_t count = 0;
    bool in_product = false, in_requisites = false;
    char *line;
    while ((line = strsep(&text, "\n"))) {
        char last = *line ? line[strlen(line) - 1] : '\0';
        if (!in_product)
            in_product = last == '{';
        else if (*line == '}')
            in_product = false;
        else if (*line == '[' || *line == ']')
            in_requisites = *line == '[';
        else if (!in_requisites && *line) {
            print_fileset(line);
            count++;
        }
    }
    return count;
}

static char *read_text(struct image_session *s, struct error *err)
{
    const uint8_t *data;
    size_t have = 0;
    ssize_t n;
    char *text = s->reader.member.size <= LPP_NAME_MAX ? malloc((size_t)s->reader.member.size + 1) : NULL;
    if (!text) {
        error_set(err, EFBIG, "%s: too long", s->reader.member.name);
        return NULL;
    }
    while ((n = bff_data(&s->reader, &data, err)) > 0 && have + (size_t)n <= s->reader.member.size) {
        memcpy(text + have, data, (size_t)n);
        have += (size_t)n;
    }
    text[have] = '\0';
    if (n == 0)
        return text;
    free(text);
    return NULL;
}

static int list_filesets(struct image_session *s)
{
    struct error err = { 0 };
    free_ptr char *text = read_text(s, &err);
    if (text && print_filesets(text) > 0)
        return IMAGE_GOOD;
    session_tell(s, text ? "lpp_name names no fileset" : err.text);
    return IMAGE_INCOMPLETE;
}

int image_list_packages(const struct image_options *o)
{
    struct image_session s;
    struct image_kind kind = { 0 };
    struct error err;
    int rc, status = IMAGE_GOOD;
    if (session_open(&s, o, &err)) {
        fprintf(stderr, "wpar image ls: %s\n", err.text);
        return IMAGE_FAILED;
    }
    while ((rc = session_next(&s)) > 0 && !kind.lpp_name) {
        image_kind_note(&kind, &s.reader.member);
        if (kind.lpp_name)
            status = list_filesets(&s);
    }
    if (rc == 0 && !kind.lpp_name) {
        session_tell(&s, "not an installp package: it has no lpp_name");
        status = IMAGE_INCOMPLETE;
    }
    return session_close(&s, rc < 0 ? IMAGE_FAILED : status);
}
