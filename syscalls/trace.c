/* trace.c -- --trace: a line per system call, from the two tables.
 *
 *      kwrite(1, 0x20001000 "hello\n", 6) = 6
 *      open("/no/such", O_RDONLY) = -1 ENOENT
 *
 * Each line is one write(2), so lines of several processes do not mix. With following, "pid.tid: " stands in front.
 */
#include "syscalls/trace.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "runtime/copyio.h"
#include "runtime/address_space.h"
#include "runtime/fork.h"
#include "runtime/host.h"
#include "runtime/private_fd.h"
#include "runtime/safe_syscall.h"
#include "runtime/signal.h"
#include "syscalls/errno.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"
#include "syscalls/kernel_pages.h"
#include "syscalls/table.h"

enum { LINE_SIZE = 1024, SHOWN_BYTES = 32, SHOWN_STRINGS = 8 };

static bool printing, counting, follow, only_some;
static bool chosen[KERNEL_DESCRIPTORS];
static int trace_fd = STDERR_FILENO;
static __thread uint64_t entered_ns;

static struct {
    atomic_uint calls, errors;
    _Atomic uint64_t ns;
} counts[KERNEL_DESCRIPTORS];

enum print { PRINT_DEC, PRINT_UDEC, PRINT_HEX, PRINT_OCTAL, PRINT_OFLAGS, PRINT_PROT, PRINT_SIGNAL, PRINT_ADDRESS,
             PRINT_STRING, PRINT_STRINGS, PRINT_BUFFER, PRINT_RESULT };
static const uint8_t prints[] = {
#define KIND(name, type, fetch, print) [KIND_##name] = PRINT_##print,
#include "syscalls/argument_kinds.def"
#undef KIND
};

/* Names separated by commas; an unknown one is an error, since nothing would ever be traced. */
static int choose(const char *names, struct error *err)
{
    while (*names) {
        size_t length = strcspn(names, ",");
        unsigned i = 0;
        while (i < import_count && (strlen(imports[i].name) != length || memcmp(imports[i].name, names, length) != 0))
            i++;
        if (i == import_count)
            return error_set(err, EINVAL, "--trace: there is no system call %.*s", (int)length, names);
        chosen[i] = only_some = true;
        names += length + (names[length] == ',');
    }
    return 0;
}

/* Only with following are children traced; a child's counts are its own. */
static bool child_left_out;

static void trace_after_fork(void)
{
    memset(counts, 0, sizeof counts);
    if (!follow) {
        printing = counting = false;
        child_left_out = true;
    }
}

bool trace_handed_on(void) { return !child_left_out; }

