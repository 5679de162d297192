/* globbing.c -- fnmatch, glob, globfree. Expected: the same source with the host's C library (glibc 2.36); what POSIX
 * leaves open (a backslash at the end, slashes between brackets) is not asked. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* P path name, D leading period, E no escapes. */
struct row {
    const char *flags, *pattern, *name;
};

static const struct row rows[] = {
    { "", "", "" },
    { "", "", "a" },
    { "", "a", "" },
    { "", "abc", "abc" },
    { "", "abc", "abcd" },
    { "", "?", "a" },
    { "", "?", "" },
    { "", "??", "a" },
    { "", "*", "" },
    { "", "*", "anything" },
    { "", "a*", "b" },
    { "", "*.c", "x.c" },
    { "", "*.c", "x.h" },
    { "", "a*b*c", "aXbYbZc" },
    { "", "a*b*c", "aXbYbZ" },
    { "", "**a**", "bab" },
    { "", "*ab*abc*", "aabxababcd" },
    { "", "[abc]x", "bx" },
    { "", "[!abc]x", "bx" },
    { "", "[!abc]x", "dx" },
    { "", "[a-c]*[0-9]", "bxx7" },
    { "", "[]]", "]" },
    { "", "[!]]", "a" },
    { "", "[a-]", "-" },
    { "", "[[:upper:]]*", "Abc" },
    { "", "[[:digit:][:space:]]", " " },
    { "", "[", "[" },
    { "", "[a", "[a" },
    { "", "a[", "a[" },
    { "", "\\*", "*" },
    { "", "\\*", "a" },
    { "E", "\\*", "\\abc" },
    { "E", "\\a", "a" },
    { "", "\\a", "a" },
    { "", "[\\]]", "]" },
    { "E", "[\\]]", "\\]" },
    { "", "[[.a.]-c]", "b" },
    { "", "*", "a/b" },
    { "P", "*", "a/b" },
    { "P", "*/*", "a/b" },
    { "P", "a?b", "a/b" },
    { "", "a?b", "a/b" },
    { "P", "a[/]b", "a/b" },
    { "P", "a[!x]b", "a/b" },
    { "P", "*/b*/c", "a/bcd/c" },
    { "P", "*b", "a/b" },
    { "P", "a/*b", "a/xxb" },
    { "P", "a*/c", "a/b/c" },
    { "", "*", ".a" },
    { "D", "*", ".a" },
    { "D", "?a", ".a" },
    { "D", "[.]a", ".a" },
    { "D", ".a", ".a" },
    { "D", ".*", ".a" },
    { "D", "*.a", "b.a" },
    { "D", "a/*", "a/.b" },
    { "PD", "a/*", "a/.b" },
    { "PD", "a/.*", "a/.b" },
    { "PD", "*/b", ".a/b" },
    { "D", "\\.a", ".a" },
    { "", "*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
};

static const struct row utf8_rows[] = {
    { "", "?", "\u00e9" },
    { "", "a?c", "a\u4e00c" },
    { "", "*\u00e9", "caf\u00e9" },
    { "", "[!a]", "\u00e9" },
    { "", "[\u00e9x]?", "\u00e9\u00e8" },
};

static int flag(const char *flags, char letter, int value) { return strchr(flags, letter) ? value : 0; }

static void match_all(const struct row *r, size_t n)
{
    for (; n > 0; n--, r++) {
        int flags =
            flag(r->flags, 'P', FNM_PATHNAME) | flag(r->flags, 'D', FNM_PERIOD) | flag(r->flags, 'E', FNM_NOESCAPE);
        int result = fnmatch(r->pattern, r->name, flags);
        printf("%s %s %s: %s\n", r->flags, r->pattern, r->name,
               result == 0             ? "yes"
               : result == FNM_NOMATCH ? "no"
                                       : "?");
    }
}

/* ---- glob, in a directory of its own */

static const char *const files[] = { "alpha.c", "beta.c", "gamma.h",  ".hidden",    "odd[1]",   "star*",   "dir/one",
                                     "dir/two", "dir2/", "dir/sub/", "dir/sub/one", "empty/", "dir/.dot", "link" };

static void make_files(void)
{
    mkdir("dir", 0777);
    mkdir("dir/sub", 0777);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t n = strlen(files[i]);
        char name[40];
        strcpy(name, files[i]);
        if (name[n - 1] == '/') {
            name[n - 1] = 0;
            mkdir(name, 0777);
        } else if (strcmp(name, "link") == 0) {
            symlink("dir", name);
        } else {
            close(open(name, O_CREAT | O_WRONLY, 0666));
        }
    }
    symlink("nowhere", "loose");
}

