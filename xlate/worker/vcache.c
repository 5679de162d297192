/* vcache.c -- `wpar cache`: looks into a code cache, checks it, makes it smaller. `wpar` starts it, since only this side knows the format.
 *
 * It takes the translator's place while it works: one that runs is asked to end (the lock file holds its process id), and runners start
 * another when they need one.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_use.h"
#include "xlate/worker/cache_append.h"
#include "xlate/worker/cache_report.h"
#include "xlate/worker/cache_tidy.h"

enum { FOUND_WRONG = 1, USAGE = 2, FAILED = 3 };

static const char help_text[] =
    "usage: wpar cache stats [--cache DIR] [--root DIR] [PROGRAM ...]\n"
    "       wpar cache verify [--cache DIR] [--root DIR] [PROGRAM ...]\n"
    "       wpar cache trim [--cache DIR] MIB\n"
    "       wpar cache clear [--cache DIR]\n"
    "\n"
    "The cache of translated code.\n"
    "\n"
    "  stats        sizes, what the units are of, host bytes per guest byte, how often the cache had what was wanted;\n"
    "               a line for each module that PROGRAMs load\n"
    "  verify       check every hash; translate PROGRAMs and their libraries again and compare what is in the cache;\n"
    "               what is damaged is removed, and everything when something is different\n"
    "  trim MIB     make it at most so many mebibytes: code of other builds goes first, then what was used longest ago\n"
    "  clear        remove everything\n"
    "  --cache DIR  the cache (default: the user's)\n"
    "  --root DIR   host directory that is the programs' /\n"
    "  --help, --version\n"
    "\n"
    "environment: VWPAR_CACHE, XDG_CACHE_HOME, HOME (where the user's cache is)\n"
    "exit status: 0 all is well; 1 something damaged or different was found; 2 for a wrong command line; 3 it could not\n"
    "be done\n";

struct request {
    const char *cache, *aixrun, *root;
    char **words;
    int count;
};

static int complain(const struct error *err)
{
    fprintf(stderr, "wpar cache: %s\n", err->text);
    return FAILED;
}

/* The process that holds the lock, 0 when it is not told. */
static pid_t holder(const char *path)
{
    char name[CACHE_NAME_LEN], text[32] = "", *full = NULL;

    cache_file_name(name, sizeof name, ".lock");
    if (asprintf(&full, "%s/%s", path, name) < 0)
        return 0;
    close_fd int fd = open(full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    free(full);
    return fd >= 0 && read(fd, text, sizeof text - 1) > 0 ? (pid_t)strtol(text, NULL, 10) : 0;
}

/* The cache for us alone. */
static struct cache *attach(const char *path, struct error *err)
{
    enum { TRIES = 200 };

    for (int tries = 0;; tries++) {
        struct cache *c = cache_attach(path, 0, err);
        if (c || err->code != EBUSY || tries == TRIES)
            return c;
        pid_t pid = holder(path);
        if (pid > 1)
            kill(pid, SIGTERM);
        nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    }
}

static int run_aixrun(const struct request *r, const char *what, const char *cache, const char *program)
{
    const char *with_root[] = { r->aixrun, what, "--quiet", "--cache", cache, "--root", r->root, "--", program, NULL };
    const char *without[] = { r->aixrun, what, "--quiet", "--cache", cache, "--", program, NULL };
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        execv(r->aixrun, (char *const *)(r->root ? with_root : without));
        fprintf(stderr, "wpar cache: %s: %s\n", r->aixrun, strerror(errno));
        _exit(FAILED);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return pid < 0 || status ? -1 : 0;
}

static int stats(const struct request *r)
{
    struct error err;
    struct cache *c = cache_view(r->cache, &err);

    if (!c)
        return complain(&err);
    printf("cache: %s\n", r->cache);
    report_stats(c, stdout);
    cache_detach(c);
    fflush(stdout);
    int failed = 0;
    for (int i = 0; i < r->count; i++)
        failed |= run_aixrun(r, "--coverage", r->cache, r->words[i]);
    return failed ? FAILED : 0;
}

static int trim(const struct request *r)
{
    struct error err;
    char *end;
    unsigned long mebibytes = strtoul(r->words[0], &end, 10);

    if (!*r->words[0] || *end || mebibytes > 1 << 24) {
        fprintf(stderr, "wpar cache: trim: \"%s\" is not a number of mebibytes\n", r->words[0]);
        return USAGE;
    }
    struct cache *c = attach(r->cache, &err);
    if (!c)
        return complain(&err);
    int failed = cache_trim(c, (uint64_t)mebibytes << 20, &err);
    cache_clean(c);
    cache_detach(c);
    return failed ? complain(&err) : 0;
}

static bool nothing(const struct cache_unit *unit, const void *context) { return false; }

static int clear(const struct request *r)
{
    struct error err;
    struct cache *c = attach(r->cache, &err);

    if (!c)
        return complain(&err);
    tidy_trim_builds(cache_directory(c), 0);
    unlinkat(cache_directory(c), CACHE_HOT_NAME, 0);
    int failed = cache_keep_only(c, nothing, NULL, &err);
    cache_clean(c);
    cache_detach(c);
    return failed ? complain(&err) : 0;
}

/* --- verify ---------------------------------------------------------------------------------------------------------------- */

static void remove_scratch(const char *path)
{
    struct error err;
    struct cache *c = attach(path, &err);
    char name[CACHE_NAME_LEN];

    if (!c)
        return;
    cache_keep_only(c, nothing, NULL, &err);
    cache_clean(c);
    unlinkat(cache_directory(c), CACHE_HOT_NAME, 0);
    static const char *const suffixes[] = { ".lock", ".use", ".sock" };
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        cache_file_name(name, sizeof name, suffixes[i]);
        unlinkat(cache_directory(c), name, 0);
    }
    cache_detach(c);
    rmdir(path);
}

