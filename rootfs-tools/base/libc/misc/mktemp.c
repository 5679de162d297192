/* mktemp.c -- names of temporary files.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TRIES = 10000 };

static unsigned long long seed;

/* Fill the X's at the end of the template; NULL with EINVAL when there are fewer than six. */
static char *place_of(char *template)
{
    size_t n = strlen(template), x = 0;

    while (x < n && template[n - 1 - x] == 'X')
        x++;
    if (x < 6) {
        errno = EINVAL;
        return NULL;
    }
    return template + n - x;
}

static void fill(char *at)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    unsigned long long v = seed = seed * 6364136223846793005ULL + ((unsigned long long)now.tv_nsec << 16 ^ (unsigned)getpid());
    v ^= v >> 29;
    for (; *at; at++, v /= sizeof letters - 1)
        *at = letters[v % (sizeof letters - 1)];
}

char *mktemp(char *template)
{
    char *at = place_of(template);

    if (at)
        for (int i = 0; i < TRIES; i++) {
            fill(at);
            if (access(template, F_OK) < 0)
                return template;
        }
    template[0] = 0;
    return template;
}

static int make(char *template, int flags)
{
    char *at = place_of(template);
    int fd = -1;

    for (int i = 0; at && i < TRIES; i++) {
        fill(at);
        fd = open(template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
        if (fd >= 0 || errno != EEXIST)
            break;
    }
    return fd;
}

int mkstemp(char *template) { return make(template, 0); }
int mkstemp64(char *template) { return make(template, O_LARGEFILE); }

char *mkdtemp(char *template)
{
    char *at = place_of(template);

    for (int i = 0; at && i < TRIES; i++) {
        fill(at);
        if (mkdir(template, 0700) == 0)
            return template;
        if (errno != EEXIST)
            break;
    }
    return NULL;
}

static int usable(const char *folder)
{
    return folder && access(folder, W_OK | X_OK) == 0;
}

/* TMPDIR before the argument before P_tmpdir before /tmp. */
char *tempnam(const char *folder, const char *prefix)
{
    const char *variable = getenv("TMPDIR");

    folder = usable(variable) ? variable : usable(folder) ? folder : usable(P_tmpdir) ? P_tmpdir : "/tmp";
    size_t n = strlen(folder), size = n + 5 + 7 + 2;
    char *name = malloc(size);
    if (!name)
        return NULL;
    snprintf(name, size, "%s%s%.5sXXXXXX", folder, n && folder[n - 1] == '/' ? "" : "/", prefix ? prefix : "");
    if (*mktemp(name))
        return name;
    free(name);
    return NULL;
}

char *tmpnam(char *name)
{
    static char own[L_tmpnam];

    if (!name)
        name = own;
    snprintf(name, L_tmpnam, "%stmpXXXXXX", P_tmpdir);
    return *mktemp(name) ? name : NULL;
}
