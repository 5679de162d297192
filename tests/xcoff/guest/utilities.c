/* utilities.c -- small functions of several headers: digits and radix 64, suboptions, file trees, file locks, message
 * catalogues. Expected: the same source with the host's C library (glibc 2.36); unatexit and AIX's names of locales,
 * which it does not have, by IBM's description. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <locale.h>
#include <nl_types.h>
#ifdef _AIX
#include <procinfo.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void digits(void)
{
    static const double values[] = { 0,       1,    -1,   3.14159265358979, 1234567.891, 0.000123456, 1e20,
                                     -2.7e-9, 0.05, 123.25 };
    int point, sign;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[60];
        printf("%g: ", values[i]);
        for (int n = 1; n <= 9; n += 4) {
            char *s = ecvt(values[i], n, &point, &sign);
            printf("%s %d %d, ", s, point, sign);
        }
        for (int n = 0; n <= 6; n += 3) {
            char *s = fcvt(values[i], n, &point, &sign);
            printf("%s %d %d, ", s, point, sign);
        }
        printf("%s %s\n", gcvt(values[i], 6, text), text);
    }
}

static void radix_64(void)
{
    static const long values[] = { 0, 1, 63, 64, 12345, 0x7FFFFFFF };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        printf("%s %ld ", l64a(values[i]), a64l(l64a(values[i])));
    printf("%ld %ld %ld\n", a64l(""), a64l("zz"), a64l("./0123"));
}

static void suboptions(void)
{
    static char *const names[] = { "ro", "rw", "size", "name", NULL };
    char text[] = "rw,size=100,,name=,bogus=1,ro,sizes,name=a=b", *at = text, *value;
    while (*at) {
        int k = getsubopt(&at, names, &value);
        printf("%d %s; ", k, value ? value : "none");
    }
    putchar('\n');
}

/* ---- trees; their order is not prescribed, so lines are sorted */

enum { MOST_LINES = 40 };
static char lines[MOST_LINES][80];
static int n_lines;

static const char *type_name(int type)
{
    return type == FTW_F ? "file" : type == FTW_D ? "directory" : type == FTW_DP ? "left" : type == FTW_SL ? "link"
         : type == FTW_SLN ? "loose" : type == FTW_DNR ? "unreadable" : type == FTW_NS ? "unknown" : "?";
}

static int by_text(const void *a, const void *b) { return strcmp(a, b); }

static void show(const char *what, int result)
{
    qsort(lines, (size_t)n_lines, sizeof *lines, by_text);
    printf("%s %d:", what, result);
    for (int i = 0; i < n_lines; i++)
        printf(" %s;", lines[i]);
    putchar('\n');
    n_lines = 0;
}

static int plain(const char *path, const struct stat *st, int type)
{
    if (n_lines < MOST_LINES)
        sprintf(lines[n_lines++], "%s %s%s", path, type_name(type), type == FTW_F && st->st_size == 3 ? " of 3" : "");
    return 0;
}

static int full(const char *path, const struct stat *st, int type, struct FTW *where)
{
    struct stat here;
    if (n_lines < MOST_LINES)
        sprintf(lines[n_lines++], "%s %s %d %s%s", path, type_name(type), where->level, path + where->base,
                lstat(path + where->base, &here) == 0 && here.st_ino == st->st_ino ? " here" : "");
    return 0;
}

static int order, directory_at, file_at;
static int note_order(const char *path, const struct stat *st, int type, struct FTW *where)
{
    order++;
    if (strcmp(path + where->base, "sub") == 0)
        directory_at = order;
    if (strcmp(path + where->base, "leaf") == 0)
        file_at = order;
    return 0;
}

static int give_up(const char *path, const struct stat *st, int type)
{
    return strstr(path, "leaf") ? 42 : 0;
}

