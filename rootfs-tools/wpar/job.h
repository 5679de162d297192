/* job.h -- operations of more than one step, noted on disk before the first: what a later step's failure, kill -9 or a power cut left
 * is put right by the same code, at once or by the next command.
 *
 *   create   until NAME.cf is there everything is undone; from then on the WPAR exists
 *   remove   from the first step on it is carried out to the end
 *   rename   until NEW.cf is there nothing has happened; from then on OLD goes
 *   move     until the definition names the new directory the tree goes back
 */
#ifndef ROOTFS_TOOLS_JOB_H
#define ROOTFS_TOOLS_JOB_H

#include <limits.h>
#include "rootfs-tools/wpar/store.h"

enum job_kind { JOB_CREATE, JOB_REMOVE, JOB_RENAME, JOB_MOVE, JOB_KINDS };

struct job {
    enum job_kind kind;
    char name[64];
    char directory[PATH_MAX];   /* create: filled by it; remove: to be removed; move: the old one; "": none */
    bool was_there;             /* create: the directory was, empty */
    char to[PATH_MAX];          /* rename: the new name; move: the new directory */
};

/* Note the job; the WPAR's lock must be held. */
int job_begin(const struct store *s, const struct job *j, struct error *err);

/* Carry it to its end, or back to its start, and forget it. */
int job_finish(const struct store *s, const struct job *j, struct error *err);

/* An unfinished job of the WPAR, whose lock must be held: put right and said on stderr in `command`'s name. */
int job_recover(const struct store *s, const char *name, const char *command, struct error *err);

#endif
