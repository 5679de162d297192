/* aixrun.c -- runs one AIX program: options, address space, kernel interface, engine, program, first thread, exit status.
 *
 * The only file that sees every runner-side folder: it hands each part the few functions of others that it needs. Read main() and
 * run() first.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "syscalls/bridge/bridge.h"
#include "loader/dynamic_load.h"
#include "loader/library_choice.h"
#include "loader/load_program.h"
#include "loader/xcoff_print.h"
#include "runtime/address_space.h"
#include "runtime/cleanup.h"
#include "runtime/cpu_dump.h"
#include "runtime/fatal_report.h"
#include "runtime/fork.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"
#include "runtime/options.h"
#include "runtime/private_fd.h"
#include "runtime/process.h"
#include "runtime/signal.h"
#include "runtime/thread.h"
#include "runtime/translate_ahead.h"
#include "syscalls/milicode.h"
#include "syscalls/syscall.h"
#include "xlate/isa/fpscr.h"
#include "xlate/run/dispatch.h"

enum { EXIT_USAGE = 125, EXIT_CANNOT = 126, EXIT_NOT_FOUND = 127 };     /* as env(1) and the shells have it */

static const char version_text[] = "aixrun (vwpar) " VWPAR_VERSION "\n";

static struct options options;
static char self_path[PATH_MAX];

/* --- what the parts do for each other -------------------------------------------------------------------------------- */

static uint64_t end_of_thread(struct cpu *cpu UNUSED) { thread_exit(); }

static void at_safepoint(struct cpu *cpu)
{
    struct thread *t = (struct thread *)cpu;

    t->in_syscall = false;
    signal_deliver(t);
}

static int fp_code(uint32_t fpscr)
{
    static const struct { uint32_t bit; int code; } codes[] = {
        { FPSCR_VX, 26 }, { FPSCR_ZX, 22 }, { FPSCR_OX, 23 }, { FPSCR_UX, 24 }, { FPSCR_XX, 25 },
    };

    for (unsigned i = 0; i < ARRAY_LEN(codes); i++)
        if (fpscr & codes[i].bit)
            return codes[i].code;
    return AIX_FPE_FLTINV;
}

static void on_trap(struct cpu *cpu, enum trap_kind kind, uint32_t word)
{
    struct thread *t = (struct thread *)cpu;

    t->fault_word = word;
    switch (kind) {
    case TRAP_ILLEGAL:
        log_line(LOG_WARN, "run", "illegal instruction 0x%08" PRIx32 " at 0x%" PRIx64, word, cpu->pc);
        signal_fault(cpu, AIX_SIGILL, AIX_ILL_ILLOPC, cpu->pc);
        break;
    case TRAP_PRIVILEGED:
        log_line(LOG_WARN, "run", "privileged instruction 0x%08" PRIx32 " at 0x%" PRIx64, word, cpu->pc);
        signal_fault(cpu, AIX_SIGILL, AIX_ILL_PRVOPC, cpu->pc);
        break;
    case TRAP_TRAP:
        signal_fault(cpu, AIX_SIGTRAP, AIX_TRAP_BRKPT, cpu->pc);
        break;
    case TRAP_FP:
        signal_fault(cpu, AIX_SIGFPE, fp_code(fpscr_read(cpu)), cpu->pc);
        break;
    }
}

static void fpscr_save(struct cpu *cpu) { fpscr_read(cpu); }
static void fpscr_load(struct cpu *cpu) { fpscr_write(cpu, cpu->fpscr); }

static void run_thread(struct thread *t)
{
    t->running = true;
    fpscr_load(&t->cpu);
    dispatch_run(&t->cpu);
}

/* --- reports --------------------------------------------------------------------------------------------------------- */

static void report_at_exit(void)
{
    dispatch_finish();
    if (options.stats)
        dispatch_print_stats(private_stderr());
    if (options.missing)
        syscall_print_missing(private_stderr());
    if (options.trace_count)
        syscall_print_counts(private_stderr());
}

/* --- paths ----------------------------------------------------------------------------------------------------------- */

