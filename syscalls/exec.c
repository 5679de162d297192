/* exec.c -- execve: from the guest's call to a fresh runner on the new program [aix-abi 2.5].
 *
 * One guest process is one host process, so the new image is a new aixrun: same options, the guest's argv and
 * environment. What the kernel would refuse is refused here, before the old image is lost: permission, format, an
 * unreadable script interpreter.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "runtime/log.h"
#include "runtime/process.h"
#include "runtime/signal.h"
#include "runtime/address_space.h"
#include "syscalls/handlers.h"
#include "syscalls/options.h"
#include "syscalls/path.h"
#include "syscalls/trace.h"

enum { ARG_MAX_BYTES = 1 << 20, SCRIPT_LINE = 256 };    /* [aix-abi 2.5, 4.13] */

/* A NULL-terminated list of strings in one block. */
struct strings {
    char **items;
    size_t count, room;
};

static void strings_free(struct strings *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->items[i]);
    free(s->items);
}
#define free_strings __attribute__((cleanup(strings_free)))

/* Takes over text. Keeps the list NULL-terminated. */
static int strings_add(struct strings *s, char *text)
{
    if (s->count + 2 > s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        char **items = realloc(s->items, room * sizeof *items);
        if (!items || !text) {
            free(text);
            if (items)
                s->items = items;
            return -ENOMEM;
        }
        s->items = items;
        s->room = room;
    }
    if (!text)
        return -ENOMEM;
    s->items[s->count++] = text;
    s->items[s->count] = NULL;
    return 0;
}

static int copyin_text(char **out, gva ea, size_t *budget)
{
    char *text = malloc(*budget);
    if (!text)
        return -ENOMEM;
    int rc = copyinstr(text, ea, *budget);
    if (rc < 0) {
        free(text);
        return rc == -ENAMETOOLONG ? -E2BIG : rc;
    }
    size_t length = strlen(text) + 1;
    *budget -= length;
    char *cut = realloc(text, length);
    *out = cut ? cut : text;
    return 0;
}

