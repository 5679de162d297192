/* oci_config.c -- config.json of a WPAR [OCI runtime specification 1.0]. */
#include "rootfs-tools/wpar/oci_config.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/engine.h"
#include "rootfs-tools/wpar/oci_seccomp.h"
#include "rootfs-tools/wpar/resources.h"

static json_t *strings(const char *const *words, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_string(words[i]));
    return array;
}

static json_t *mount(const char *where, const char *type, const char *source, const char *const *options, size_t count)
{
    return json_pack("{s:s, s:s, s:s, s:o}", "destination", where, "type", type, "source", source, "options",
                     strings(options, count));
}

static void add_bind(json_t *mounts, const char *where, const char *source, bool read_only)
{
    const char *options[] = { "rbind", "nosuid", "nodev", read_only ? "ro" : "rw" };
    json_array_append_new(mounts, mount(where, "none", source, options, ARRAY_LEN(options)));
}

static void add_system_mounts(json_t *mounts, const struct wpar_spec *spec)
{
    static const char *const proc[] = { "nosuid", "noexec", "nodev" };
    static const char *const dev[] = { "nosuid", "strictatime", "mode=755", "size=65536k" };
    char max[32];
    snprintf(max, sizeof max, "max=%lu", resources_ptys(spec->definition));
    const char *const pts[] = { "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", max };
    static const char *const tmp[] = { "nosuid", "nodev", "mode=1777" };
    json_array_append_new(mounts, mount("/proc", "proc", "proc", proc, ARRAY_LEN(proc)));
    json_array_append_new(mounts, mount("/dev", "tmpfs", "tmpfs", dev, ARRAY_LEN(dev)));
    json_array_append_new(mounts, mount("/dev/pts", "devpts", "devpts", pts, ARRAY_LEN(pts) - (strcmp(max, "max=0") == 0)));
    if (!spec->system)
        json_array_append_new(mounts, mount("/tmp", "tmpfs", "tmpfs", tmp, ARRAY_LEN(tmp)));
}

/* A directory of the builtin libraries' tree, in the WPAR that has no rootfs of its own. */
static void add_base(json_t *mounts, const char *base, const char *directory)
{
    char path[PATH_MAX + 8];
    snprintf(path, sizeof path, "%s%s", base, directory);
    add_bind(mounts, directory, path, true);
}

static json_t *all_mounts(const struct wpar_spec *spec, const struct install_paths *paths, const struct oci_host *host)
{
    json_t *mounts = json_array();
    add_system_mounts(mounts, spec);
    if (!wpar_root_mount(spec) || spec->shared_usr)
        add_base(mounts, paths->rootfs, "/usr");
    if (!wpar_root_mount(spec))
        add_base(mounts, paths->rootfs, "/etc");
    add_bind(mounts, WPAR_ENGINE_DIR "/aixrun", paths->aixrun, true);
    add_bind(mounts, WPAR_ENGINE_DIR "/init", spec->system ? paths->wparinit : paths->vinit, true);
    add_bind(mounts, WPAR_ENGINE_DIR "/base", paths->base, true);
    add_bind(mounts, WPAR_ENGINE_DIR "/cache", paths->cache, true);
    if (host->socket_dir)
        add_bind(mounts, WPAR_ENGINE_DIR "/run", host->socket_dir, true);
    if (host->console)
        add_bind(mounts, WPAR_ENGINE_DIR "/console", host->console, false);
    for (size_t i = 0; i < spec->mount_count; i++) {
        const struct wpar_mount *m = &spec->mounts[i];
        static const char *const tmpfs[] = { "nosuid", "nodev" };
        if (strcmp(m->directory, "/") == 0)
            continue;
        if (!m->dev)
            json_array_append_new(mounts, mount(m->directory, "tmpfs", "tmpfs", tmpfs, ARRAY_LEN(tmpfs)));
        else
            add_bind(mounts, m->directory, m->dev, m->read_only);
    }
    return mounts;
}

