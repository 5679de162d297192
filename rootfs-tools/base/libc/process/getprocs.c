/* getprocs.c -- the process table, of which a process here sees its own entry [IBM's manual: getprocs].
 */
#include <errno.h>
#include <procinfo.h>
#include <string.h>
#include <sys/ldr.h>
#include <unistd.h>

/* The loader lists the program first. */
static void program_name(char *name, size_t size)
{
    struct {
        struct ld_info first;
        char rest[8192];
    } modules;

    *name = 0;
    if (loadquery(L_GETINFO, &modules, sizeof modules) < 0)
        return;
    const char *path = modules.first.ldinfo_filename, *slash = strrchr(path, '/');
    strncpy(name, slash ? slash + 1 : path, size - 1);
    name[size - 1] = 0;
}

/* `entries` from process `*index` on, at most `count`; how many there were, and in `*index` the process to go on with. */
int getprocs64(struct procentry64 *entries, int entry_size, void *files, int file_size, pid_t *index, int count)
{
    if (entry_size != sizeof *entries || files) {
        errno = ENOSYS;
        return -1;
    }
    if (count < 1 || *index > getpid())
        return 0;
    memset(entries, 0, sizeof *entries);
    entries->pi_pid = getpid();
    entries->pi_ppid = getppid();
    entries->pi_pgrp = getpgrp();
    entries->pi_sid = getsid(0);
    entries->pi_uid = getuid();
    program_name(entries->pi_comm, sizeof entries->pi_comm);
    *index = entries->pi_pid + 1;
    return 1;
}