static void trees(void)
{
    mkdir("tree", 0777);
    mkdir("tree/sub", 0777);
    int fd = open("tree/sub/leaf", O_CREAT | O_WRONLY, 0666);
    printf("%d\n", (int)write(fd, "abc", 3));
    close(fd);
    close(open("tree/top", O_CREAT | O_WRONLY, 0666));
    symlink("nowhere", "tree/loose");
    symlink("../sub", "tree/sub/self");
    show("physical", nftw("tree", full, 10, FTW_PHYS));
    show("depth", nftw("tree/", full, 10, FTW_PHYS | FTW_DEPTH | FTW_MOUNT));
    show("moving", nftw("tree", full, 10, FTW_PHYS | FTW_CHDIR));
    show("one", nftw("tree/top", full, 1, FTW_PHYS));
    unlink("tree/loose");
    show("plain", ftw("tree", plain, 5));
    printf("%d\n", ftw("tree", give_up, 5));
    int first = nftw("tree", note_order, 5, FTW_PHYS), before = directory_at < file_at;
    int second = nftw("tree", note_order, 5, FTW_PHYS | FTW_DEPTH), after = directory_at > file_at;
    printf("%d %d %d %d\n", first, before, second, after);
    int result = ftw("none", plain, 5);
    printf("%d %d\n", result, errno == ENOENT);
    unlink("tree/sub/self");
    unlink("tree/sub/leaf");
    rmdir("tree/sub");
    unlink("tree/top");
    printf("%d\n", rmdir("tree"));
}

/* ---- locks of two processes */

static void locks(void)
{
    int fd = open("locked", O_CREAT | O_RDWR, 0666), status = 0;
    printf("%d %d ", flock(fd, LOCK_EX | LOCK_NB), flock(fd, 0) == -1 && errno == EINVAL);
    fflush(stdout);
    if (fork() == 0) {
        int other = open("locked", O_RDWR);
        _exit(flock(other, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK ? 7 : 8);
    }
    wait(&status);
    printf("%d ", WEXITSTATUS(status));
    printf("%d\n", flock(fd, LOCK_UN));
    close(fd);
    unlink("locked");
}

static void say_one(void) { puts("one"); }
static void say_two(void) { puts("two"); }

static void at_exit(void)
{
    atexit(say_one);
#ifdef _AIX
    atexit(say_two);
    atexit(say_one);
    int one = unatexit(say_one), two = unatexit(say_two), again = unatexit(say_two);
    printf("%d %d %d\n", one, two, again != 0);
#else
    (void)say_two;
    puts("0 0 1");
#endif
}

/* LANGUAGE_TERRITORY is UTF-8, language_TERRITORY ISO8859-1. */
static void locales(void)
{
#ifdef _AIX
    int upper = setlocale(LC_ALL, "EN_US") != NULL;
    size_t limit = MB_CUR_MAX;
    int lower = setlocale(LC_ALL, "en_US") != NULL;
    printf("%d %d %d\n", upper, limit > 1, lower && MB_CUR_MAX == 1);
    setlocale(LC_ALL, "C");
#else
    puts("1 1 1");
#endif
}

/* The process table shows this process; a program built with another layout is told so. */
static void own_entry(const char *path)
{
#ifdef _AIX
    const char *slash = strrchr(path, '/');
    struct procentry64 entry;
    pid_t index = getpid();
    int count = getprocs64(&entry, sizeof entry, NULL, 0, &index, 1);
    printf("%d %d %d %d\n", count, entry.pi_pid == getpid() && entry.pi_ppid == getppid(), index > getpid(),
           strcmp(entry.pi_comm, slash ? slash + 1 : path));
    count = getprocs64(&entry, sizeof entry - 1, NULL, 0, &index, 1);
    printf("%d %d\n", count, errno == ENOSYS);
#else
    (void)path;
    puts("1 1 1 0\n-1 1");
#endif
}

int main(int argc, char **argv)
{
    char directory[60];
    if (argc < 1)
        return 3;
    own_entry(argv[0]);
    digits();
    radix_64();
    suboptions();
    imaxdiv_t d = imaxdiv(-7, 2);
    printf("%d %d %d\n", (int)imaxabs(-5), (int)d.quot, (int)d.rem);
    nl_catd catalogue = catopen("no-such-catalogue", 0);
    printf("%d %s\n", catalogue == (nl_catd)-1, catgets(catalogue, 1, 1, "own text"));
    sprintf(directory, "utilities.%ld", (long)getpid());
    if (mkdir(directory, 0777) != 0 || chdir(directory) != 0)
        return 1;
    trees();
    locks();
    if (chdir("..") != 0 || rmdir(directory) != 0)
        return 2;
    locales();
    at_exit();
    return 0;
}