static int copyin_strings(struct strings *s, gva ea, size_t *budget)
{
    unsigned width = guest.is64 ? 8 : 4;
    for (; ea; ea += width) {
        uint64_t item;
        char *text;
        if (copyin_long(&item, ea) < 0)
            return -EFAULT;
        if (!item)
            break;
        int rc = copyin_text(&text, item, budget);
        if (rc == 0)
            rc = strings_add(s, text);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* Reads the first bytes of a file that may be executed: their number, or -errno. */
static int read_head(const char *path, char *head, size_t size)
{
    close_path struct host_path p;
    struct stat st;
    int rc = path_lookup_text(AIX_AT_FDCWD, path, true, &p);
    if (rc < 0)
        return rc;
    if (fstatat(p.dirfd, p.name, &st, p.at_flags) < 0 || faccessat(p.dirfd, p.name, X_OK, AT_EACCESS | p.at_flags) < 0)
        return -errno;
    if (!S_ISREG(st.st_mode))
        return -EACCES;
    close_fd int fd = path_open(&p, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    ssize_t n = read(fd, head, size);
    return n < 0 ? -errno : (int)n;
}

static bool is_xcoff(const unsigned char *head, int n)
{
    return n >= 2 && head[0] == 1 && (head[1] == 0xDF || head[1] == 0xF7);      /* [aix-abi 1.1] */
}

/* "#! interpreter [argument]": both inside line, which is cut up; argument NULL when there is none. */
static int parse_script(char *line, int n, char **interpreter, char **argument)
{
    char *end = memchr(line, '\n', (size_t)n);
    if (!end)
        return -ENOEXEC;
    *end = '\0';
    char *rest = line + 2;
    *interpreter = strsep(&rest, " \t");
    while (rest && **interpreter == '\0')
        *interpreter = strsep(&rest, " \t");
    *argument = NULL;
    while (rest && (!*argument || !**argument))
        *argument = strsep(&rest, " \t");
    if (*argument && !**argument)
        *argument = NULL;
    return **interpreter ? 0 : -ENOEXEC;
}

/* argv of a script: interpreter, its argument, the script's path, then argv[1].. */
static int script_arguments(struct strings *argv, const char *interpreter, const char *argument, const char *script)
{
    struct strings out = { 0 };
    int rc = strings_add(&out, strdup(interpreter));
    if (rc == 0 && argument)
        rc = strings_add(&out, strdup(argument));
    if (rc == 0)
        rc = strings_add(&out, strdup(script));
    for (size_t i = 1; i < argv->count && rc == 0; i++)
        rc = strings_add(&out, strdup(argv->items[i]));
    strings_free(argv);
    *argv = out;
    return rc;
}

/* The first bytes of a program: 0, or -errno. One of this machine's is told of where it would only be "not found" to a shell. */
static int check_program(const char *path, const char *head, int n, bool *of_host)
{
    static const char elf[] = "\177ELF";
    if (n < 0 || is_xcoff((const unsigned char *)head, n))
        return n < 0 ? n : 0;
    if (n < 4 || memcmp(head, elf, 4) != 0)
        return -ENOEXEC;
    *of_host = syscall_options.host_programs && !syscall_options.root[0];
    if (!*of_host)
        log_line(LOG_WARN, "exec", "%s is a program of this machine, not of AIX; %s", path,
                 syscall_options.root[0] ? "there is nothing that runs it" : "--host-programs runs it, --root=DIR names a tree with AIX's");
    return *of_host ? 0 : -ENOEXEC;
}

/* Resolves scripts: *path becomes the program to run. A script's interpreter must be a program itself. */
static int find_program(char **path, struct strings *argv, bool *of_host)
{
    char head[SCRIPT_LINE], *interpreter, *argument;
    int n = read_head(*path, head, sizeof head);
    if (n < 2 || head[0] != '#' || head[1] != '!')
        return check_program(*path, head, n, of_host);
    int rc = parse_script(head, n, &interpreter, &argument);
    if (rc == 0)
        rc = script_arguments(argv, interpreter, argument, *path);
    char *program = rc == 0 ? strdup(interpreter) : NULL;
    if (!program)
        return rc ? rc : -ENOMEM;
    free(*path);
    *path = program;
    n = read_head(program, head, sizeof head);
    return check_program(program, head, n, of_host);
}

/* aixrun [options] --argv0 NAME -- PROGRAM ARGUMENTS */
static int runner_arguments(struct strings *out, const char *program, const struct strings *argv)
{
    int rc = strings_add(out, strdup(syscall_options.self));
    for (char *const *o = syscall_options.self_options; o && *o && rc == 0; o++)
        if (trace_handed_on() || strncmp(*o, "--trace", strlen("--trace")) != 0)
            rc = strings_add(out, strdup(*o));
    const char *own[] = { "--root", syscall_options.root, "--argv0", argv->count ? argv->items[0] : "", "--", program };
    for (size_t i = syscall_options.root[0] ? 0 : 2; i < ARRAY_LEN(own) && rc == 0; i++)
        rc = strings_add(out, strdup(own[i]));
    for (size_t i = 1; i < argv->count && rc == 0; i++)
        rc = strings_add(out, strdup(argv->items[i]));
    return rc;
}

int64_t sys_execve(struct thread *t, gva path_ea, gva argv_ea, gva envp_ea)
{
    free_strings struct strings argv = { 0 }, envp = { 0 }, runner = { 0 };
    size_t budget = ARG_MAX_BYTES, path_budget = AIX_PATH_MAX + 1;
    free_ptr char *path = NULL;
    bool of_host = false;

    int rc = copyin_text(&path, path_ea, &path_budget);
    if (rc == -E2BIG)
        rc = -ENAMETOOLONG;
    if (rc == 0)
        rc = copyin_strings(&argv, argv_ea, &budget);
    if (rc == 0)
        rc = copyin_strings(&envp, envp_ea, &budget);
    if (rc == 0)
        rc = find_program(&path, &argv, &of_host);
    if (rc == 0 && !of_host)
        rc = runner_arguments(&runner, path, &argv);
    if (rc < 0)
        return rc;
    process_run_hooks();
    signal_before_exec();
    static char *const none[] = { NULL };
    char *const *words = of_host ? argv.items : runner.items;
    execve(of_host ? path : syscall_options.self, words ? words : none, envp.items ? envp.items : none);
    rc = -errno;
    signal_exec_failed();
    return rc;
}

/* On a resource set: the host's scheduler chooses. */
int64_t sys_ra_execve(struct thread *t, int set_type, gva set, uint32_t flags, gva path, gva argv, gva envp)
{
    return sys_execve(t, path, argv, envp);
}