/* All programs into a cache of its own, which is then compared. */
static int compare(const struct request *r, struct cache *c, struct report_checked *sum, struct error *err)
{
    const char *tmp = getenv("TMPDIR");
    char *scratch = NULL;
    int failed = 0;

    if (asprintf(&scratch, "%s/vwpar-verify-XXXXXX", tmp && *tmp ? tmp : "/tmp") < 0 || !mkdtemp(scratch))
        return error_set(err, errno, "%s: %s", scratch ? scratch : "verify", strerror(errno));
    for (int i = 0; i < r->count && !failed; i++)
        if (run_aixrun(r, "--translate", scratch, r->words[i]))
            failed = error_set(err, EINVAL, "verify: %s could not be translated again", r->words[i]);
    struct cache *again = failed ? NULL : attach(scratch, err);
    if (again) {
        report_compare(c, again, sum, stdout);
        cache_detach(again);
    }
    remove_scratch(scratch);
    free(scratch);
    return failed || !again ? -1 : 0;
}

static bool everything(const struct cache_unit *unit, const void *context) { return true; }

static int verify(const struct request *r)
{
    struct error err;
    struct report_checked sum = { .units = 0 };
    struct cache *c = attach(r->cache, &err);

    if (!c)
        return complain(&err);
    report_check(c, &sum, stdout);
    int failed = r->count ? compare(r, c, &sum, &err) : 0;
    if (!failed)
        printf("%zu units: %zu damaged; %zu translated again and compared, %zu different\n", sum.units, sum.damaged, sum.compared,
               sum.different);
    if (!failed && (sum.damaged || sum.different))
        failed = cache_keep_only(c, sum.different ? nothing : everything, NULL, &err);
    cache_clean(c);
    cache_detach(c);
    return failed ? complain(&err) : sum.damaged || sum.different ? FOUND_WRONG : 0;
}

/* --- the command line ------------------------------------------------------------------------------------------------------- */

static const struct { const char *name; int (*run)(const struct request *r); int least, most; } verbs[] = {
    { "stats", stats, 0, -1 }, { "verify", verify, 0, -1 }, { "trim", trim, 1, 1 }, { "clear", clear, 0, 0 },
};

static int usage(const char *text, const char *what)
{
    fprintf(stderr, "wpar cache: %s%s (--help lists them)\n", text, what);
    return USAGE;
}

/* Words that are no options move to the front. */
static int parse(int argc, char **argv, struct request *r)
{
    static const char *const names[] = { "--cache", "--root", "--aixrun" };
    const char **values[] = { &r->cache, &r->root, &r->aixrun };

    r->words = argv;
    for (int i = 0; i < argc; i++) {
        size_t option = 0;
        if (argv[i][0] != '-') {
            r->words[r->count++] = argv[i];
            continue;
        }
        while (option < ARRAY_LEN(names) && strcmp(argv[i], names[option]))
            option++;
        if (option == ARRAY_LEN(names))
            return usage("no such option: ", argv[i]);
        if (i + 1 == argc)
            return usage("a value is missing behind ", argv[i]);
        *values[option] = argv[++i];
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct request r = { .count = 0 };

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0)
            return fputs(help_text, stdout), 0;
        if (strcmp(argv[i], "--version") == 0)
            return puts("wpar cache (vwpar) " VWPAR_VERSION), 0;
    }
    if (parse(argc - 1, argv + 1, &r))
        return USAGE;
    if (!r.count)
        return usage("a command is missing", "");
    const char *verb = *r.words++;
    r.count--;
    for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
        if (strcmp(verbs[i].name, verb))
            continue;
        if (r.count < verbs[i].least || (verbs[i].most >= 0 && r.count > verbs[i].most))
            return usage(verb, r.count < verbs[i].least ? ": a word is missing" : ": too many words");
        return verbs[i].run(&r);
    }
    return usage("unknown command ", verb);
}
