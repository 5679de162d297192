/* image_session.h -- what the verbs of `wpar image` share: options, the opened image, messages, selection of members,
 * progress.
 */
#ifndef ROOTFS_TOOLS_IMAGE_SESSION_H
#define ROOTFS_TOOLS_IMAGE_SESSION_H

#include <stdbool.h>
#include <stdio.h>
#include "rootfs-tools/backup/bff_reader.h"
#include "rootfs-tools/backup/container.h"

/* Exit statuses, as the manual page has them. */
enum { IMAGE_GOOD = 0, IMAGE_INCOMPLETE = 1, IMAGE_USAGE = 2, IMAGE_FAILED = 3 };

struct image_options {
    const char *verb, *directory, *sidecar, *image;
    bool detailed, json, packages, verbose, pack;
    uint64_t max_bytes, max_members;    /* 0: not given */
    char **names;                       /* members asked for; none: all */
    int name_count;
};

struct image_progress {
    bool shown;             /* stderr is a terminal */
    bool drawn;
    uint64_t total;
    double last;
};

struct image_session {
    const struct image_options *options;
    struct image_source source;
    struct bff_reader reader;
    enum image_container container;
    struct image_progress progress;
    uint64_t lines;         /* messages printed */
    bool *met;              /* per name asked for */
};

/* Each verb: arguments checked, the exit status returned. */
int image_ls(const struct image_options *o);
int image_cat(const struct image_options *o);
int image_verify(const struct image_options *o);
int image_extract(const struct image_options *o);
int image_create(const struct image_options *o);

int session_open(struct image_session *s, const struct image_options *o, struct error *err);

/* Names asked for and not met are told. The exit status that what happened asks for; frees everything. */
int session_close(struct image_session *s, int status);

/* Is the current member asked for: its name, or a directory above it? */
bool session_wants(struct image_session *s);

/* The next member: 1; 0 at the end; -1 told already. */
int session_next(struct image_session *s);

/* "wpar image VERB: text" on stderr; after a hundred lines only counted. */
void session_tell(void *session, const char *text);

/* Text of an image, or of a message about it, with control characters as \ooo: a name must not steer a terminal. */
void print_plain(FILE *out, const char *text);

void progress_begin(struct image_progress *p, uint64_t total);
void progress_show(struct image_progress *p, uint64_t done);
void progress_clear(struct image_progress *p);

#endif