int trace_init(const struct syscall_options *options, struct error *err)
{
    counting = options->trace_count;
    printing = options->trace && !counting;
    follow = options->trace_follow;
    if (!options->trace)
        return 0;
    fork_register(&(const struct fork_hooks){ .child = trace_after_fork });
    if (choose(options->trace, err) < 0)
        return -1;
    if (options->trace_file) {
        trace_fd = private_fd(open(options->trace_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
        if (trace_fd < 0)
            return error_set(err, errno, "cannot open %s: %s", options->trace_file, strerror(errno));
    } else {
        trace_fd = private_fd(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0));    /* the guest may close or move its own */
    }
    return 0;
}

bool trace_wanted(unsigned index)
{
    if (!printing && !counting)
        return false;
    return !only_some || (index < import_count && chosen[index]);
}

/* --- one line ----------------------------------------------------------------------------------------------------- */

struct line {
    char text[LINE_SIZE];
    size_t used;
};

static void put(struct line *l, const char *format, ...) PRINTF_LIKE(2, 3);
static void put(struct line *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t room = LINE_SIZE - 2 - l->used;      /* a newline always fits */
    int n = vsnprintf(l->text + l->used, room, format, args);
    va_end(args);
    if (n > 0)
        l->used += (size_t)n < room ? (size_t)n : room - 1;
}

static void put_bytes(struct line *l, const uint8_t *bytes, size_t n, bool more)
{
    put(l, "\"");
    for (size_t i = 0; i < n; i++) {
        uint8_t c = bytes[i];
        if (c == '\n')
            put(l, "\\n");
        else if (c == '\t')
            put(l, "\\t");
        else if (c == '"' || c == '\\')
            put(l, "\\%c", c);
        else if (isprint(c))
            put(l, "%c", c);
        else
            put(l, "\\%03o", c);
    }
    put(l, more ? "\"..." : "\"");
}

static void put_string(struct line *l, gva ea)
{
    char text[256];
    int rc = ea ? copyinstr(text, ea, sizeof text) : -EFAULT;
    if (rc == -EFAULT)
        put(l, "%#" PRIx64, ea);
    else
        put_bytes(l, (uint8_t *)text, strnlen(text, sizeof text - 1), rc == -ENAMETOOLONG);
}

static void put_strings(struct line *l, gva ea)
{
    uint64_t item;
    if (!ea) {
        put(l, "0x0");
        return;
    }
    put(l, "[");
    for (int i = 0; copyin_long(&item, ea) == 0 && item; i++, ea += guest.is64 ? 8 : 4) {
        if (i == SHOWN_STRINGS) {
            put(l, ", ...");
            break;
        }
        put(l, i ? ", " : "");
        put_string(l, item);
    }
    put(l, "]");
}

static void put_buffer(struct line *l, gva ea, int64_t length)
{
    uint8_t bytes[SHOWN_BYTES];
    size_t n = length < SHOWN_BYTES ? (size_t)length : SHOWN_BYTES;
    put(l, "%#" PRIx64, ea);
    if (length > 0 && copyin(bytes, ea, n) == 0) {
        put(l, " ");
        put_bytes(l, bytes, n, (int64_t)n < length);
    }
}

static void put_flags(struct line *l, enum flag_table table, uint32_t flags)
{
    char text[256];
    put(l, "%s", flags_print(table, flags, text, sizeof text));
}

static void put_oflags(struct line *l, uint32_t flags)
{
    static const char *const modes[] = { "O_RDONLY", "O_WRONLY", "O_RDWR", "3" };
    put(l, "%s", modes[flags & 3]);
    if (flags & ~3u) {
        put(l, "|");
        put_flags(l, FLAGS_open, flags & ~3u);
    }
}

/* next: the argument behind, the length of an input buffer. result: the length of an output buffer. */
static void put_argument(struct line *l, uint8_t kind, int64_t v, int64_t next, int64_t result)
{
    switch ((enum print)prints[kind]) {
    case PRINT_DEC:     put(l, "%" PRId64, v); break;
    case PRINT_UDEC:    put(l, "%" PRIu64, (uint64_t)v); break;
    case PRINT_HEX:     put(l, "0x%" PRIx64, (uint64_t)v); break;
    case PRINT_OCTAL:   put(l, "0%" PRIo64, (uint64_t)v); break;
    case PRINT_OFLAGS:  put_oflags(l, (uint32_t)v); break;
    case PRINT_PROT:    put_flags(l, FLAGS_prot, (uint32_t)v); break;
    case PRINT_SIGNAL:  put(l, "%s", v > 0 && v <= AIX_SIGMAX ? signal_name((int)v) : "0"); break;
    case PRINT_ADDRESS: put(l, "0x%" PRIx64, (uint64_t)v); break;
    case PRINT_STRING:  put_string(l, (gva)v); break;
    case PRINT_STRINGS: put_strings(l, (gva)v); break;
    case PRINT_BUFFER:  put_buffer(l, (gva)v, next); break;
    case PRINT_RESULT:  put_buffer(l, (gva)v, result); break;
    }
}

static void put_call(struct line *l, struct thread *t, unsigned index, const char *name, const int64_t *v,
                     int64_t result)
{
    static const uint8_t no_kinds[MAX_ARGUMENTS];
    const uint8_t *kinds = index < import_count ? imports[index].kinds : no_kinds;
    if (follow)
        put(l, "%d.%d: ", getpid(), t->tid);
    put(l, "%s(", name);
    if (index >= import_count)          /* an unknown call: the first registers, whatever they mean */
        put(l, "%#" PRIx64 ", %#" PRIx64 ", %#" PRIx64 ", ...", t->cpu.gpr[3], t->cpu.gpr[4], t->cpu.gpr[5]);
    for (unsigned i = 0; i < MAX_ARGUMENTS && kinds[i] != KIND_no; i++) {
        put(l, i ? ", " : "");
        put_argument(l, kinds[i], v[i], i + 1 < MAX_ARGUMENTS ? v[i + 1] : 0, result);
    }
    put(l, ")");
}

static void put_result(struct line *l, unsigned index, int64_t result)
{
    enum return_kind kind = index < import_count ? imports[index].returns : RETURN_dec;
    if (result == -VW_ERESTART) {
        put(l, " = ? (restarts)");
    } else if (result < 0 && result >= -4095) {
        int error = errno_to_aix((int)-result);
        const char *name = errno_aix_name(error);
        if (name)
            put(l, " = -1 %s", name);
        else
            put(l, " = -1 errno %d", error);
    } else if (result == NO_RESULT || kind == RETURN_none) {
        put(l, " = ?");
    } else if (result < 0) {
        put(l, " = %d", (int32_t)result);
    } else {
        put(l, kind == RETURN_addr ? " = 0x%" PRIx64 : kind == RETURN_mode ? " = 0%" PRIo64 : " = %" PRId64, result);
    }
}

static void end_line(struct line *l)
{
    l->text[l->used++] = '\n';
    if (write(trace_fd, l->text, l->used) < 0)
        printing = false;               /* nobody reads any more */
}

static uint64_t now_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

static bool does_not_return(unsigned index)
{
    return index < import_count &&
           (strcmp(imports[index].name, "_exit") == 0 || strcmp(imports[index].name, "execve") == 0 ||
            strcmp(imports[index].name, "thread_terminate") == 0);
}

void trace_enter(struct thread *t, unsigned index, const int64_t *v)
{
    struct line l = { .used = 0 };
    entered_ns = now_ns();
    if (!does_not_return(index))
        return;
    if (counting) {
        atomic_fetch_add(&counts[index].calls, 1);
        return;
    }
    put_call(&l, t, index, imports[index].name, v, 0);
    end_line(&l);
}

static void count(unsigned index, int64_t result)
{
    if (index >= KERNEL_DESCRIPTORS)
        return;
    if (!does_not_return(index))
        atomic_fetch_add(&counts[index].calls, 1);
    if (result < 0 && result >= -4095)
        atomic_fetch_add(&counts[index].errors, 1);
    atomic_fetch_add(&counts[index].ns, now_ns() - entered_ns);
}

void trace_leave(struct thread *t, unsigned index, const char *name, const int64_t *v, int64_t result)
{
    struct line l = { .used = 0 };
    if (counting) {
        count(index, result);
        return;
    }
    put_call(&l, t, index, name, v, result);
    put_result(&l, index, result);
    end_line(&l);
}

void trace_print_counts(int fd, const char *(*name_of)(unsigned index))
{
    if (!counting)
        return;
    dprintf(fd, "%-24s %10s %10s %12s\n", "syscall", "calls", "errors", "seconds");
    for (unsigned i = 0; i < KERNEL_DESCRIPTORS; i++) {
        unsigned calls = atomic_load(&counts[i].calls);
        if (calls)
            dprintf(fd, "%-24s %10u %10u %12.6f\n", name_of(i), calls, atomic_load(&counts[i].errors),
                    (double)atomic_load(&counts[i].ns) / 1e9);
    }
}