/* The path it was started by, when that is no link, costs less than a look into /proc. */
static bool started_by_own_name(void)
{
    const char *name = (const char *)getauxval(AT_EXECFN);
    struct stat st;

    if (!name || *name != '/' || strlen(name) >= sizeof self_path || lstat(name, &st) || !S_ISREG(st.st_mode))
        return false;
    strcpy(self_path, name);
    return true;
}

static void find_self(const char *argv0)
{
    if (started_by_own_name())
        return;
    ssize_t n = readlink("/proc/self/exe", self_path, sizeof self_path - 1);

    if (n > 0)
        self_path[n] = 0;
    else
        snprintf(self_path, sizeof self_path, "%s", argv0);
}

/* "<directory of aixrun>/rest", allocated; NULL when nothing is there. */
static const char *beside_self(const char *rest)
{
    const char *slash = strrchr(self_path, '/');
    char *path;

    if (asprintf(&path, "%.*s/%s", slash ? (int)(slash - self_path) : 1, slash ? self_path : ".", rest) < 0)
        return NULL;
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

static const char *base_dir(void)
{
    const char *dir = options.base;

    if (!dir)
        dir = beside_self("../base");
    return dir ? dir : beside_self("../lib/vwpar/base");
}

static bool make_directories(char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    for (char *p = path + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = 0;
        mkdir(path, 0700);
        *p = '/';
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* The program may change its directory. As asprintf(). */
static int absolute(char **out, const char *path)
{
    char here[PATH_MAX];

    if (*path == '/' || !getcwd(here, sizeof here))
        return asprintf(out, "%s", path);
    return asprintf(out, "%s/%s", here, path);
}

/* Where translations are; NULL for none. Running without them is slower, not wrong: never an error. */
static const char *cache_dir(void)
{
    const char *home = getenv("HOME"), *xdg = getenv("XDG_CACHE_HOME");
    char *path = NULL;
    int n = -1;

    if (options.no_cache)
        return NULL;
    if (options.cache)
        n = absolute(&path, options.cache);
    else if (xdg && *xdg == '/')
        n = asprintf(&path, "%s/vwpar", xdg);
    else if (home && *home == '/')
        n = asprintf(&path, "%s/.cache/vwpar", home);
    if (n < 0)
        return NULL;
    if (make_directories(path))
        return path;
    log_line(LOG_WARN, "run", "no code cache: cannot make %s: %s", path, strerror(errno));
    free(path);
    return NULL;
}

/* --- the program's arguments and environment ------------------------------------------------------------------------- */

static bool has_name(const char *variable, const char *entry, size_t length)
{
    return !strncmp(variable, entry, length) && variable[length] == '=';
}

static void set_variable(char **envp, size_t *count, const char *entry)
{
    const char *equal = strchr(entry, '=');
    size_t length = equal ? (size_t)(equal - entry) : strlen(entry);

    for (size_t i = 0; i < *count; i++)
        if (has_name(envp[i], entry, length)) {
            envp[i] = (char *)entry;
            return;
        }
    envp[(*count)++] = (char *)entry;
}

/* The runner's own variables stay out: exec hands the settings on as options. */
static char **guest_environment(void)
{
    size_t total = 0, count = 0;
    char *libpath;

    while (environ[total])
        total++;
    char **envp = calloc(total + options.env.count + 2, sizeof *envp);
    if (!envp)
        BUG("out of memory for the environment");
    for (size_t i = 0; i < total; i++)
        if (strncmp(environ[i], "VWPAR_", 6))
            envp[count++] = environ[i];
    for (unsigned i = 0; i < options.env.count; i++)
        set_variable(envp, &count, options.env.values[i]);
    if (options.library_path && asprintf(&libpath, "LIBPATH=%s", options.library_path) >= 0)
        set_variable(envp, &count, libpath);
    return envp;
}

/* Where a guest path is on the host: symbolic links stay below the root, as for chroot; a file that is not there keeps its name. */
static const char *host_path(const char *guest_path)
{
    struct open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
    char link[64], real[PATH_MAX], *path;

    if (!options.root || guest_path[0] != '/')
        return guest_path;
    close_fd int root = open(options.root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    close_fd int fd = root < 0 ? -1 : (int)syscall(SYS_openat2, root, guest_path, &how, sizeof how);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = fd < 0 ? -1 : readlink(link, real, sizeof real);
    if (n > 0 && n < (ssize_t)sizeof real)
        return strndup(real, (size_t)n);
    return asprintf(&path, "%s%s", options.root, guest_path) < 0 ? guest_path : path;
}

/* "#! Path [String]" [aix-abi 2.5]: fills the two words in `line` and gives how many there are; 0 when it is no script. */
static int script_interpreter(const char *path, char line[257], char *words[2])
{
    close_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, line, 256);
    int count = 0;
    char *rest;

    if (n < 2 || line[0] != '#' || line[1] != '!')
        return 0;
    line[n] = 0;
    line[strcspn(line, "\n")] = 0;
    for (char *w = strtok_r(line + 2, " \t", &rest); w && count < 2; w = strtok_r(NULL, " \t", &rest))
        words[count++] = w;
    return count;
}

/* Arguments of the program, or of its interpreter when it is a script. */
static char **guest_arguments(const char **program)
{
    static char line[257];
    char *words[2];
    size_t count = 0, n = 0;

    while (options.args[count])
        count++;
    char **argv = calloc(count + 3, sizeof *argv);
    if (!argv)
        BUG("out of memory for the arguments");
    *program = options.args[0];
    int found = script_interpreter(host_path(*program), line, words);
    for (int i = 0; i < found; i++)
        argv[n++] = words[i];
    memcpy(argv + n, options.args, count * sizeof *argv);
    if (found)
        *program = words[0];
    else if (options.argv0)
        argv[0] = (char *)options.argv0;
    return argv;
}

/* --- set-up ---------------------------------------------------------------------------------------------------------- */

static int start_kernel(bool is64, struct error *err)
{
    const char *level = options.aix_level ? options.aix_level : "5.3";
    if (strcmp(level, "5.2") != 0 && strcmp(level, "5.3") != 0)
        return error_set(err, EINVAL, "--aix-level=%s: must be 5.2 or 5.3", level);
    struct syscall_options o = {
        .root = options.root ? options.root : "",
        .self = self_path,
        .self_options = options_hand_on(&options),
        .release = level + strlen("5."),
        .trace = options.trace,
        .trace_file = options.trace_file,
        .trace_follow = options.trace_follow,
        .trace_count = options.trace_count,
        .host_programs = options.host_programs,
    };

    return syscall_init(is64, &o, err);
}

static int start_engine(bool is64, struct error *err)
{
    static const struct exit_handlers handlers = { .syscall = syscall_gate, .trap = on_trap, .safepoint = at_safepoint };
    static const struct guest_code_hooks hooks = { .added = dispatch_code_added, .removed = dispatch_code_removed };
    struct run_options o = {
        .cache_dir = options.cache,
        .system_cache_dir = options.system_cache ? options.system_cache : beside_self("../lib/vwpar/cache"),
        .worker_socket = options.worker_socket,
        .worker_path = options.worker ? options.worker : beside_self("xlated"),
        .interpret_only = options.interpret,
        .hot_calls = options.hot,
        .wait = options.wait_translation,
    };

    if (dispatch_init(is64, &handlers, &o, err))
        return -1;
    guest_map_set_hooks(&hooks);
    thread_init_cpu = dispatch_thread_init;
    thread_fini_cpu = dispatch_thread_fini;
    thread_run = run_thread;
    dispatch_native(SYSCALL_STUB, dispatch_syscall);
    dispatch_native(SIGNAL_RETURN_PC, signal_return_from);
    dispatch_native(THREAD_EXIT_PC, end_of_thread);
    dispatch_native(BRIDGE_RETURN_PC, bridge_returned);
    bridge_run_guest = dispatch_nested;
    for (unsigned i = 0; i < milicode_count; i++)
        dispatch_native(milicode[i].address, milicode[i].code);
    return 0;
}

static int load(const char *program, char **argv, struct program *out, struct error *err)
{
    struct load_options o = {
        .path = host_path(program),
        .guest_path = program,
        .argv = argv,
        .envp = guest_environment(),
        .root = options.root ? options.root : "",
        .base_dir = base_dir(),
        .libraries = options.library,
        .kernel = &syscall_exports,
        .errno_ea = syscall_errno_ea(),
    };

    if (load_program(&o, out, err))
        return -1;
    if (!out->is64 && out->brk_limit > 0x30000000)      /* large model: mmap keeps out of the data segments [aix-abi 2.2] */
        guest_map_set_area(AREA_MMAP, (out->brk_limit + 0xfffffff) & ~UINT64_C(0xfffffff), 0xd0000000);
    syscall_set_break(out->brk_start, out->brk_limit);
    syscall_set_environ(out->envp);
    return 0;
}

static int start_signals(struct error *err)
{
    signal_fpscr_save = fpscr_save;
    signal_fpscr_load = fpscr_load;
    signal_precise_changed = dispatch_require_precise;
    int rc = signal_init(dispatch_fault_pc);
    return rc ? error_set(err, -rc, "cannot set up signals: %s", strerror(-rc)) : 0;
}

/* Everything up to the first instruction. */
static int prepare(const char *program, char **argv, struct error *err)
{
    static const struct fork_hooks fork_hooks[] = { { .child = dispatch_after_fork }, { .child = dynload_after_fork } };
    struct program loaded;
    bool is64;

    if (load_probe(host_path(program), &is64, err) || address_space_reserve(is64, err))
        return -1;
    struct thread *t = thread_first(is64);
    if (start_kernel(is64, err) || start_engine(is64, err) || load(program, argv, &loaded, err))
        return -1;
    dispatch_thread_init(&t->cpu);
    t->errnop = syscall_errno_ea();
    load_entry_registers(&loaded, &t->cpu);
    if (start_signals(err))
        return -1;
    for (unsigned i = 0; i < ARRAY_LEN(fork_hooks); i++)
        fork_register(&fork_hooks[i]);
    process_at_exit(report_at_exit);
    return 0;
}

static int run(void)
{
    struct error err = { 0 };
    const char *program;

    fatal_report_init(options.args[0], options.quiet, options.host_backtrace);
    options.cache = cache_dir();        /* resolved once: a program that empties its environment keeps the cache across exec */
    char **argv = guest_arguments(&program);
    if (prepare(program, argv, &err)) {
        fprintf(stderr, "aixrun: %s\n", err.text);
        return err.code == ENOENT && access(host_path(program), F_OK) ? EXIT_NOT_FOUND : EXIT_CANNOT;
    }
    if (options.translate || options.coverage) {
        if ((options.translate ? translate_ahead(options.quiet, &err) : translate_coverage(&err)) == 0)
            return 0;
        fprintf(stderr, "aixrun: %s: %s: %s\n", options.translate ? "--translate" : "--coverage", program, err.text);
        return 1;
    }
    thread_run(current);
    thread_first_end();
}

static bool open_log(void)
{
    static const char *const levels[] = { "error", "warn", "info", "debug" };
    const char *wanted = options.log_level ? options.log_level : "warn";

    for (unsigned i = 0; i < ARRAY_LEN(levels); i++)
        if (!strcmp(wanted, levels[i])) {
            log_open(options.log, (enum log_level)i);
            return true;
        }
    fprintf(stderr, "aixrun: --log-level: error, warn, info or debug, not \"%s\"\n", wanted);
    return false;
}

int main(int argc, char **argv)
{
    struct error err;

    if (options_parse(&options, argc, argv, &err) || library_choices_check(options.library, &err)) {
        fprintf(stderr, "aixrun: %s\nTry aixrun --help.\n", err.text);
        return EXIT_USAGE;
    }
    if (options.help || options.version) {
        if (options.help)
            options_help(stdout);
        else
            fputs(version_text, stdout);
        return 0;
    }
    if (options.headers) {
        if (xcoff_print(options.headers, stdout, &err) == 0)
            return 0;
        fprintf(stderr, "aixrun: %s\n", err.text);
        return 1;
    }
    if (!options.args[0]) {
        options_help(stderr);
        return EXIT_USAGE;
    }
    if (!open_log())
        return EXIT_USAGE;
    find_self(argv[0]);
    return run();
}
