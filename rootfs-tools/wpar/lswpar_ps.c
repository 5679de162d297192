/* lswpar_ps.c -- see lswpar_ps.h. A process belongs to the WPAR whose first process is in the same pid namespace. */
#include "rootfs-tools/wpar/lswpar_ps.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/wpar/engine.h"
#include "runtime/cleanup.h"

/* 0 when it cannot be told. */
static ino_t namespace_of(long pid)
{
    char path[64];
    struct stat st;
    snprintf(path, sizeof path, "/proc/%ld/ns/pid", pid);
    return stat(path, &st) == 0 ? st.st_ino : 0;
}

/* The innermost of the pids that "NSpid:" lists. */
static long inner_pid(long pid)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%ld/status", pid);
    close_file FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "NSpid:", 6) == 0)
            return atol(strrchr(line, '\t') + 1);
    return 0;
}

/* User and system time, in seconds. */
static unsigned long cpu_seconds(long pid)
{
    char path[64], text[1024];
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    close_file FILE *f = fopen(path, "re");
    if (f && fgets(text, sizeof text, f) && strrchr(text, ')'))
        sscanf(strrchr(text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    return (user + system) / (unsigned long)sysconf(_SC_CLK_TCK);
}

/* The guest's command line: what stands behind the runner's "--". Of a first process, its name alone. */
static void print_command(long pid)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", pid);
    close_file FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0, from = 0;
    text[n] = '\0';
    bool engine = strncmp(text, WPAR_ENGINE_DIR, strlen(WPAR_ENGINE_DIR)) == 0;
    for (size_t i = 0; engine && i < n; i += strlen(text + i) + 1)
        if (strcmp(text + i, "--") == 0 && i + 3 < n) {
            from = i + 3;
            break;
        }
    if (engine && !from)
        n = strlen(text) + 1;
    for (size_t i = from; i < n; i++)
        putchar(text[i] ? (iscntrl((unsigned char)text[i]) ? '?' : text[i]) : i + 1 < n ? ' ' : '\n');
    if (n == from)
        putchar('\n');
}

static const struct listed *wpar_of(const struct listed *wpars, const ino_t *spaces, size_t count, long pid)
{
    ino_t space = namespace_of(pid);
    for (size_t i = 0; space && i < count; i++)
        if (spaces[i] == space)
            return &wpars[i];
    return NULL;
}

void print_processes(const struct listed *wpars, size_t count, bool header)
{
    free_ptr ino_t *spaces = calloc(count + 1, sizeof *spaces);
    DIR *proc = opendir("/proc");
    for (size_t i = 0; spaces && i < count; i++)
        spaces[i] = wpars[i].state.init.pid ? namespace_of(wpars[i].state.init.pid) : 0;
    if (header)
        printf("%-25s %8s %8s %8s  %s\n", "Name", "PID", "Inside", "Seconds", "Command");
    for (struct dirent *e; spaces && proc && (e = readdir(proc));) {
        long pid = atol(e->d_name);
        const struct listed *w = pid > 0 ? wpar_of(wpars, spaces, count, pid) : NULL;
        if (!w)
            continue;
        printf("%-25s %8ld %8ld %8lu  ", w->name, pid, inner_pid(pid), cpu_seconds(pid));
        print_command(pid);
    }
    if (proc)
        closedir(proc);
}
