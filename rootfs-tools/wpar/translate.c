/* translate.c -- `wpar translate FILE|DIRECTORY...`: the code of programs goes into the translation cache before they are run.
 *
 * Directories are searched for AIX programs: XCOFF files with F_EXEC. Each is loaded by `aixrun --translate`, with its libraries, at the
 * addresses where it will have them. Libraries alone are therefore passed over.
 */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "loader/xcoff.h"
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/install_paths.h"
#include "runtime/cleanup.h"

enum { FAILED = 1, USAGE = 2 };

static const char help_text[] =
    "usage: wpar translate [-q] [--root DIR] [--cache DIR] FILE|DIRECTORY ...\n"
    "\n"
    "Translates AIX programs and the libraries they load ahead of time: everything that descriptors, symbols and\n"
    "traceback tables lead to, on all processors. Interrupted, it goes on where it was when started again. Directories\n"
    "are searched for programs. A line for each module tells how many instructions were found and translated.\n"
    "\n"
    "  -q           no progress bar and no lines, errors only\n"
    "  --root DIR   host directory that is the programs' /; FILE and DIRECTORY are below it (default: the host's own)\n"
    "  --cache DIR  the cache to put it in (default: the user's)\n"
    "  --help, --version\n"
    "\n"
    "environment: VWPAR_CACHE, XDG_CACHE_HOME, HOME (where the user's cache is)\n"
    "exit status: 0 all programs are translated; 1 some could not be (a line each says why); 2 for a wrong command line\n";

struct translation {
    struct install_paths paths;
    const char *root, *cache;
    bool quiet;
    unsigned programs, failed;
};

/* A program: XCOFF of either width, made to be executed. */
static bool is_program(const char *path)
{
    uint8_t head[sizeof(struct xcoff_filehdr64)];
    close_fd int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0 || read(fd, head, sizeof head) != (ssize_t)sizeof head)
        return false;
    unsigned magic = head[0] << 8 | head[1], flags = head[18] << 8 | head[19];
    return (magic == XCOFF_MAGIC32 || magic == XCOFF_MAGIC64) && (flags & XF_EXEC) && !(flags & XF_SHROBJ);
}

static void run_aixrun(const struct translation *t, const char *program)
{
    const char *argv[12];
    int n = 0;

    argv[n++] = t->paths.aixrun;
    argv[n++] = "--translate";
    argv[n++] = "--cache";
    argv[n++] = t->cache ? t->cache : t->paths.cache;
    if (t->root) {
        argv[n++] = "--root";
        argv[n++] = t->root;
    }
    if (t->quiet)
        argv[n++] = "--quiet";
    argv[n++] = "--";
    argv[n++] = program;
    argv[n] = NULL;
    execv(t->paths.aixrun, (char *const *)argv);
    fprintf(stderr, "wpar translate: %s: %s\n", t->paths.aixrun, strerror(errno));
    _exit(127);
}

/* `path` on the host, `name` as the program's own / has it. */
static void translate(struct translation *t, const char *name)
{
    int status = 0;

    t->programs++;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        run_aixrun(t, name);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (pid < 0)
        fprintf(stderr, "wpar translate: fork: %s\n", strerror(errno));
    t->failed += pid < 0 || status != 0;
    if (pid > 0 && WIFSIGNALED(status))
        fprintf(stderr, "wpar translate: %s: aixrun was ended by signal %d\n", name, WTERMSIG(status));
}

/* One argument: a program, or everything below a directory. */
static void translate_below(struct translation *t, char *path, size_t root_length)
{
    char *paths[] = { path, NULL };
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR | FTS_COMFOLLOW, NULL);
    unsigned before = t->programs, failed = t->failed;

    for (FTSENT *e; walk && (e = fts_read(walk));) {
        if (e->fts_info == FTS_F && is_program(e->fts_accpath))
            translate(t, e->fts_path + root_length);
        else if (e->fts_info == FTS_NS || e->fts_info == FTS_DNR || e->fts_info == FTS_ERR) {
            fprintf(stderr, "wpar translate: %s: %s\n", e->fts_path, strerror(e->fts_errno));
            t->failed++;
        }
    }
    if (walk)
        fts_close(walk);
    if (t->programs == before && t->failed == failed) {
        fprintf(stderr, "wpar translate: %s: no AIX program\n", path);
        t->failed++;
    }
}

static int usage(const char *text, const char *what)
{
    fprintf(stderr, "wpar translate: %s%s (--help lists them)\n", text, what);
    return USAGE;
}

/* The index of the first FILE, or -1. */
static int parse(struct translation *t, int argc, char **argv)
{
    int i = 1;

    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--") == 0)
            return i + 1;
        const char **value = strcmp(argv[i], "--root") == 0 ? &t->root : strcmp(argv[i], "--cache") == 0 ? &t->cache : NULL;
        if (value && i + 1 < argc)
            *value = argv[++i];
        else if (strcmp(argv[i], "-q") == 0)
            t->quiet = true;
        else
            return usage(value ? "a value is missing behind " : "no such option: ", argv[i]), -1;
    }
    return i;
}

int translate_main(int argc, char **argv)
{
    struct translation t = { .programs = 0 };
    struct error err;
    const char *word = argc > 1 ? argv[1] : "";

    if (strcmp(word, "--help") == 0)
        return fputs(help_text, stdout), 0;
    if (strcmp(word, "--version") == 0)
        return puts("wpar translate (vwpar) " VWPAR_VERSION), 0;
    int first = parse(&t, argc, argv);
    if (first < 0)
        return USAGE;
    if (first >= argc)
        return usage("FILE is missing", "");
    if (install_paths_find(&t.paths, &err)) {
        fprintf(stderr, "wpar translate: %s\n", err.text);
        return FAILED;
    }
    for (int i = first; i < argc; i++) {
        char *path = NULL;
        if (asprintf(&path, "%s%s", t.root ? t.root : "", argv[i]) < 0)
            return FAILED;
        translate_below(&t, path, t.root ? strlen(t.root) : 0);
        free(path);
    }
    return t.failed ? FAILED : 0;
}
