/* test_sandbox.c -- what the translator cannot do any more, and what it still can. Each check is a process of its own. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "xlate/worker/sandbox.h"

static char directory[] = "/tmp/vw-test-sandbox-XXXXXX", outside[64];
static int dir;

static void enter_sandbox(void)
{
    struct error err;
    char path[64];

    snprintf(path, sizeof path, "%s/socket", directory);
    if (sandbox_files(dir, path, &err) || sandbox_calls(&err)) {
        fprintf(stderr, "%s\n", err.text);
        _exit(2);
    }
}

static bool works(bool (*what)(void), bool inside)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        if (inside)
            enter_sandbox();
        _exit(!what());
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 0;
}

static bool write_in_cache(void)
{
    int fd = openat(dir, "a.tmp", O_WRONLY | O_CREAT | O_EXCL, 0644);

    return fd >= 0 && write(fd, "x", 1) == 1 && !fchmod(fd, 0644) && !fdatasync(fd) && !renameat(dir, "a.tmp", dir, "a.seg") && !fsync(dir);
}

static bool read_in_cache(void)
{
    int fd = openat(dir, "a.seg", O_RDONLY);

    return fd >= 0 && mmap(NULL, 1, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED;
}

static bool remove_in_cache(void) { return unlinkat(dir, "a.seg", 0) == 0; }

static bool allocate(void)
{
    void *p = malloc(100 << 20);

    if (!p)
        return false;
    memset(p, 1, 100 << 20);
    return true;
}

static bool read_elsewhere(void) { return open("/etc/passwd", O_RDONLY) >= 0; }
static bool read_around(void) { return openat(dir, "../../etc/passwd", O_RDONLY) >= 0; }
static bool write_elsewhere(void) { return open(outside, O_WRONLY | O_CREAT, 0644) >= 0; }
static bool make_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static bool make_process(void)
{
    long pid = syscall(SYS_fork);

    if (pid == 0)
        _exit(0);
    return pid > 0;
}
static bool send_signal(void) { return kill(getppid(), 0) == 0; }

static bool run_program(void)
{
    char *argv[] = { (char *)"true", NULL };

    execv("/bin/true", argv);
    return false;
}

static bool map_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool make_code(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return p != MAP_FAILED && mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0;
}

static void the_cache_stays_usable(void **state)
{
    assert_true(works(write_in_cache, true));
    assert_true(works(read_in_cache, true));
    assert_true(works(remove_in_cache, true));
    assert_true(works(allocate, true));
}

static void nothing_else_is(void **state)
{
    enum { OF_FILES = 3 };
    static bool (*const attempts[])(void) = { read_elsewhere, read_around, write_elsewhere, make_socket, make_process, send_signal,
                                              map_code, make_code, run_program };

    bool landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
    for (size_t i = landlock ? 0 : OF_FILES; i < ARRAY_LEN(attempts); i++) {
        assert_true(works(attempts[i], false));
        if (works(attempts[i], true))
            fail_msg("attempt %zu succeeded", i);
    }
    unlink(outside);
}

static int result_of_other_thread;
static volatile int go_on;

static void *other_thread(void *unused)
{
    while (!go_on)
        usleep(1000);
    result_of_other_thread = socket(AF_UNIX, SOCK_STREAM, 0) < 0 && errno == EPERM;
    return NULL;
}

static bool other_thread_is_held(void)
{
    struct error err;
    pthread_t thread;

    if (pthread_create(&thread, NULL, other_thread, NULL) || sandbox_calls(&err))
        return false;
    go_on = 1;
    pthread_join(thread, NULL);
    return result_of_other_thread;
}

static void threads_that_ran_before_are_held_too(void **state)
{
    assert_true(works(other_thread_is_held, false));
}

static int make_directory(void **state)
{
    if (!mkdtemp(directory))
        return -1;
    snprintf(outside, sizeof outside, "%s-outside", directory);
    dir = open(directory, O_RDONLY | O_DIRECTORY);
    return dir < 0;
}

static int remove_directory(void **state) { return rmdir(directory); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cache_stays_usable),
        cmocka_unit_test(nothing_else_is),
        cmocka_unit_test(threads_that_ran_before_are_held_too),
    };

    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
