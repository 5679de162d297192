/* test_dispatch.c -- guest code through the dispatcher: interpreted, translated, from the cache, and with everything that can go
 * wrong with the cache and the translator.
 *
 * The guest functions are those of guest_dispatch.S; what they must return is computed here, in C for the host. The engine is set up
 * once per process, so every run is a process of its own that leaves its results in shared memory.
 */
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "runtime/address_space.h"
#include "runtime/guest_map.h"
#include "runtime/thread.h"
#include "xlate/cache/cache_map.h"
#include "xlate/run/dispatch.h"

enum guest_function { FIB, SUM, POINTERS, UNWIND, SYSCALLS, EVEN, TRAP, DETOUR, DEPTH, PATCHED, FUNCTIONS };

enum {
    STOP_PC = 0x3700, STACK_SIZE = 64 << 20,
    FIB_N = 15, LOOP_N = 3000, POINTER_N = 500, UNWIND_N = 200, SYSCALL_N = 50, EVEN_N = 401, TRAP_N = 5, DETOUR_N = 100,
    DEPTH_N = 1000, DEEP_N = 300000, PATCHED_N = 60,
};

struct outcome {
    uint64_t results[FUNCTIONS];
    uint64_t more[4];           /* of the body itself */
    unsigned traps;
    char stats[2000];
    bool finished;
};

struct run {
    bool is64;
    const char *worker;         /* NULL: interpreter only */
    bool wait;
    void (*body)(struct outcome *o);
};

static char directory[] = "/tmp/vw-test-dispatch-XXXXXX", cache[64], worker_script[64], pid_file[64];
static struct outcome *shared;
static gva code;
static size_t code_size;

/* --- in the process of the run --------------------------------------------------------------------------------------------- */

static uint64_t stop(struct cpu *cpu)
{
    siglongjmp(current->unwind, UNWIND_EXIT);
}

static uint64_t on_syscall(struct cpu *cpu)
{
    cpu->gpr[3] *= cpu->gpr[2] == 5 ? 2 : 0;
    return cpu->lr;
}

static bool trapped;

static void on_trap(struct cpu *cpu, enum trap_kind kind, uint32_t word)
{
    trapped = true;
    shared->traps += kind == TRAP_TRAP && word >> 26 == 3;      /* twi */
}

/* The guest's handler, so to say, goes on behind the trap. */
static void on_safepoint(struct cpu *cpu)
{
    cpu->poll = 0;
    cpu->pc += trapped ? 4 : 0;
    trapped = false;
}

static uint64_t call_guest(enum guest_function f, uint64_t n)
{
    struct cpu *cpu = &current->cpu;

    cpu->pc = code + 4 * f;
    cpu->lr = STOP_PC;
    cpu->gpr[1] = (guest.is64 ? 0x200000000 : 0x20000000) + STACK_SIZE - 512;
    cpu->gpr[3] = n;
    dispatch_run(cpu);
    return cpu->gpr[3];
}

static void load_guest(bool is64)
{
    static uint8_t bytes[65536];
    struct error err;
    gva at;
    int fd = open(is64 ? GUEST_CODE_64 : GUEST_CODE_32, O_RDONLY);
    ssize_t n = read(fd, bytes, sizeof bytes);
    gva stack = is64 ? 0x200000000 : 0x20000000;

    code = is64 ? 0x100000200 : 0x10000200;
    code_size = (size_t)n;
    if (n <= 0 || address_space_reserve(is64, &err) ||
        guest_mmap(code - 0x200, 65536, PROT_READ | PROT_WRITE | PROT_EXEC, GUEST_FIXED, -1, 0, AREA_MMAP, &at) ||
        guest_mmap(stack, STACK_SIZE, PROT_READ | PROT_WRITE, GUEST_FIXED, -1, 0, AREA_MMAP, &at))
        abort();
    memcpy(g2h(code), bytes, (size_t)n);
}

static void print_stats(struct outcome *o)
{
    int fd = memfd_create("stats", 0);

    dispatch_print_stats(fd);
    ssize_t n = pread(fd, o->stats, sizeof o->stats - 1, 0);
    o->stats[n > 0 ? n : 0] = 0;
    close(fd);
}

