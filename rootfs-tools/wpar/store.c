/* store.c -- see store.h. */
#include "rootfs-tools/wpar/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/wpar/install_paths.h"
#include "runtime/cleanup.h"

void store_path(char *out, const char *directory, const char *name, const char *suffix)
{
    snprintf(out, PATH_MAX, "%.3800s/%.250s%.40s", directory, name, suffix);
}

int store_open(struct store *s, struct error *err)
{
    char root[PATH_MAX];
    if (install_state_root(root, err) || install_run_directory(s->run, err))
        return -1;
    store_path(s->definitions, root, "etc/wpars", "");
    store_path(s->trees, root, "wpars", "");
    store_path(s->logs, root, "var/adm/wpars", "");
    store_path(s->data, root, "tmp/wpardata", "");
    return 0;
}

int store_prepare(const struct store *s, struct error *err)
{
    const char *const directories[] = { s->definitions, s->trees, s->logs, s->run };
    for (size_t i = 0; i < ARRAY_LEN(directories); i++)
        if (install_make_directories(directories[i], i == 1 ? 0755 : 0700, err))
            return -1;
    return 0;
}

bool store_has(const struct store *s, const char *name, const char *suffix)
{
    char path[PATH_MAX];
    store_path(path, s->definitions, name, suffix);
    return access(path, F_OK) == 0;
}

/* Take the lock on the file that has the name now: the holder before us removes it while it still holds it. */
static int take_lock(const char *path)
{
    for (;;) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return -1;
        struct stat held, named;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
            if (fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino)
                return fd;
            close(fd);
            continue;
        }
        int code = errno;
        close(fd);
        return errno = code, -1;
    }
}

int store_lock(const struct store *s, const char *name, struct error *err)
{
    char path[PATH_MAX];
    store_path(path, s->run, name, ".lock");
    int fd = take_lock(path);
    if (fd >= 0)
        return fd;
    return errno == EWOULDBLOCK ? error_set(err, EBUSY, "another command is at work on workload partition %s", name)
                                : error_set(err, errno, "%s: %s", path, strerror(errno));
}

void store_unlock(const struct store *s, const char *name, int lock)
{
    char path[PATH_MAX];
    store_path(path, s->run, name, ".lock");
    unlink(path);
    close(lock);
}

int store_read(const struct store *s, const char *name, struct definition *d, struct error *err)
{
    char path[PATH_MAX];
    store_path(path, s->definitions, name, ".cf");
    if (access(path, F_OK)) {
        store_path(path, s->run, name, STORE_APPLICATION);
        if (access(path, F_OK) && errno == ENOENT)
            return error_set(err, ENOENT, "Could not find a workload partition called %s.", name);
    }
    return definition_read(d, path, err);
}

int store_write(const struct store *s, const char *name, const struct definition *d, struct error *err)
{
    char path[PATH_MAX];
    store_path(path, s->definitions, name, ".cf");
    free_ptr char *text = definition_text(d, false);
    return text ? store_write_file(path, text, err) : error_set(err, ENOMEM, "out of memory");
}

static int sync_directory_of(const char *path)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    close_fd int fd = open(slash == path ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? -1 : fsync(fd);
}

static int write_all(const char *path, const char *text)
{
    close_fd int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    size_t left = strlen(text);
    while (fd >= 0 && left > 0) {
        ssize_t n = write(fd, text, left);
        if (n < 0 && errno != EINTR)
            return -1;
        text += n > 0 ? n : 0;
        left -= n > 0 ? (size_t)n : 0;
    }
    return fd < 0 ? -1 : fsync(fd);
}

int store_write_file(const char *path, const char *text, struct error *err)
{
    char temporary[PATH_MAX + 8];
    snprintf(temporary, sizeof temporary, "%s.new", path);
    if (write_all(temporary, text) || rename(temporary, path)) {
        error_set(err, errno, "%s: %s", path, strerror(errno));
        unlink(temporary);
        return -1;
    }
    return sync_directory_of(path) ? error_set(err, errno, "%s: %s", path, strerror(errno)) : 0;
}

int store_write_specification(const struct definition *d, const char *path, struct error *err)
{
    free_ptr char *text = definition_text(d, true);
    return text ? store_write_file(path, text, err) : error_set(err, ENOMEM, "out of memory");
}

int store_remove_file(const char *path, struct error *err)
{
    if (unlink(path) && errno != ENOENT)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    return sync_directory_of(path) && errno != ENOENT ? error_set(err, errno, "%s: %s", path, strerror(errno)) : 0;
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int add_name(char ***names, size_t *count, char *name)
{
    char **bigger = name ? realloc(*names, (*count + 1) * sizeof **names) : NULL;
    if (!bigger)
        return -1;
    *names = bigger;
    bigger[(*count)++] = name;
    return 0;
}

/* Of "NAME.cf" and "NAME.job". */
static bool is_state_file(const struct store *s, const char *file)
{
    const char *dot = strchr(file, '.');
    return dot && dot > file && (strcmp(dot, ".cf") == 0 || strcmp(dot, ".job") == 0);
}

/* Of the run directories of application WPARs. */
static bool is_application(const struct store *s, const char *file)
{
    char path[PATH_MAX];
    store_path(path, s->run, file, STORE_APPLICATION);
    return file[0] != '.' && !strchr(file, '.') && access(path, F_OK) == 0;
}

static int scan(const struct store *s, const char *path, bool (*wanted)(const struct store *, const char *), char ***names,
                size_t *count, struct error *err)
{
    DIR *directory = opendir(path);
    if (!directory)
        return errno == ENOENT ? 0 : error_set(err, errno, "%s: %s", path, strerror(errno));
    int rc = 0;
    for (struct dirent *e; rc == 0 && (e = readdir(directory));)
        if (wanted(s, e->d_name) && add_name(names, count, strndup(e->d_name, strcspn(e->d_name, "."))))
            rc = error_set(err, ENOMEM, "out of memory");
    closedir(directory);
    return rc;
}

static void sort_and_unify(char **names, size_t *count)
{
    size_t kept = 0;
    if (*count)
        qsort(names, *count, sizeof *names, compare);
    for (size_t i = 0; i < *count; i++) {
        if (kept > 0 && strcmp(names[kept - 1], names[i]) == 0)
            free(names[i]);
        else
            names[kept++] = names[i];
    }
    *count = kept;
}

int store_names(const struct store *s, char ***names, size_t *count, struct error *err)
{
    *names = NULL;
    *count = 0;
    if (scan(s, s->definitions, is_state_file, names, count, err) || scan(s, s->run, is_application, names, count, err))
        return -1;
    sort_and_unify(*names, count);
    return 0;
}

void store_free_names(char **names, size_t count)
{
    while (count > 0)
        free(names[--count]);
    free(names);
}
