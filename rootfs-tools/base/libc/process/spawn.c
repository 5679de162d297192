/* spawn.c -- posix_spawn [POSIX.1-2001] by fork and exec: attributes first, then the file actions in their order; an error of the child
 * comes back through a pipe that exec closes.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum action_kind { ACTION_OPEN, ACTION_CLOSE, ACTION_DUP2 };

struct __spawn_action {
    struct __spawn_action *next;
    enum action_kind kind;
    int fd, other, flags;
    mode_t mode;
    char path[];
};

int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
    actions->__first = actions->__last = NULL;
    return 0;
}

int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
    for (struct __spawn_action *a = actions->__first, *next; a; a = next) {
        next = a->next;
        free(a);
    }
    return posix_spawn_file_actions_init(actions);
}

static int add(posix_spawn_file_actions_t *actions, struct __spawn_action what, const char *path)
{
    size_t length = strlen(path) + 1;
    if (what.fd < 0 || what.other < 0)
        return EBADF;
    struct __spawn_action *a = malloc(sizeof *a + length);
    if (!a)
        return ENOMEM;
    *a = what;
    memcpy(a->path, path, length);
    if (actions->__last)
        actions->__last->next = a;
    else
        actions->__first = a;
    actions->__last = a;
    return 0;
}

int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict actions, int fd, const char *restrict path, int flags,
                                     mode_t mode)
{
    return add(actions, (struct __spawn_action){ .kind = ACTION_OPEN, .fd = fd, .flags = flags, .mode = mode }, path);
}

int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
    return add(actions, (struct __spawn_action){ .kind = ACTION_CLOSE, .fd = fd }, "");
}

int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int other)
{
    return add(actions, (struct __spawn_action){ .kind = ACTION_DUP2, .fd = fd, .other = other }, "");
}

static int do_open(const struct __spawn_action *a)
{
    int fd = open(a->path, a->flags, a->mode);
    if (fd < 0 || fd == a->fd)
        return fd;
    int rc = dup2(fd, a->fd);
    close(fd);
    return rc;
}

/* The descriptor of the pipe moves out of the way of an action that wants its number. */
static int do_action(const struct __spawn_action *a, int *report)
{
    int target = a->kind == ACTION_DUP2 ? a->other : a->fd;
    if (target == *report) {
        int moved = fcntl(*report, F_DUPFD, 3);
        if (moved < 0)
            return -1;
        fcntl(moved, F_SETFD, FD_CLOEXEC);
        *report = moved;
    }
    switch (a->kind) {
    case ACTION_OPEN: return do_open(a);
    case ACTION_CLOSE: return close(a->fd);
    case ACTION_DUP2: return a->fd == a->other ? fcntl(a->fd, F_SETFD, 0) : dup2(a->fd, a->other);
    }
    return 0;
}

static int apply(const posix_spawnattr_t *attr)
{
    struct sigaction dfl = { .sa_handler = SIG_DFL };
    if (!attr)
        return 0;
    if (attr->__flags & POSIX_SPAWN_SETSIGDEF)
        for (int sig = 1; sig < NSIG; sig++)
            if (sigismember(&attr->__default, sig) == 1)
                sigaction(sig, &dfl, NULL);
    if (attr->__flags & POSIX_SPAWN_SETSIGMASK && sigprocmask(SIG_SETMASK, &attr->__mask, NULL))
        return -1;
    if (attr->__flags & POSIX_SPAWN_SETPGROUP && setpgid(0, attr->__group))
        return -1;
    if (attr->__flags & POSIX_SPAWN_RESETIDS && (setegid(getgid()) || seteuid(getuid())))
        return -1;
    return 0;
}

static _Noreturn void be_child(int report, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr, const char *path,
                               char *const argv[], char *const envp[], int search)
{
    int failed = apply(attr);
    for (const struct __spawn_action *a = actions ? actions->__first : NULL; a && !failed; a = a->next)
        failed = do_action(a, &report) < 0;
    if (!failed && search) {
        environ = (char **)envp;
        execvp(path, argv);
    } else if (!failed)
        execve(path, argv, envp);
    int error = errno;
    write(report, &error, sizeof error);
    _exit(127);
}

static int spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attr,
                 char *const argv[], char *const envp[], int search)
{
    int ends[2], error = 0;
    if (pipe(ends))
        return errno;
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    pid_t child = fork();
    if (child == 0)
        be_child(ends[1], actions, attr, path, argv, envp, search);
    error = child < 0 ? errno : 0;
    close(ends[1]);
    while (child > 0 && read(ends[0], &error, sizeof error) < 0 && errno == EINTR)
        ;
    close(ends[0]);
    if (child > 0 && error)
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    if (!error && pid)
        *pid = child;
    return error;
}

int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *restrict attr, char *const argv[restrict], char *const envp[restrict])
{
    return spawn(pid, path, actions, attr, argv, envp, 0);
}

int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *restrict attr, char *const argv[restrict], char *const envp[restrict])
{
    return spawn(pid, file, actions, attr, argv, envp, 1);
}

int posix_spawnattr_init(posix_spawnattr_t *attr)
{
    memset(attr, 0, sizeof *attr);
    return 0;
}

int posix_spawnattr_destroy(posix_spawnattr_t *attr) { return 0; }

/* The attributes are members: one line each. */
#define ATTRIBUTE(name, type, member)                                                                             \
    int posix_spawnattr_get##name(const posix_spawnattr_t *restrict attr, type *restrict value)                   \
    {                                                                                                             \
        *value = attr->member;                                                                                    \
        return 0;                                                                                                 \
    }
#define SETTER(name, type, member, given)                                                                         \
    int posix_spawnattr_set##name(posix_spawnattr_t *restrict attr, type value)                                   \
    {                                                                                                             \
        attr->member = given value;                                                                               \
        return 0;                                                                                                 \
    }
ATTRIBUTE(flags, short, __flags)
SETTER(flags, short, __flags, )
ATTRIBUTE(pgroup, pid_t, __group)
SETTER(pgroup, pid_t, __group, )
ATTRIBUTE(sigdefault, sigset_t, __default)
SETTER(sigdefault, const sigset_t *restrict, __default, *)
ATTRIBUTE(sigmask, sigset_t, __mask)
SETTER(sigmask, const sigset_t *restrict, __mask, *)
ATTRIBUTE(schedpolicy, int, __policy)
SETTER(schedpolicy, int, __policy, )
ATTRIBUTE(schedparam, struct sched_param, __param)
SETTER(schedparam, const struct sched_param *restrict, __param, *)
