/* aixcc.c -- cc for AIX programs: clang compiles, xcoff_link links, against the builtin headers and libraries.
 *
 *   aixcc [-m32|-m64] [-c|-S|-E] [-o OUT] [-shared] [-pthread] [clang and ld options] FILE...
 *
 * The width comes from -m32/-m64 (or -q32/-q64), else from OBJECT_MODE, else it is 32. Headers and libraries are under
 * the sysroot: --sysroot DIR, else ../base beside the folder of this program (a build tree), else ../lib/vwpar/base
 * (installed). The CPU is always named: clang's default for AIX is newer than any machine AIX 5 runs on.
 * [toolchain 1.2]
 */
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char help[] =
    "Usage: aixcc [OPTION...] FILE...\n"
    "Compiles C and C++ for AIX 5.3 with clang, and links with xcoff_link against the builtin libraries.\n"
    "\n"
    "  -m32, -m64            width; -q32, -q64, -maix32, -maix64 are the same (32, or what OBJECT_MODE says)\n"
    "  -c, -S, -E, -M, -MM   stop after that stage\n"
    "  -o FILE               output (a.out)\n"
    "  -x LANGUAGE           language of the files that follow; none: by their names\n"
    "  -shared               a shared object; without -bE:FILE it exports all names\n"
    "  -pthread              threads: crt0_r.o, libpthreads, _THREAD_SAFE\n"
    "  -l NAME, -L DIR, -e ENTRY, -s, -G, -b..., -Wl,...   to the linker\n"
    "  -nostartfiles, -nodefaultlibs, -nostdlib            without crt0, without libraries, without both\n"
    "  --sysroot DIR         headers and libraries (../base or ../lib/vwpar/base beside aixcc)\n"
    "  -v                    print the commands\n"
    "  --help, --version\n"
    "\n"
    "Everything else goes to clang. Environment: OBJECT_MODE (32 or 64), AIXCC_CLANG (clang-19), TMPDIR;\n"
    "AIXCC_RUNNER=\"aixrun [OPTION...]\": a program is written as OUT.xcoff, and OUT is a script that runs it, so that\n"
    "configure scripts and test suites can run what they build.\n"
    "Exit status: 0; that of the compiler or linker that failed; 1 for a wrong command line.\n";

struct words {
    char **v;
    unsigned n, cap;
};

struct driver {
    bool is64, shared, pthread, verbose, nostartfiles, nodefaultlibs, has_exports, rtl;
    char stage; /* 'c', 'S', 'E', 'M': stop after it; 0: link */
    const char *output, *sysroot, *language;
    char bin_dir[PATH_MAX];
    char *temporary; /* folder, made on demand */
    struct words compile, link, inputs, objects;
};

