/* install_paths.c -- finding our own parts, and the user's cache, state and run directories. */
#include "rootfs-tools/wpar/install_paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int join(char *out, const char *format, const char *a, const char *b, struct error *err)
{
    if (snprintf(out, PATH_MAX, format, a, b) >= PATH_MAX)
        return error_set(err, ENAMETOOLONG, "path too long: %s", a);
    return 0;
}

/* The first of bin/NAME and lib/vwpar/NAME that exists. */
static int find_part(char *out, const char *prefix, const char *name, struct error *err)
{
    static const char *const places[] = { "%s/bin/%s", "%s/lib/vwpar/%s", "%s/%s" };
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        if (join(out, places[i], prefix, name, err))
            return -1;
        if (access(out, R_OK) == 0)
            return 0;
    }
    return error_set(err, ENOENT, "%s is not installed beside this command (looked under %s)", name, prefix);
}

int install_make_directories(const char *path, mode_t mode, struct error *err)
{
    char part[PATH_MAX];
    for (const char *p = path + 1;; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        snprintf(part, sizeof part, "%.*s", (int)(p - path), path);
        if (mkdir(part, mode) && errno != EEXIST && errno != EROFS && errno != EACCES)
            return error_set(err, errno, "%s: %s", part, strerror(errno));
        if (!*p)
            return access(path, F_OK) ? error_set(err, errno, "%s: %s", path, strerror(errno)) : 0;
    }
}

static int user_cache(char *out, struct error *err)
{
    const char *given = getenv("VWPAR_CACHE"), *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    int rc = given  ? join(out, "%s%s", given, "", err)
             : xdg  ? join(out, "%s/%s", xdg, "vwpar", err)
             : home ? join(out, "%s/%s", home, ".cache/vwpar", err)
                    : error_set(err, ENOENT, "no place for the translation cache: neither HOME nor VWPAR_CACHE is set");
    return rc ? rc : install_make_directories(out, 0700, err);
}

int install_state_root(char *out, struct error *err)
{
    const char *given = getenv("WPAR_STATE"), *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (given && *given && *given != '/')
        return error_set(err, EINVAL, "WPAR_STATE=%s: not an absolute path", given);
    return given && *given ? join(out, "%s%s", given, "", err)
           : getuid() == 0 ? join(out, "%s%s", "", "", err)
           : xdg           ? join(out, "%s/%s", xdg, "vwpar", err)
           : home          ? join(out, "%s/%s", home, ".local/share/vwpar", err)
                           : error_set(err, ENOENT, "no place for WPARs: neither HOME nor WPAR_STATE is set");
}

static int user_run_directory(char *out, struct error *err)
{
    const char *given = getenv("XDG_RUNTIME_DIR");
    char own[64];
    snprintf(own, sizeof own, "/tmp/vwpar-%d", (int)getuid());
    return getuid() == 0 ? join(out, "%s/%s", "/run", "vwpar", err)
           : given       ? join(out, "%s/%s", given, "vwpar", err)
                         : join(out, "%s%s", own, "", err);
}

int install_run_directory(char *out, struct error *err)
{
    const char *state = getenv("WPAR_STATE");
    return state && *state ? join(out, "%s/%s", state, "run/vwpar", err) : user_run_directory(out, err);
}

int install_check_own(const char *path, struct error *err)
{
    struct stat st;
    if (lstat(path, &st) || !S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 022))
        return error_set(err, EPERM, "%s: not a directory of ours alone", path);
    return 0;
}

static int make_run_directory(char *out, struct error *err)
{
    return user_run_directory(out, err) || install_make_directories(out, 0700, err) || install_check_own(out, err) ? -1 : 0;
}

/* PREFIX of PREFIX/bin/wpar. */
static int find_prefix(char *prefix, struct error *err)
{
    ssize_t n = readlink("/proc/self/exe", prefix, PATH_MAX - 1);
    if (n <= 0)
        return error_set(err, errno, "/proc/self/exe: %s", strerror(errno));
    prefix[n] = '\0';
    for (int up = 0; up < 2; up++)
        *strrchr(prefix, '/') = '\0';
    return 0;
}

/* Only where somebody has built it. */
static int find_rootfs(struct install_paths *paths, const char *prefix, struct error *err)
{
    static const char mark[] = "usr/lib/objrepos/base-rootfs";
    const char *given = getenv("VWPAR_ROOTFS");
    struct error none;
    char path[PATH_MAX];
    if (given && *given)
        return join(paths->rootfs, "%s%s", given, "", err) || join(path, "%s/%s", given, mark, err) ? -1
               : access(path, R_OK) ? error_set(err, errno, "VWPAR_ROOTFS=%s: no base rootfs", given)
                                    : 0;
    if (given || find_part(paths->rootfs, prefix, "rootfs", &none) || join(path, "%s/%s", paths->rootfs, mark, &none) ||
        access(path, R_OK))
        return join(paths->rootfs, "%s%s", paths->base, "", err);
    return 0;
}

int install_base_rootfs(char *script, char *keep, struct error *err)
{
    char prefix[PATH_MAX], cache[PATH_MAX];
    if (find_prefix(prefix, err) || find_part(script, prefix, "base-rootfs/base_rootfs.py", err) || user_cache(cache, err))
        return -1;
    return join(keep, "%s%s", cache, "-rootfs", err);
}

int install_paths_find(struct install_paths *paths, struct error *err)
{
    char prefix[PATH_MAX];
    if (find_prefix(prefix, err) || find_part(paths->aixrun, prefix, "aixrun", err) || find_part(paths->xlated, prefix, "xlated", err) ||
        find_part(paths->vinit, prefix, "vinit", err) || find_part(paths->wparinit, prefix, "wparinit", err) ||
        find_part(paths->vcache, prefix, "vcache", err) ||
        find_part(paths->base, prefix, "base", err) || find_rootfs(paths, prefix, err))
        return -1;
    return user_cache(paths->cache, err) || make_run_directory(paths->run, err) ? -1 : 0;
}
