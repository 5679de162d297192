/* translator.c -- see translator.h. */
#include "rootfs-tools/wpar/translator.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "runtime/cleanup.h"

static int answers(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof address.sun_path)
        return 0;
    strcpy(address.sun_path, path);
    for (size_t i = 0; i < 2; i++) {
        static const int kinds[] = { SOCK_SEQPACKET, SOCK_STREAM };
        close_fd int fd = socket(AF_UNIX, kinds[i] | SOCK_CLOEXEC, 0);
        if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
            return 1;
    }
    return 0;
}

/* A grandchild, so that nobody has to wait for it. */
static void launch(const struct install_paths *paths, const char *socket_path)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (fork() != 0)
            _exit(0);
        setsid();
        int null = open("/dev/null", O_RDWR);
        for (int fd = 0; fd < 3; fd++)
            dup2(null, fd);
        close_range(3, ~0u, 0);
        execl(paths->xlated, "xlated", "--cache", paths->cache, "--socket", socket_path, (char *)NULL);
        _exit(127);
    }
    if (pid > 0)
        waitpid(pid, NULL, 0);
}

/* Tells caches apart: each has a translator of its own. */
static uint32_t cache_hash(const char *path)
{
    uint32_t hash = 2166136261u;
    for (; *path; path++)
        hash = (hash ^ (unsigned char)*path) * 16777619u;
    return hash;
}

/* A WPAR's users other than root read the cache and reach the socket through mounts of these directories; on the host their parents keep
 * others out. */
static void open_to_users(const char *socket_dir, const char *cache)
{
    chmod(socket_dir, 0755);
    chmod(cache, 0755);
}

int translator_start(const struct install_paths *paths, char *socket_dir, struct error *err)
{
    char socket_path[PATH_MAX + 16];
    if (snprintf(socket_dir, PATH_MAX, "%s/xlated/%08x", paths->run, cache_hash(paths->cache)) >= PATH_MAX - 16)
        return error_set(err, ENAMETOOLONG, "%s: path too long", paths->run);
    if (install_make_directories(socket_dir, 0700, err))
        return -1;
    open_to_users(socket_dir, paths->cache);
    snprintf(socket_path, sizeof socket_path, "%s/xlated.sock", socket_dir);
    if (answers(socket_path))
        return 0;
    launch(paths, socket_path);
    for (int tries = 0; tries < 100; tries++) {
        if (answers(socket_path))
            return 0;
        poll(NULL, 0, 10);
    }
    return error_set(err, ETIMEDOUT, "%s did not start", paths->xlated);
}
