/* inittab.h -- an AIX image's /etc/inittab, as far as it applies in a partition [AIX inittab, init].
 *
 *   id:levels:action:command        a line that begins with ":" or "#" is a comment
 */
#ifndef ROOTFS_TOOLS_INITTAB_H
#define ROOTFS_TOOLS_INITTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

enum inittab_action {
    INITTAB_SYSINIT, INITTAB_BOOTWAIT, INITTAB_BOOT, INITTAB_WAIT, INITTAB_ONCE, INITTAB_RESPAWN, INITTAB_INITDEFAULT, INITTAB_NEVER,
};

struct inittab_entry {
    char id[16], levels[16];        /* levels "": all */
    enum inittab_action action;
    char *command;                  /* without comment and redirections of the console */
    const char *reason;             /* why it does not apply; NULL: it does */
    pid_t pid;                      /* running, 0: not */
    time_t started;
    int quick;                      /* how often in a row it ended at once */
};

struct inittab {
    struct inittab_entry *entries;
    size_t count;
    char level;                     /* of initdefault; '2' without it */
};

/* What belongs to the machine or the kernel, and is not started. */
struct inittab_rule { const char *program, *reason; };
extern const struct inittab_rule inittab_rules[];
extern const size_t inittab_rule_count;

/* -1 with errno when there is none. */
int inittab_read(struct inittab *t, const char *path);
void inittab_free(struct inittab *t);

bool inittab_in_level(const struct inittab_entry *e, char level);

/* Has the command something that only a shell understands? */
bool inittab_needs_shell(const char *command);

#endif
