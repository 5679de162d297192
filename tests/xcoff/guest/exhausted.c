/* exhausted.c -- the C library when there is no memory left: each call fails with ENOMEM (or does without), nothing crashes, and all works
 * again when memory is back. A 32-bit program's memory can be used up; in 64-bit programs the calls are made with memory. Expected: POSIX.
 */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <glob.h>
#include <locale.h>
#include <netdb.h>
#include <pthread.h>
#include <regex.h>
#include <search.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wordexp.h>

static int wrong, failures;

/* A call may succeed without memory; if it fails, then for want of it. */
static void may_fail(const char *what, int failed, int why)
{
    failures += failed;
    if (failed && why != ENOMEM) {
        printf("%s: errno %d\n", what, why);
        wrong++;
    }
    errno = 0;
}

#define POINTER(what, call, undo)                       \
    {                                                   \
        errno = 0;                                      \
        __auto_type p = call;                           \
        may_fail(what, p == NULL, errno);               \
        if (p)                                          \
            undo;                                       \
    }

static int order(const void *a, const void *b) { return strcmp(a, b); }
static int visit(const char *path, const struct stat *st, int flag) { return 1; }

static void calls(void)
{
    static struct dirent **names;
    char *text = NULL;
    size_t size = 0;
    void *root = NULL;
    regex_t pattern;
    glob_t globbed = { 0 };
    struct addrinfo *addresses;
    POINTER("strdup", strdup("a string of some length, so that it matters"), free(p));
    POINTER("strndup", strndup("a string", 5), free(p));
    POINTER("wcsdup", wcsdup(L"wide"), free(p));
    POINTER("calloc", calloc(100, 10), free(p));
    POINTER("realloc", realloc(NULL, 10000), free(p));
    POINTER("fopen", fopen("/dev/null", "r"), fclose(p));
    POINTER("opendir", opendir("/"), closedir(p));
    POINTER("getcwd", getcwd(NULL, 0), free(p));
    POINTER("realpath", realpath("/usr/..", NULL), free(p));
    POINTER("open_memstream", open_memstream(&text, &size), (fclose(p), free(text)));
    POINTER("fmemopen", fmemopen(NULL, 100, "w+"), fclose(p));
    POINTER("tmpfile", tmpfile(), fclose(p));
    POINTER("tempnam", tempnam(NULL, "x"), free(p));
    POINTER("tsearch", tsearch("key", &root, order), tdelete("key", &root, order));
    text = NULL;
    int n = asprintf(&text, "%s %d", "text", 42);
    may_fail("asprintf", n < 0, errno);
    free(n < 0 ? NULL : text);
    may_fail("setenv", setenv("EXHAUSTED", "a value that is new", 1) != 0, errno);
    unsetenv("EXHAUSTED");
    n = scandir("/", &names, NULL, NULL);
    may_fail("scandir", n < 0, errno);
    for (int i = 0; i < n; i++)
        free(names[i]);
    if (n >= 0)
        free(names);
    n = regcomp(&pattern, "(a|b)*c[d-f]{2,5}", REG_EXTENDED);
    may_fail("regcomp", n != 0, n == REG_ESPACE ? ENOMEM : n);
    if (n == 0)
        regfree(&pattern);
    n = glob("/*", 0, NULL, &globbed);
    may_fail("glob", n != 0, n == GLOB_NOSPACE ? ENOMEM : n + 1000);
    if (n == 0)
        globfree(&globbed);
    n = getaddrinfo("127.0.0.1", NULL, NULL, &addresses);
    may_fail("getaddrinfo", n != 0, n == EAI_MEMORY ? ENOMEM : n + 1000);
    if (n == 0)
        freeaddrinfo(addresses);
    may_fail("ftw", ftw("/dev/null", visit, 5) < 0, errno);
    n = hcreate(100);
    may_fail("hcreate", n == 0, ENOMEM);
    if (n)
        hdestroy();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    n = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", 0, 0);
    may_fail("posix_spawn_file_actions_addopen", n != 0, n);
    posix_spawn_file_actions_destroy(&actions);
    time_t t = 0;
    may_fail("localtime", localtime(&t) == NULL, errno);
    may_fail("setlocale", setlocale(LC_ALL, "C") == NULL, errno);
    FILE *f = fopen("/dev/null", "w");
    if (f) {
        may_fail("fprintf", fprintf(f, "%s %f %ls\n", "text", 3.25, L"wide") < 0, errno);
        may_fail("fclose", fclose(f) != 0, errno);
    }
}

struct chain {
    struct chain *next;
};

static struct chain *use_up(size_t *blocks)
{
    struct chain *all = NULL;
    for (size_t size = sizeof(long) == 4 ? 64u << 20 : 0; size >= 16; size /= 2)
        for (struct chain *c; (c = malloc(size)); all = c, ++*blocks)
            c->next = all;
    return all;
}

int main(void)
{
    size_t blocks = 0;
    calls();
    printf("with memory: wrong %d\n", wrong);
    fflush(stdout);
    struct chain *all = use_up(&blocks);
    failures = 0;
    for (int i = 0; i < 3; i++)
        calls();
    int without = wrong, failed = failures;
    for (struct chain *next; all; all = next) {
        next = all->next;
        free(all);
    }
    printf("without: wrong %d; used up %d, failed %d; ", without, blocks > 20 || sizeof(long) == 8, failed > 30 || sizeof(long) == 8);
    failures = 0;
    calls();
    printf("again: wrong %d, failed %d\n", wrong, failures);
    return 0;
}
