/* session.c -- see session.h. */
#include "rootfs-tools/wpar/session.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/job.h"
#include "rootfs-tools/wpar/wpar_spec.h"

int wpar_session_lock(struct wpar_session *s, const char *command, const char *name, struct error *err)
{
    s->command = command;
    s->lock = -1;
    snprintf(s->name, sizeof s->name, "%s", name);
    if (wpar_check_name(name, err) || store_open(&s->store, err) || store_prepare(&s->store, err))
        return -1;
    s->lock = store_lock(&s->store, name, err);
    if (s->lock < 0)
        return -1;
    if (job_recover(&s->store, name, command, err) || active_recover(&s->store, name, command, err)) {
        wpar_session_close(s);
        return -1;
    }
    active_state_read(&s->store, name, &s->state);
    return 0;
}

int wpar_session_open(struct wpar_session *s, const char *command, const char *name, struct error *err)
{
    if (wpar_session_lock(s, command, name, err))
        return -1;
    if (store_read(&s->store, name, &s->definition, err) == 0)
        return 0;
    wpar_session_close(s);
    return -1;
}

void wpar_session_close(struct wpar_session *s)
{
    definition_free(&s->definition);
    if (s->lock >= 0)
        store_unlock(&s->store, s->name, s->lock);
    s->lock = -1;
}

int wpar_session_run(const struct cli *c, wpar_work *work)
{
    struct error err;
    struct wpar_session s = { .verbose = cli_has(c, 'v') };
    if (wpar_session_open(&s, c->command->name, c->operands[0], &err))
        return wpar_fail(c->command->name, &err);
    int rc = work(&s, c, &err);
    wpar_session_close(&s);
    return rc ? wpar_fail(c->command->name, &err) : 0;
}

void wpar_say(const struct wpar_session *s, const char *format, ...)
{
    if (!s->verbose)
        return;
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

int wpar_fail(const char *command, const struct error *err)
{
    fprintf(stderr, "%s: %s\n", command, err->text);
    return 1;
}