static void *must(void *p)
{
    if (!p) {
        fputs("aixcc: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

static void add(struct words *w, const char *word)
{
    if (w->n + 2 > w->cap) {
        w->cap = w->cap * 2 + 32;
        w->v = must(realloc(w->v, w->cap * sizeof *w->v));
    }
    w->v[w->n++] = must(word ? strdup(word) : strdup(""));
    w->v[w->n] = NULL;
}

__attribute__((format(printf, 1, 2))) static char *format(const char *f, ...)
{
    char *text;
    va_list ap;
    va_start(ap, f);
    if (vasprintf(&text, f, ap) < 0)
        text = NULL;
    va_end(ap);
    return must(text);
}

__attribute__((format(printf, 2, 3), noreturn)) static void give_up(const struct driver *d, const char *f, ...);

static void remove_temporary(const struct driver *d)
{
    if (!d->temporary)
        return;
    for (unsigned i = 0; i < d->objects.n; i++)
        if (strncmp(d->objects.v[i], d->temporary, strlen(d->temporary)) == 0)
            unlink(d->objects.v[i]);
    rmdir(d->temporary);
}

static void give_up(const struct driver *d, const char *f, ...)
{
    va_list ap;
    fputs("aixcc: error: ", stderr);
    va_start(ap, f);
    vfprintf(stderr, f, ap);
    va_end(ap);
    fputc('\n', stderr);
    remove_temporary(d);
    exit(1);
}

static void run(const struct driver *d, const struct words *command)
{
    pid_t pid;
    int status;
    if (d->verbose)
        for (unsigned i = 0; i < command->n; i++)
            fprintf(stderr, "%s%c", command->v[i], i + 1 < command->n ? ' ' : '\n');
    int error = posix_spawnp(&pid, command->v[0], NULL, NULL, command->v, environ);
    if (error)
        give_up(d, "%s: %s", command->v[0], strerror(error));
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            give_up(d, "wait: %s", strerror(errno));
    if (WIFSIGNALED(status))
        give_up(d, "%s ended by signal %d", command->v[0], WTERMSIG(status));
    if (WEXITSTATUS(status)) {
        remove_temporary(d);
        exit(WEXITSTATUS(status));
    }
}

/* ---- options */

static bool one_of(const char *a, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(a, *list) == 0)
            return true;
    return false;
}

static bool starts(const char *a, const char *with) { return strncmp(a, with, strlen(with)) == 0; }

static const char *value_of(struct driver *d, char **argv, int *i, size_t attached_at)
{
    if (argv[*i][attached_at])
        return argv[*i] + attached_at;
    if (!argv[*i + 1])
        give_up(d, "%s needs a value", argv[*i]);
    return argv[++*i];
}

/* What the driver has to know of the linker's options: whether exports are named, whether librtl is needed. */
static void note_link_option(struct driver *d, const char *a)
{
    d->has_exports |= starts(a, "-bE:") || starts(a, "-bexp");
    d->rtl |= strcmp(a, "-brtl") == 0;
    d->shared |= starts(a, "-bM:SRE") || strcmp(a, "-G") == 0;
}

static void add_comma_list(struct driver *d, const char *text)
{
    char *copy = must(strdup(text));
    for (char *word = strtok(copy, ","); word; word = strtok(NULL, ",")) {
        note_link_option(d, word);
        add(&d->link, word);
    }
    free(copy);
}

/* Files keep their place among the linker's words: a mark stands for "the next object". */
static const char object_mark[] = "\001";

static void add_input(struct driver *d, const char *name)
{
    const char *dot = strrchr(name, '.');
    bool source =
        d->language || (dot && one_of(dot, (const char *const[]){".c", ".i", ".cc", ".cpp", ".C", ".ii", NULL}));
    if (dot && !d->language && one_of(dot, (const char *const[]){".s", ".S", NULL}))
        give_up(d, "%s: clang has no assembler for AIX source files; write it as inline assembler in C", name);
    if (source) {
        add(&d->inputs, name);
        add(&d->link, object_mark);
    } else {
        add(&d->link, name);
    }
}

static bool mode_option(struct driver *d, const char *a)
{
    if (one_of(a, (const char *const[]){"-m32", "-q32", "-maix32", NULL}))
        d->is64 = false;
    else if (one_of(a, (const char *const[]){"-m64", "-q64", "-maix64", NULL}))
        d->is64 = true;
    else if (one_of(a, (const char *const[]){"-c", "-S", "-E", "-M", "-MM", NULL}))
        d->stage = a[1];
    else if (strcmp(a, "-shared") == 0)
        d->shared = true;
    else if (strcmp(a, "-pthread") == 0)
        d->pthread = true;
    else if (strcmp(a, "-v") == 0)
        d->verbose = true;
    else if (strcmp(a, "-nostdlib") == 0)
        d->nostartfiles = d->nodefaultlibs = true;
    else if (strcmp(a, "-nostartfiles") == 0)
        d->nostartfiles = true;
    else if (strcmp(a, "-nodefaultlibs") == 0)
        d->nodefaultlibs = true;
    else
        return false;
    if (a[1] == 'M')
        add(&d->compile, a);
    return true;
}

static void parse_option(struct driver *d, char **argv, int *i)
{
    static const char *const with_value[] = {"-I",  "-D",  "-U",  "-include", "-isystem", "-idirafter", "-iquote",
                                             "-MF", "-MT", "-MQ", "-mllvm",   "-Xclang",  "-imacros",   NULL};
    const char *a = argv[*i];
    if (mode_option(d, a))
        return;
    if (a[1] == 'o') {
        d->output = value_of(d, argv, i, 2);
    } else if (a[1] == 'x') {
        d->language = value_of(d, argv, i, 2);
        if (strcmp(d->language, "none") == 0)
            d->language = NULL;
    } else if (starts(a, "--sysroot")) {
        d->sysroot = value_of(d, argv, i, a[9] == '=' ? 10 : 9);
    } else if (starts(a, "-Wl,")) {
        add_comma_list(d, a + 4);
    } else if (a[1] == 'l' || a[1] == 'L' || a[1] == 'e') {
        add(&d->link, format("-%c", a[1]));
        add(&d->link, value_of(d, argv, i, 2));
    } else if (a[1] == 'b' || strcmp(a, "-s") == 0 || strcmp(a, "-G") == 0) {
        note_link_option(d, a);
        add(&d->link, a);
    } else if (one_of(a, with_value)) {
        add(&d->compile, a);
        add(&d->compile, value_of(d, argv, i, strlen(a)));
    } else {
        add(&d->compile, a);
    }
}

/* ---- stages */

static void find_sysroot(struct driver *d)
{
    ssize_t n = readlink("/proc/self/exe", d->bin_dir, sizeof d->bin_dir - 1);
    if (n <= 0)
        give_up(d, "/proc/self/exe: %s", strerror(errno));
    d->bin_dir[n] = 0;
    *strrchr(d->bin_dir, '/') = 0;
    if (d->sysroot)
        return;
    const char *const candidates[] = {"../base", "../lib/vwpar/base"};
    for (unsigned k = 0; k < 2 && !d->sysroot; k++) {
        char *path = format("%s/%s", d->bin_dir, candidates[k]);
        if (access(path, R_OK) == 0)
            d->sysroot = path;
    }
    if (!d->sysroot)
        give_up(d, "no headers and libraries beside %s: give --sysroot", d->bin_dir);
}

static void compile(struct driver *d, const char *input, const char *output)
{
    struct words c = {0};
    const char *clang = getenv("AIXCC_CLANG");
    add(&c, clang ? clang : "clang-19");
    add(&c, d->is64 ? "--target=powerpc64-ibm-aix5.3" : "--target=powerpc-ibm-aix5.3");
    add(&c, d->is64 ? "-mcpu=pwr4" : "-mcpu=ppc");
    add(&c, "-nostdlibinc");
    if (d->pthread)
        add(&c, "-D_THREAD_SAFE");
    for (unsigned i = 0; i < d->compile.n; i++)
        add(&c, d->compile.v[i]);
    add(&c, "-isystem");
    add(&c, format("%s/usr/include", d->sysroot));
    if (d->stage != 'M')
        add(&c, format("-%c", d->stage ? d->stage : 'c'));
    if (d->language) {
        add(&c, "-x");
        add(&c, d->language);
    }
    add(&c, input);
    if (output) {
        add(&c, "-o");
        add(&c, output);
    }
    run(d, &c);
}

static char *object_name(const char *input, const char *suffix)
{
    const char *slash = strrchr(input, '/'), *base = slash ? slash + 1 : input, *dot = strrchr(base, '.');
    return format("%.*s%s", dot ? (int)(dot - base) : (int)strlen(base), base, suffix);
}

static void compile_all(struct driver *d)
{
    if (d->stage && d->output && d->inputs.n > 1)
        give_up(d, "-o with -%c and several files", d->stage);
    for (unsigned i = 0; i < d->inputs.n; i++) {
        char *output;
        if (d->stage) {
            output =
                d->stage == 'c' || d->stage == 'S' ? object_name(d->inputs.v[i], d->stage == 'c' ? ".o" : ".s") : NULL;
            compile(d, d->inputs.v[i], d->output ? d->output : output);
            continue;
        }
        if (!d->temporary) {
            const char *tmp = getenv("TMPDIR");
            d->temporary = format("%s/aixcc-XXXXXX", tmp && *tmp ? tmp : "/tmp");
            if (!mkdtemp(d->temporary))
                give_up(d, "%s: %s", d->temporary, strerror(errno));
        }
        output = format("%s/%u-%s", d->temporary, i, object_name(d->inputs.v[i], ".o"));
        add(&d->objects, output);
        compile(d, d->inputs.v[i], output);
    }
}

static void link_all(struct driver *d)
{
    struct words c = {0};
    unsigned next = 0;
    add(&c, format("%s/xcoff_link", d->bin_dir));
    add(&c, d->is64 ? "-b64" : "-b32");
    add(&c, "-o");
    add(&c, d->output ? d->output : "a.out");
    add(&c, "-blibpath:/usr/lib:/lib");
    if (d->shared) {
        add(&c, "-bM:SRE");
        add(&c, "-bnoentry");
        if (!d->has_exports)
            add(&c, "-bexpall");
    } else if (!d->nostartfiles) {
        add(&c, format("%s/usr/lib/crt0%s%s.o", d->sysroot, d->pthread ? "_r" : "", d->is64 ? "_64" : ""));
    }
    for (unsigned i = 0; i < d->link.n; i++)
        add(&c, strcmp(d->link.v[i], object_mark) == 0 ? d->objects.v[next++] : d->link.v[i]);
    add(&c, "-L");
    add(&c, format("%s/usr/lib", d->sysroot));
    if (!d->nodefaultlibs) {
        if (d->pthread)
            add(&c, "-lpthreads");
        if (d->rtl)
            add(&c, "-lrtl");
        add(&c, "-lc");
    }
    add(&c, "-lbuiltins");
    run(d, &c);
}

/* OUT becomes OUT.xcoff (a name that configure does not take for another program), and OUT a script that runs it. */
static void write_launcher(struct driver *d)
{
    const char *runner = getenv("AIXCC_RUNNER"), *output = d->output ? d->output : "a.out";
    struct stat st;
    if (!runner || !*runner || d->shared || stat(output, &st) || !S_ISREG(st.st_mode))
        return;
    if (rename(output, format("%s.xcoff", output)))
        give_up(d, "%s: %s", output, strerror(errno));
    FILE *f = fopen(output, "w");
    if (!f || fprintf(f, "#!/bin/sh\nexec %s --argv0=\"$0\" -- \"$0.xcoff\" \"$@\"\n", runner) < 0 || fclose(f) ||
        chmod(output, st.st_mode & 07777))
        give_up(d, "%s: %s", output, strerror(errno));
}

int main(int argc, char **argv)
{
    struct driver d = {0};
    if (argc > 1 && strcmp(argv[1], "--help") == 0)
        return fputs(help, stdout) < 0;
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return puts("aixcc (vwpar) " VWPAR_VERSION) < 0;
    const char *mode = getenv("OBJECT_MODE");
    d.is64 = mode && strcmp(mode, "64") == 0;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1])
            parse_option(&d, argv, &i);
        else
            add_input(&d, argv[i]);
    }
    if (!d.inputs.n && !d.link.n)
        give_up(&d, "no input files");
    find_sysroot(&d);
    compile_all(&d);
    if (!d.stage) {
        link_all(&d);
        write_launcher(&d);
    }
    remove_temporary(&d);
    return 0;
}
