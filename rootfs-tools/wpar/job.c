/* job.c -- see job.h. */
#include "rootfs-tools/wpar/job.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/wpar/stanza.h"
#include "rootfs-tools/wpar/remove_tree.h"
#include "rootfs-tools/wpar/wpar_spec.h"
#include "runtime/cleanup.h"

static const char *const kind_names[JOB_KINDS] = { [JOB_CREATE] = "create", [JOB_REMOVE] = "remove", [JOB_RENAME] = "rename",
                                                     [JOB_MOVE] = "move" };

static int remove_state_file(const struct store *s, const char *directory, const char *name, const char *suffix, struct error *err)
{
    char path[PATH_MAX];
    store_path(path, directory, name, suffix);
    return store_remove_file(path, err);
}

int job_begin(const struct store *s, const struct job *j, struct error *err)
{
    char path[PATH_MAX];
    free_ptr char *text = NULL;
    store_path(path, s->definitions, j->name, ".job");
    if (asprintf(&text, "job:\n\tkind = \"%s\"\n\tdirectory = \"%s\"\n\tto = \"%s\"\n\twas_there = \"%s\"\n",
                 kind_names[j->kind], j->directory, j->to, j->was_there ? "yes" : "no") < 0)
        return error_set(err, ENOMEM, "out of memory");
    return store_write_file(path, text, err);
}

static int remove_parts(const struct store *s, const struct job *j, struct error *err)
{
    if (j->directory[0] && remove_tree(j->directory, err))
        return -1;
    if (j->was_there && mkdir(j->directory, 0755) && errno != EEXIST)
        return error_set(err, errno, "%s: %s", j->directory, strerror(errno));
    static const char *const suffixes[] = { ".image.json", ".image.json.new", ".cf.new" };
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
        if (remove_state_file(s, s->definitions, j->name, suffixes[i], err))
            return -1;
    return 0;
}

static int move_file(const struct store *s, const struct job *j, const char *directory, const char *suffix, struct error *err)
{
    char from[PATH_MAX], to[PATH_MAX];
    store_path(from, directory, j->name, suffix);
    store_path(to, directory, j->to, suffix);
    if (rename(from, to) && errno != ENOENT)
        return error_set(err, errno, "%s: %s", from, strerror(errno));
    return 0;
}

static int finish_rename(const struct store *s, const struct job *j, struct error *err)
{
    if (!store_has(s, j->to, ".cf"))
        return 0;
    return move_file(s, j, s->definitions, ".image.json", err) || move_file(s, j, s->logs, ".log", err) ||
           remove_state_file(s, s->definitions, j->name, ".cf", err);
}

static bool has_moved(const struct store *s, const struct job *j)
{
    struct definition d = { 0 };
    struct error none;
    bool moved = store_read(s, j->name, &d, &none) == 0 && strcmp(definition_get(&d, ATTR_general_directory), j->to) == 0;
    definition_free(&d);
    return moved;
}

static int finish_move(const struct store *s, const struct job *j, struct error *err)
{
    if (!has_moved(s, j) && access(j->directory, F_OK) != 0 && rename(j->to, j->directory))
        return error_set(err, errno, "%s: %s", j->to, strerror(errno));
    return 0;
}

int job_finish(const struct store *s, const struct job *j, struct error *err)
{
    int rc = 0;
    if (j->kind == JOB_CREATE)
        rc = store_has(s, j->name, ".cf") ? 0 : remove_parts(s, j, err);
    else if (j->kind == JOB_REMOVE)
        rc = remove_state_file(s, s->definitions, j->name, ".cf", err) || remove_parts(s, j, err) ||
             remove_state_file(s, s->logs, j->name, ".log", err);
    else
        rc = j->kind == JOB_RENAME ? finish_rename(s, j, err) : finish_move(s, j, err);
    return rc ? -1 : remove_state_file(s, s->definitions, j->name, ".job", err);
}

static int take_line(void *context, const char *stanza, const char *attribute, const char *value, struct error *err)
{
    struct job *j = context;
    if (attribute && strcmp(attribute, "directory") == 0)
        snprintf(j->directory, sizeof j->directory, "%s", value);
    if (attribute && strcmp(attribute, "to") == 0)
        snprintf(j->to, sizeof j->to, "%s", value);
    if (attribute && strcmp(attribute, "was_there") == 0)
        j->was_there = strcmp(value, "yes") == 0;
    for (int k = 0; attribute && strcmp(attribute, "kind") == 0 && k < JOB_KINDS; k++)
        if (strcmp(kind_names[k], value) == 0)
            j->kind = (enum job_kind)k;
    return 0;
}

static int read_job(const struct store *s, const char *name, struct job *j, struct error *err)
{
    char path[PATH_MAX];
    *j = (struct job){ .kind = JOB_KINDS };
    snprintf(j->name, sizeof j->name, "%s", name);
    store_path(path, s->definitions, name, ".job");
    free_ptr char *text = stanza_read_file(path, err);
    if (!text || stanza_parse(text, path, take_line, j, err))
        return -1;
    if (j->kind == JOB_KINDS || (j->directory[0] && j->directory[0] != '/') || (j->kind == JOB_RENAME && wpar_check_name(j->to, err)))
        return error_set(err, EINVAL, "%s: not a job of ours", path);
    return 0;
}

int job_recover(const struct store *s, const char *name, const char *command, struct error *err)
{
    struct job j;
    if (!store_has(s, name, ".job"))
        return 0;
    if (read_job(s, name, &j, err))
        return -1;
    bool undo = (j.kind == JOB_CREATE && !store_has(s, name, ".cf")) || (j.kind == JOB_RENAME && !store_has(s, j.to, ".cf")) ||
                (j.kind == JOB_MOVE && !has_moved(s, &j));
    if (job_finish(s, &j, err))
        return error_wrap(err, "%s: an interrupted operation (%s) is still in the way", name, kind_names[j.kind]);
    fprintf(stderr, "%s: %s: an interrupted operation (%s) was %s\n", command, name, kind_names[j.kind], undo ? "undone" : "finished");
    return 0;
}