static void remove_files(void)
{
    for (size_t i = sizeof files / sizeof *files; i-- > 0;)
        remove(files[i]);
    remove("loose");
    rmdir("dir/sub");
    rmdir("dir");
    rmdir("dir2");
    rmdir("empty");
}

static void show(const char *what, int result, const glob_t *g)
{
    printf("%s: %s", what, result == 0              ? "found"
                           : result == GLOB_NOMATCH ? "no match"
                           : result == GLOB_ABORTED ? "aborted"
                                                    : "?");
    for (size_t i = 0; result == 0 && i < g->gl_pathc; i++)
        printf(" %s", g->gl_pathv[i]);
    if (result == 0 && g->gl_pathv[g->gl_pathc] != NULL)
        printf(" not ended");
    putchar('\n');
}

static void find(const char *pattern, int flags)
{
    glob_t g;
    show(pattern, glob(pattern, flags, NULL, &g), &g);
    globfree(&g);
}

static int asked;
static int ignore(const char *path, int error)
{
    asked++;
    printf("[%s %s] ", path, error == ENOENT ? "ENOENT" : "?");
    return 0;
}
static int stop(const char *path, int error) { return *path && error; }

static void appended(void)
{
    glob_t g;
    g.gl_offs = 2;
    int a = glob("*.c", GLOB_DOOFFS, NULL, &g), b = glob("*.h", GLOB_DOOFFS | GLOB_APPEND, NULL, &g);
    int c = glob("*.none", GLOB_DOOFFS | GLOB_APPEND, NULL, &g);
    printf("%d %d %d: %d %d %d", a, b, c == GLOB_NOMATCH, (int)g.gl_pathc, g.gl_pathv[0] == NULL,
           g.gl_pathv[1] == NULL);
    for (size_t i = 0; i < g.gl_pathc; i++)
        printf(" %s", g.gl_pathv[g.gl_offs + i]);
    printf(" %d\n", g.gl_pathv[g.gl_offs + g.gl_pathc] == NULL);
    globfree(&g);
}

static void find_all(void)
{
    static const char *const patterns[] = { "*",       "*.c",      "alpha.c",  "none",    "*.none",  ".*d*",
                                            "*/*",     "*/",       "d*/s*/o*", "?????.?", "dir/*",   "./*.h",
                                            "dir//t*", "odd[[]1]", "odd\\[1]", "star\\*", "link/*",  "loose",
                                            "l*e",     "dir/.*t",  "[a-b]*",   "",        "empty/*", "alpha.c/*" };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        find(patterns[i], 0);
    find("*", GLOB_MARK);
    find("dir", GLOB_MARK);
    find("*.none", GLOB_NOCHECK);
    find("odd\\[1]", GLOB_NOESCAPE);
    find("none/*", GLOB_ERR);
}

int main(void)
{
    char directory[60];
    glob_t g;
    match_all(rows, sizeof rows / sizeof *rows);
    sprintf(directory, "globbing.%ld", (long)getpid());
    if (mkdir(directory, 0777) != 0 || chdir(directory) != 0)
        return 1;
    make_files();
    find_all();
    show("ignored", glob("none/*", 0, ignore, &g), &g);
    globfree(&g);
    show("stopped", glob("none/*", 0, stop, &g), &g);
    globfree(&g);
    appended();
    int unsorted = glob("*", GLOB_NOSORT, NULL, &g);
    printf("%d %d %d\n", unsorted, (int)g.gl_pathc, asked);
    globfree(&g);
    remove_files();
    if (chdir("..") != 0 || rmdir(directory) != 0)
        return 2;
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 3;
    match_all(utf8_rows, sizeof utf8_rows / sizeof *utf8_rows);
    return 0;
}
