/* wpar.c -- all WPAR commands in one program: by the name it is called under (mkwpar), or as `wpar mkwpar ...`. */
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} commands[] = {
    { "mkwpar",     mkwpar_main,     "make a system WPAR, from a backup image or the builtin base" },
    { "lswpar",     lswpar_main,     "list WPARs" },
    { "startwpar",  startwpar_main,  "start a system WPAR" },
    { "stopwpar",   stopwpar_main,   "stop a WPAR" },
    { "rebootwpar", rebootwpar_main, "stop and start a system WPAR" },
    { "clogin",     clogin_main,     "log in to a WPAR, or run a command in it" },
    { "chwpar",     chwpar_main,     "change the settings of a WPAR" },
    { "savewpar",   savewpar_main,   "back a WPAR up" },
    { "restwpar",   restwpar_main,   "make a WPAR again from a backup" },
    { "restwparfiles", restwparfiles_main, "restore files of a backup" },
    { "lssavewpar", lssavewpar_main, "list a backup" },
    { "mkwpardata", mkwpardata_main, "write image.data of a WPAR" },
    { "rmwpar",     rmwpar_main,     "remove a WPAR" },
    { "wparexec",   wparexec_main,   "run a program in a WPAR of its own" },
    { "image",      image_main,      "list, read, extract, check and make AIX backup images" },
    { "translate",  translate_main,  "translate programs ahead of time" },
    { "base-rootfs", base_rootfs_main, "build a rootfs of open programs for AIX" },
    { "cache",      cache_main,      "the translation cache: statistics, verification, trimming" },
};

static void print_help(FILE *out)
{
    fputs("usage: wpar COMMAND [ARG...]\n       wpar --help | --version\n\ncommands (COMMAND --help tells more):\n", out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  %-14s %s\n", commands[i].name, commands[i].help);
    fputs("\nexit status: the command's own; 2 for a wrong command line\n", out);
}

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const struct command *c = find(slash ? slash + 1 : argv[0]);
    if (c)
        return c->run(argc, argv);
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return print_help(stdout), 0;
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return puts("wpar (vwpar) " VWPAR_VERSION), 0;
    c = argc > 1 ? find(argv[1]) : NULL;
    if (c)
        return c->run(argc - 1, argv + 1);
    if (argc > 1)
        fprintf(stderr, "wpar: unknown command '%s'\n", argv[1]);
    print_help(stderr);
    return 2;
}
