/* base_rootfs.c -- `wpar base-rootfs ...`: hands the work to base-rootfs/base_rootfs.py, which builds Debian's sources with aixcc. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/install_paths.h"

enum { FAILED = 1, MOST_WORDS = 100 };

/* The defaults come first: what the user says wins. */
int base_rootfs_main(int argc, char **argv)
{
    struct install_paths paths;
    struct error err;
    char script[PATH_MAX], keep[PATH_MAX], bin[PATH_MAX];
    char *words[MOST_WORDS + 10];
    int n = 0;

    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return puts("wpar base-rootfs (vwpar) " VWPAR_VERSION), 0;
    if (argc > MOST_WORDS) {
        fprintf(stderr, "base-rootfs: more than %d words\n", MOST_WORDS);
        return FAILED;
    }
    if (install_paths_find(&paths, &err) || install_base_rootfs(script, keep, &err)) {
        fprintf(stderr, "base-rootfs: %s\n", err.text);
        return FAILED;
    }
    snprintf(bin, sizeof bin, "%.*s", (int)(strrchr(paths.aixrun, '/') - paths.aixrun), paths.aixrun);
    words[n++] = "python3";
    words[n++] = script;
    words[n++] = "--bin";
    words[n++] = bin;
    words[n++] = "--base";
    words[n++] = paths.base;
    words[n++] = "--keep";
    words[n++] = keep;
    for (int i = 1; i <= argc; i++)
        words[n++] = argv[i];           /* and the NULL behind them */
    execvp(words[0], words);
    fprintf(stderr, "base-rootfs: python3: %s\n", strerror(errno));
    return FAILED;
}
