/* inittab.c -- see inittab.h. */
#include "rootfs-tools/wpar/inittab.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"

const struct inittab_rule inittab_rules[] = {
    { "/sbin/rc.boot",                    "configures the machine's devices" },
    { "/etc/brc",                         "configures the machine's devices" },
    { "/etc/rc.powerfail",                "there is no power supply to watch" },
    { "/usr/sbin/getty",                  "there are no terminal lines; clogin has terminals of its own" },
    { "/usr/lib/errdemon",                "there is no kernel error log" },
    { "/usr/sbin/uprintfd",               "there are no kernel messages" },
    { "/usr/ccs/bin/shconf",              "watches the kernel's scheduler" },
    { "/usr/sbin/shdaemon",               "watches the kernel's scheduler" },
    { "/usr/lpp/diagnostics/bin/diagd",   "there is no hardware to diagnose" },
    { "/usr/lib/methods/cfgmgr",          "configures the machine's devices" },
    { "/usr/sbin/cfgmgr",                 "configures the machine's devices" },
    { "/etc/rc.nfs",                      "NFS needs kernel extensions" },
    { "/usr/sbin/rsct/bin/rmcd",          "clusters of the old machine" },
    { "/usr/sbin/swapon",                 "paging space is the host's" },
    { "/usr/bin/pmd",                     "power management is the host's" },
};
const size_t inittab_rule_count = ARRAY_LEN(inittab_rules);

static const struct { const char *name; enum inittab_action action; } actions[] = {
    { "sysinit", INITTAB_SYSINIT }, { "bootwait", INITTAB_BOOTWAIT }, { "boot", INITTAB_BOOT },
    { "wait", INITTAB_WAIT },       { "once", INITTAB_ONCE },         { "respawn", INITTAB_RESPAWN },
    { "initdefault", INITTAB_INITDEFAULT },
};

static enum inittab_action action_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(actions); i++)
        if (strcmp(actions[i].name, name) == 0)
            return actions[i].action;
    return INITTAB_NEVER;       /* off, ondemand, powerfail, powerwait */
}

static const char *reason_against(const char *command)
{
    size_t n = strcspn(command, " \t");
    for (size_t i = 0; i < inittab_rule_count; i++)
        if (strlen(inittab_rules[i].program) == n && strncmp(inittab_rules[i].program, command, n) == 0)
            return inittab_rules[i].reason;
    return NULL;
}

static void cut_blanks(char *text)
{
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        text[--n] = '\0';
}

/* "... > /dev/console 2>&1 # comment": everything goes to the console anyway. */
static void simplify(char *command)
{
    static const char *const tails[] = { "2>&1", ">/dev/console", "> /dev/console", "1>/dev/console", "2>/dev/console", "</dev/console" };
    char *comment = strstr(command, " #");
    if (comment)
        *comment = '\0';
    for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
        cut_blanks(command);
        size_t n = strlen(command), m = strlen(tails[i]);
        if (n > m && strcmp(command + n - m, tails[i]) == 0) {
            command[n - m] = '\0';
            i = (size_t)-1;         /* again from the first */
        }
    }
}

static void add_line(struct inittab *t, char *line)
{
    char *rest = line, *id = strsep(&rest, ":"), *levels = strsep(&rest, ":"), *action = strsep(&rest, ":");
    if (!rest || !*id)
        return;
    struct inittab_entry *bigger = realloc(t->entries, (t->count + 1) * sizeof *bigger);
    if (!bigger)
        return;
    t->entries = bigger;
    struct inittab_entry *e = &t->entries[t->count];
    *e = (struct inittab_entry){ .action = action_of(action) };
    snprintf(e->id, sizeof e->id, "%s", id);
    snprintf(e->levels, sizeof e->levels, "%s", levels);
    if (e->action == INITTAB_INITDEFAULT && isdigit((unsigned char)levels[0]))
        t->level = levels[0];
    rest += strspn(rest, " \t");
    simplify(rest);
    e->command = strdup(rest);
    e->reason = e->command ? reason_against(e->command) : "out of memory";
    t->count++;
}

int inittab_read(struct inittab *t, const char *path)
{
    char line[4096];
    *t = (struct inittab){ .level = '2' };
    close_file FILE *f = fopen(path, "re");
    if (!f)
        return -1;
    while (fgets(line, sizeof line, f)) {
        cut_blanks(line);
        if (line[0] != ':' && line[0] != '#')
            add_line(t, line);
    }
    return 0;
}

void inittab_free(struct inittab *t)
{
    while (t->count > 0)
        free(t->entries[--t->count].command);
    free(t->entries);
}

bool inittab_in_level(const struct inittab_entry *e, char level) { return !e->levels[0] || strchr(e->levels, level); }

bool inittab_needs_shell(const char *command) { return command[strcspn(command, "|&;<>()$`\\\"'*?[#~%{!")] != '\0'; }