static json_t *arguments(const struct wpar_spec *spec, const struct oci_host *host)
{
    const char *words[ENGINE_WORDS_MAX];
    json_t *args = strings((const char *const[]){ WPAR_ENGINE_DIR "/init" }, 1), *engine;
    engine = strings(words, engine_words(words, spec->definition, host->socket_dir, NULL));
    json_array_extend(args, engine);
    json_decref(engine);
    for (char *const *word = spec->command; word && *word; word++)
        json_array_append_new(args, json_string(*word));
    return args;
}

static json_t *environment(const struct wpar_spec *spec)
{
    static const char *const names[] = { "PATH=/usr/bin:/etc:/usr/sbin:/usr/ucb:/sbin", "LIBPATH=/usr/lib:/lib",
                                         "HOME=/", "LANG=C", "ODMDIR=/etc/objrepos" };
    json_t *env = strings(names, ARRAY_LEN(names));
    const char *term = getenv("TERM");
    if (term)
        json_array_append_new(env, json_sprintf("TERM=%s", term));
    for (size_t i = 0; i < spec->environment_count; i++)
        json_array_append_new(env, json_string(spec->environment[i]));
    return env;
}

static json_t *namespaces(bool rootless)
{
    static const char *const kinds[] = { "pid", "network", "ipc", "uts", "mount", "cgroup" };
    json_t *list = json_array();
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        json_array_append_new(list, json_pack("{s:s}", "type", kinds[i]));
    if (rootless)
        json_array_append_new(list, json_pack("{s:s}", "type", "user"));
    return list;
}

static json_t *linux_part(const struct wpar_spec *spec, const struct oci_host *host)
{
    static const char *const masked[] = { "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list",
                                          "/proc/sched_debug", "/sys/firmware", "/proc/scsi" };
    static const char *const fixed[] = { "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger" };
    json_t *part = json_pack("{s:o, s:o, s:o}", "namespaces", namespaces(host->rootless), "maskedPaths",
                             strings(masked, ARRAY_LEN(masked)), "readonlyPaths", strings(fixed, ARRAY_LEN(fixed)));
    if (host->rootless) {
        json_object_set_new(part, "uidMappings", json_pack("[{s:i, s:i, s:i}]", "containerID", 0, "hostID", (int)host->uid, "size", 1));
        json_object_set_new(part, "gidMappings", json_pack("[{s:i, s:i, s:i}]", "containerID", 0, "hostID", (int)host->gid, "size", 1));
    } else {
        json_object_set_new(part, "cgroupsPath", json_sprintf("/vwpar/%s", spec->name));
        json_object_set_new(part, "resources", resources_json(spec->definition));
    }
    json_object_set_new(part, "seccomp", oci_seccomp());
    json_object_set_new(part, "sysctl", resources_sysctl(spec->definition));
    return part;
}

static json_t *capabilities(void)
{
    static const char *const kept[] = { "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID",
                                        "CAP_SETUID", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_MKNOD" };
    json_t *caps = json_object();
    static const char *const sets[] = { "bounding", "effective", "permitted" };
    for (size_t i = 0; i < ARRAY_LEN(sets); i++)
        json_object_set_new(caps, sets[i], strings(kept, ARRAY_LEN(kept)));
    return caps;
}

static json_t *process(const struct wpar_spec *spec, const struct oci_host *host)
{
    return json_pack("{s:b, s:{s:i, s:i}, s:o, s:o, s:s, s:o, s:b}", "terminal", 0, "user", "uid", 0, "gid", 0, "args",
                     arguments(spec, host), "env", environment(spec), "cwd", spec->cwd ? spec->cwd : "/", "capabilities", capabilities(),
                     "noNewPrivileges", 1);
}

char *oci_config_text(const struct wpar_spec *spec, const struct install_paths *paths, const struct oci_host *host)
{
    const struct wpar_mount *root = wpar_root_mount(spec);
    json_t *config = json_pack("{s:s, s:o, s:{s:s, s:b}, s:s, s:o, s:o}", "ociVersion", "1.0.2", "process", process(spec, host),
                               "root", "path", host->rootfs, "readonly", root ? root->read_only : 1, "hostname",
                               spec->hostname, "mounts", all_mounts(spec, paths, host), "linux",
                               linux_part(spec, host));
    char *text = config ? json_dumps(config, JSON_INDENT(2)) : NULL;
    json_decref(config);
    return text;
}
