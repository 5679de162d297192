/* wpar_tree.c -- see wpar_tree.h. Trees are copied by cp -a. */
#include "rootfs-tools/wpar/wpar_tree.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "rootfs-tools/wpar/install_paths.h"

static int copy(const char *from, const char *to, struct error *err)
{
    pid_t pid = fork();
    if (pid == 0) {
        execlp("cp", "cp", "-a", "--", from, to, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status == 0 ? 0 : error_set(err, EIO, "%s could not be copied to %s", from, to);
}

static int copy_part(const char *base, const char *part, const char *directory, struct error *err)
{
    char from[PATH_MAX], to[PATH_MAX];
    snprintf(from, sizeof from, "%.4000s/%s", base, part);
    snprintf(to, sizeof to, "%.4000s/%s", directory, part);
    rmdir(to);
    return copy(from, to, err);
}

int wpar_tree_from_base(const char *directory, const char *base, bool private_usr, struct error *err)
{
    static const char *const directories[] = { "usr", "etc", "dev", "proc", "tmp", "var", "var/tmp", "var/adm", "home", "opt" };
    static const char *const links[][2] = { { "/usr/lib", "lib" }, { "/usr/bin", "bin" } };
    char path[PATH_MAX];
    if (install_make_directories(directory, 0755, err))
        return -1;
    for (size_t i = 0; i < ARRAY_LEN(directories); i++) {
        snprintf(path, sizeof path, "%.4000s/%s", directory, directories[i]);
        if (mkdir(path, 0755) || (strstr(path, "tmp") && chmod(path, 01777)))
            return error_set(err, errno, "%s: %s", path, strerror(errno));
    }
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        snprintf(path, sizeof path, "%.4000s/%s", directory, links[i][1]);
        if (symlink(links[i][0], path))
            return error_set(err, errno, "%s: %s", path, strerror(errno));
    }
    return copy_part(base, "etc", directory, err) || (private_usr && copy_part(base, "usr", directory, err)) ? -1 : 0;
}

int wpar_tree_copy_resolution(const char *directory, struct error *err)
{
    static const char *const files[] = { "/etc/resolv.conf", "/etc/hosts", "/etc/netsvc.conf" };
    char to[PATH_MAX];
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        snprintf(to, sizeof to, "%.4000s%s", directory, files[i]);
        if (access(files[i], R_OK) == 0 && (remove(to), copy(files[i], to, err)))
            return -1;
    }
    return 0;
}
