/* wparexec.c -- run a program in an application WPAR: create it, start it, wait for it, remove every trace of it.
 *
 * IBM's letters [wpar 3]; those that need parts not built yet are refused by name.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/wpar/active_wpar.h"
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/oci_config.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/program_check.h"
#include "rootfs-tools/wpar/translator.h"
#include "rootfs-tools/wpar/wpar_spec.h"
#include "runtime/cleanup.h"

struct options {
    struct wpar_spec spec;
    bool verbose, interpret, help;
};

static const char help_text[] =
    "usage: wparexec -n NAME [-h HOST] [-M attr=value ...]... [-v] [--] [VAR=value ...] /path/command [ARG ...]\n"
    "\n"
    "Run a program for AIX in a workload partition of its own: own processes, mounts, IPC, host name and network; nothing of\n"
    "the host is visible but its rootfs and what -M adds. Waits until all its processes have ended.\n"
    "\n"
    "  -n NAME          name of the WPAR (at most 25 letters, digits, _ - @)\n"
    "  -h HOST          host name inside; default NAME\n"
    "  -M attr=value... a file system: directory=PATH dev=HOSTDIR [vfs=namefs|tmpfs] [mountopts=ro|rw]\n"
    "                   directory=/ dev=DIR makes DIR the rootfs; without it the WPAR has the builtin libraries' own\n"
    "  -v               say what is done\n"
    "  --cwd DIR        working directory inside; default /\n"
    "  --interpret      no translation: no translator is started\n"
    "  --help, --version\n"
    "\n"
    "environment: WPAR_RUNTIME (runc, crun or a path), VWPAR_CACHE (translation cache)\n"
    "exit status: the program's; 128 + n when signal n ended it; 126/127 when it could not be started; 2 for a wrong\n"
    "command line; 1 for any other failure of the WPAR itself\n";

/* How many words after argv[i] belong to an attribute list: up to the next flag, but not into the command. */
static size_t attribute_words(int argc, char **argv, int i)
{
    size_t count = 0;
    while (i + 1 + (int)count < argc && argv[i + 1 + count][0] != '-' && strchr(argv[i + 1 + count], '=') &&
           (strncmp(argv[i + 1 + count], "directory=", 10) == 0 || strncmp(argv[i + 1 + count], "dev=", 4) == 0 ||
            strncmp(argv[i + 1 + count], "vfs=", 4) == 0 || strncmp(argv[i + 1 + count], "mountopts=", 10) == 0))
        count++;
    return count;
}

static int take_value(int argc, char **argv, int *i, char **field, struct error *err)
{
    if (*i + 1 >= argc)
        return error_set(err, EINVAL, "%s needs a value", argv[*i]);
    free(*field);
    *field = strdup(argv[++*i]);
    return 0;
}

static int parse_flag(int argc, char **argv, int *i, struct options *o, struct error *err)
{
    const char *flag = argv[*i];
    if (strcmp(flag, "-n") == 0)
        return take_value(argc, argv, i, &o->spec.name, err);
    if (strcmp(flag, "-h") == 0)
        return take_value(argc, argv, i, &o->spec.hostname, err);
    if (strcmp(flag, "-M") == 0) {
        size_t count = attribute_words(argc, argv, *i);
        int rc = wpar_add_mount(&o->spec, argv + *i + 1, count, err);
        *i += (int)count;
        return rc;
    }
    if (strcmp(flag, "-v") == 0)
        return o->verbose = true, 0;
    if (strcmp(flag, "--cwd") == 0)
        return take_value(argc, argv, i, &o->spec.cwd, err);
    if (strcmp(flag, "--interpret") == 0)
        return o->interpret = true, 0;
    static const char known[] = "ac1FHiINRuxefowS";
    if (flag[1] != '-' && flag[1] && !flag[2] && strchr(known, flag[1]))
        return error_set(err, ENOTSUP, "option %s is IBM's but not supported yet", flag);
    return error_set(err, EINVAL, "unknown option %s (--help lists them)", flag);
}

static int parse(int argc, char **argv, struct options *o, struct error *err)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (strcmp(argv[i], "--help") == 0)
            return o->help = true, 0;
        if (parse_flag(argc, argv, &i, o, err))
            return -1;
    }
    o->spec.environment = argv + i;
    for (; i < argc && argv[i][0] != '/' && strchr(argv[i], '='); i++)
        o->spec.environment_count++;
    o->spec.command = argv + i;
    if (!o->spec.name)
        return error_set(err, EINVAL, "-n NAME is missing");
    if (i >= argc)
        return error_set(err, EINVAL, "the command is missing");
    if (o->spec.cwd && o->spec.cwd[0] != '/')
        return error_set(err, EINVAL, "--cwd %s: not an absolute path", o->spec.cwd);
    return wpar_check_name(o->spec.name, err);
}

static void say(const struct options *o, const char *text)
{
    if (o->verbose)
        fprintf(stderr, "wparexec: %s\n", text);
}

static int start_and_wait(const struct options *o, const struct install_paths *paths, const char *runtime, struct error *err)
{
    char socket_dir[PATH_MAX];
    struct error why;
    bool translator = !o->interpret && translator_start(paths, socket_dir, &why) == 0;
    if (!translator && !o->interpret)
        fprintf(stderr, "wparexec: %s; going on without translation\n", why.text);
    struct active_wpar active;
    if (active_wpar_begin(&active, paths->run, &o->spec, err))
        return -1;
    struct oci_host host = { geteuid() != 0, geteuid(), getegid(), active.rootfs.path, translator ? socket_dir : NULL };
    free_ptr char *config = oci_config_text(&o->spec, paths, &host);
    if (!config || active_wpar_configure(&active, config, err)) {
        if (!config)
            error_set(err, EINVAL, "the configuration holds text that is not UTF-8");
        active_wpar_end(&active);
        return -1;
    }
    say(o, "loading workload partition");
    int status = oci_runtime_run(runtime, active.oci_state, active.bundle, o->spec.name, err);
    active_wpar_end(&active);
    return status;
}

int wparexec_main(int argc, char **argv)
{
    struct error err;
    struct options o = { 0 };
    struct install_paths paths;
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return puts("wparexec (vwpar) " VWPAR_VERSION), 0;
    if (parse(argc, argv, &o, &err)) {
        fprintf(stderr, "wparexec: %s\n", err.text);
        return 2;
    }
    if (o.help)
        return fputs(help_text, stdout), 0;
    int status = -1;
    const char *runtime = NULL;
    say(&o, "verifying file systems");
    if (install_paths_find(&paths, &err) == 0 && program_check(&o.spec, paths.base, &err) == 0 &&
        (runtime = oci_runtime_choose(&err)))
        status = start_and_wait(&o, &paths, runtime, &err);
    if (status < 0)
        fprintf(stderr, "wparexec: %s\n", err.text);
    int code = status >= 0 ? status : err.code == ENOENT ? 127 : err.code == EACCES || err.code == ENOEXEC ? 126 : 1;
    wpar_spec_free(&o.spec);
    return code;
}
