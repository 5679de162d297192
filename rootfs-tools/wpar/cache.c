/* cache.c -- `wpar cache ...`: hands the work to lib/vwpar/vcache, which knows the cache's format (xlate/worker/vcache.c). */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/install_paths.h"

enum { FAILED = 3, MOST_WORDS = 1000 };

/* The defaults come first: what the user says wins. */
int cache_main(int argc, char **argv)
{
    struct install_paths paths;
    struct error err;
    char *words[MOST_WORDS + 6];
    int n = 0;

    if (argc > MOST_WORDS) {
        fprintf(stderr, "wpar cache: more than %d words\n", MOST_WORDS);
        return FAILED;
    }
    if (install_paths_find(&paths, &err)) {
        fprintf(stderr, "wpar cache: %s\n", err.text);
        return FAILED;
    }
    words[n++] = paths.vcache;
    words[n++] = "--cache";
    words[n++] = paths.cache;
    words[n++] = "--aixrun";
    words[n++] = paths.aixrun;
    for (int i = 1; i <= argc; i++)
        words[n++] = argv[i];           /* and the NULL behind them */
    execv(paths.vcache, words);
    fprintf(stderr, "wpar cache: %s: %s\n", paths.vcache, strerror(errno));
    return FAILED;
}