static void run_in_child(const struct run *run)
{
    static const struct guest_code_hooks hooks = { dispatch_code_added, dispatch_code_removed };
    static const struct exit_handlers handlers = { on_syscall, on_trap, on_safepoint };
    struct run_options options = { .cache_dir = run->worker ? cache : NULL, .worker_path = run->worker, .hot_calls = 2,
                                   .wait = run->wait, .interpret_only = !run->worker };
    struct error err;

    guest_map_set_hooks(&hooks);
    if (dispatch_init(run->is64, &handlers, &options, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
    load_guest(run->is64);
    dispatch_native(STOP_PC, stop);
    thread_first(run->is64);
    dispatch_thread_init(&current->cpu);
    run->body(shared);
    print_stats(shared);
    shared->finished = true;
    _exit(0);
}

static void call_all(struct outcome *o)
{
    o->results[FIB] = call_guest(FIB, FIB_N);
    o->results[SUM] = call_guest(SUM, LOOP_N);
    o->results[POINTERS] = call_guest(POINTERS, POINTER_N);
    o->results[UNWIND] = call_guest(UNWIND, UNWIND_N);
    o->results[SYSCALLS] = call_guest(SYSCALLS, SYSCALL_N);
    o->results[EVEN] = call_guest(EVEN, EVEN_N);
    for (int i = 0; i < 6; i++)
        o->results[TRAP] = call_guest(TRAP, TRAP_N) + call_guest(TRAP, 0);
    o->results[DETOUR] = call_guest(DETOUR, DETOUR_N);
    o->results[DEPTH] = call_guest(DEPTH, DEPTH_N);
    o->results[PATCHED] = call_guest(PATCHED, PATCHED_N);
}

/* --- in the test's process ------------------------------------------------------------------------------------------------------ */

static void run(const struct run *r)
{
    int status;

    memset(shared, 0, sizeof *shared);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(60);
        run_in_child(r);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (status || !shared->finished)
        fail_msg("the run ended with wait status %#x", status);
}

static uint64_t fib(uint64_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

static uint64_t pointers(unsigned n)
{
    uint64_t x = 1;

    while (n--)
        x = (((x * 3) & 0x7fffffff) + 1);
    return x & 0x7fffffff;
}

static void assert_all_right(void)
{
    const uint64_t expected[FUNCTIONS] = {
        [FIB] = fib(FIB_N), [SUM] = (uint64_t)LOOP_N * (LOOP_N + 1) / 2, [POINTERS] = pointers(POINTER_N), [UNWIND] = 5 * UNWIND_N,
        [SYSCALLS] = SYSCALL_N * (SYSCALL_N + 1), [EVEN] = EVEN_N % 2 == 0, [TRAP] = TRAP_N, [DETOUR] = DETOUR_N, [DEPTH] = DEPTH_N,
        [PATCHED] = 11,
    };

    for (int i = 0; i < FUNCTIONS; i++)
        if (shared->results[i] != expected[i])
            fail_msg("function %d: %" PRIu64 ", not %" PRIu64, i, shared->results[i], expected[i]);
    assert_int_equal(shared->traps, 6);
}

static uint64_t stat_of(const char *name)
{
    const char *line = strstr(shared->stats, name);

    if (!line || line[strlen(name)] != ':')
        fail_msg("no line \"%s\" in:\n%s", name, shared->stats);
    return strtoull(line + strlen(name) + 2, NULL, 10);
}

static void empty_cache(void)
{
    char command[200];

    snprintf(command, sizeof command, "rm -rf %s && mkdir -m 755 %s", cache, cache);
    assert_int_equal(system(command), 0);
}

static void interpreter_alone(void **state)
{
    for (int is64 = 0; is64 < 2; is64++) {
        run(&(struct run){ .is64 = is64, .body = call_all });
        assert_all_right();
        assert_int_equal(stat_of("requests to translator"), 0);
        assert_true(stat_of("instructions interpreted") > 20000);
    }
}

static void translated_then_from_the_cache(void **state)
{
    for (int is64 = 0; is64 < 2; is64++) {
        empty_cache();
        run(&(struct run){ .is64 = is64, .worker = worker_script, .wait = true, .body = call_all });
        assert_all_right();
        uint64_t cold = stat_of("instructions interpreted"), translated = stat_of("units translated");
        assert_true(translated >= FUNCTIONS);
        assert_int_equal(stat_of("requests to translator"), translated);
        assert_int_equal(stat_of("units from cache"), 0);

        run(&(struct run){ .is64 = is64, .worker = worker_script, .wait = true, .body = call_all });
        assert_all_right();
        assert_int_equal(stat_of("requests to translator"), 0);
        assert_int_equal(stat_of("units translated"), 0);
        assert_true(stat_of("units from cache") >= FUNCTIONS);
        assert_true(stat_of("instructions interpreted") <= cold);
    }
}

static void without_waiting(void **state)
{
    empty_cache();
    run(&(struct run){ .worker = worker_script, .body = call_all });
    assert_all_right();
}

static void flip_code(const char *name)
{
    struct error err;
    int dir = open(cache, O_RDONLY | O_DIRECTORY);
    struct cache_segment *s = cache_open(dir, name, false, &err);

    assert_non_null(s);
    int fd = openat(dir, name, O_RDWR);
    for (size_t i = 0; i < s->header->unit_count; i++) {
        uint8_t byte;
        off_t at = (off_t)(s->header->code_offset + s->units[i].code_offset + s->units[i].code_size / 2);
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= 0x40;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    close(fd);
    close(dir);
    cache_close(s);
}

static void for_all_segments(void (*what)(const char *name))
{
    char (*names)[CACHE_NAME_LEN];
    struct error err;
    int dir = open(cache, O_RDONLY | O_DIRECTORY);
    long count = cache_list(dir, &names, &err);

    assert_true(count > 0);
    for (long i = 0; i < count; i++)
        what(names[i]);
    free(names);
    close(dir);
}

static void cut_file(const char *name)
{
    char path[200];

    snprintf(path, sizeof path, "%s/%s", cache, name);
    assert_int_equal(truncate(path, 5000), 0);
}

static void kill_worker(void)
{
    FILE *f = fopen(pid_file, "r");
    int pid = 0;

    if (f && fscanf(f, "%d", &pid) == 1 && pid > 1)
        kill(pid, SIGKILL);
    if (f)
        fclose(f);
    while (pid > 1 && kill(pid, 0) == 0)
        usleep(1000);
}

static void damaged_cache_is_translated_again(void **state)
{
    static void (*const damages[])(const char *) = { flip_code, cut_file };

    for (size_t i = 0; i < 2; i++) {
        empty_cache();
        run(&(struct run){ .worker = worker_script, .wait = true, .body = call_all });
        uint64_t requests = stat_of("requests to translator");
        kill_worker();
        for_all_segments(damages[i]);
        run(&(struct run){ .worker = worker_script, .wait = true, .body = call_all });
        assert_all_right();
        assert_int_equal(stat_of("requests to translator"), requests);
        assert_int_equal(stat_of("units from cache"), 0);
        run(&(struct run){ .worker = worker_script, .wait = true, .body = call_all });
        assert_all_right();
        assert_int_equal(stat_of("requests to translator"), 0);
    }
}

static void translator_that_never_starts(void **state)
{
    empty_cache();
    run(&(struct run){ .worker = "/bin/false", .body = call_all });
    assert_all_right();
    assert_int_equal(stat_of("units translated"), 0);
}

static void body_with_a_dying_translator(struct outcome *o)
{
    o->more[0] = call_guest(FIB, 10);
    kill_worker();
    o->more[1] = call_guest(DETOUR, DETOUR_N);
    kill_worker();
    call_all(o);
}

static void translator_that_dies(void **state)
{
    empty_cache();
    run(&(struct run){ .worker = worker_script, .wait = true, .body = body_with_a_dying_translator });
    assert_all_right();
    assert_int_equal(shared->more[0], 55);
    assert_int_equal(shared->more[1], DETOUR_N);
    assert_true(stat_of("units translated") >= FUNCTIONS);
}

static void body_that_forks(struct outcome *o)
{
    int status = -1;

    o->more[0] = call_guest(FIB, 10);
    pid_t pid = fork();
    if (pid == 0) {
        dispatch_after_fork();
        call_all(o);
        print_stats(o);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    o->more[1] = (uint64_t)status;
    o->more[2] = call_guest(UNWIND, UNWIND_N);
}

static void forked_child_translates_on(void **state)
{
    empty_cache();
    run(&(struct run){ .worker = worker_script, .wait = true, .body = body_that_forks });
    assert_all_right();
    assert_int_equal(shared->more[0], 55);
    assert_int_equal(shared->more[1], 0);
    assert_int_equal(shared->more[2], 5 * UNWIND_N);
}

static void store_constant(uint32_t value)
{
    uint32_t word = __builtin_bswap32(0x38600000 | value);      /* li 3, value */
    gva at = code + code_size - 8;

    memcpy(g2h(at), &word, sizeof word);
    dispatch_code_removed(at & ~(gva)127, (at & ~(gva)127) + 128);
}

static void body_that_changes_code(struct outcome *o)
{
    o->more[0] = call_guest(PATCHED, PATCHED_N);
    store_constant(22);
    o->more[1] = call_guest(PATCHED, PATCHED_N);
    store_constant(33);
    o->more[2] = call_guest(PATCHED, PATCHED_N);
    store_constant(11);
    o->more[3] = call_guest(PATCHED, PATCHED_N);
}

static void changed_code_is_not_run_from_old_translations(void **state)
{
    for (int is64 = 0; is64 < 2; is64++) {
        for (int wait = 0; wait < 2; wait++) {
            empty_cache();
            run(&(struct run){ .is64 = is64, .worker = worker_script, .wait = wait, .body = body_that_changes_code });
            assert_int_equal(shared->more[0], 11);
            assert_int_equal(shared->more[1], 22);
            assert_int_equal(shared->more[2], 33);
            assert_int_equal(shared->more[3], 11);
        }
    }
}

static void body_that_becomes_precise(struct outcome *o)
{
    call_all(o);
    o->traps = 0;
    dispatch_require_precise();
    call_all(o);
}

static void precise_units_replace_the_others(void **state)
{
    empty_cache();
    run(&(struct run){ .worker = worker_script, .wait = true, .body = call_all });
    uint64_t requests = stat_of("requests to translator");
    empty_cache();
    kill_worker();
    run(&(struct run){ .worker = worker_script, .wait = true, .body = body_that_becomes_precise });
    assert_all_right();
    assert_true(stat_of("requests to translator") > requests + requests / 2);
}

static void body_that_goes_deep(struct outcome *o)
{
    o->more[0] = call_guest(DEPTH, 100);
    o->more[1] = call_guest(DEPTH, DEEP_N);
    o->more[2] = call_guest(DEPTH, DEEP_N);
}

/* More calls than frames of translated code fit on the host's stack. */
static void recursion_deeper_than_the_host_stack(void **state)
{
    for (int is64 = 0; is64 < 2; is64++) {
        empty_cache();
        run(&(struct run){ .is64 = is64, .worker = worker_script, .wait = true, .body = body_that_goes_deep });
        assert_int_equal(shared->more[0], 100);
        assert_int_equal(shared->more[1], DEEP_N);
        assert_int_equal(shared->more[2], DEEP_N);
    }
}

/* --- set-up --------------------------------------------------------------------------------------------------------------------- */

/* The translator behind a script that notes its process id and makes it end soon. */
static int set_up(void **state)
{
    FILE *f;

    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED || !mkdtemp(directory))
        return -1;
    snprintf(cache, sizeof cache, "%s/cache", directory);
    snprintf(pid_file, sizeof pid_file, "%s/pid", directory);
    snprintf(worker_script, sizeof worker_script, "%s/xlated", directory);
    f = fopen(worker_script, "w");
    if (!f)
        return -1;
    fprintf(f, "#!/bin/sh\necho $$ > %s\nexec %s --idle 2 --threads 1 \"$@\"\n", pid_file, XLATED);
    fclose(f);
    return chmod(worker_script, 0755);
}

static int tear_down(void **state)
{
    char command[64];

    kill_worker();
    snprintf(command, sizeof command, "rm -r %s", directory);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interpreter_alone),
        cmocka_unit_test(translator_that_never_starts),
        cmocka_unit_test(translated_then_from_the_cache),
        cmocka_unit_test(without_waiting),
        cmocka_unit_test(damaged_cache_is_translated_again),
        cmocka_unit_test(translator_that_dies),
        cmocka_unit_test(forked_child_translates_on),
        cmocka_unit_test(changed_code_is_not_run_from_old_translations),
        cmocka_unit_test(precise_units_replace_the_others),
        cmocka_unit_test(recursion_deeper_than_the_host_stack),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
