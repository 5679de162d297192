/* guest_pointers.c -- walks the table of kernel calls with bad pointers and extreme numbers in every argument.
 *
 * The calls and the kinds of their arguments are those of kernel_imports.def; a child process makes all variants of one
 * call, so that what it does to itself stays there. A call must come back, with a result or with -1 and one of AIX's
 * errnos; only calls that pointer_rules.def names may succeed with an argument that points nowhere. A call that blocks is
 * interrupted by a timer.
 *
 *      guest_pointers DIRECTORY        in namespaces of its own: see guest_syscalls.cmake
 */
#include "guest_kernel.h"

typedef long function(ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong);

#define IMPORT_FULL(name)       extern function import_##name __asm__(#name);
#define IMPORT_PARTIAL(name)    IMPORT_FULL(name)
#define IMPORT_ABSENT(name)
#define IMPORT(name, status, ...) IMPORT_##status(name)
#define WHY(name, reason)
#include "syscalls/kernel_imports.def"
#undef IMPORT

enum kind {
    KIND_no,
#define KIND(name, type, fetch, print) KIND_##name,
#include "syscalls/argument_kinds.def"
#undef KIND
};

enum { ARGUMENTS = 8 };
static const struct call {
    const char *name;
    function *function;
    u8 kinds[ARGUMENTS];
} calls[] = {
#define ROW_FULL(name, ...)     { #name, import_##name, { __VA_ARGS__ } },
#define ROW_PARTIAL(name, ...)  ROW_FULL(name, __VA_ARGS__)
#define ROW_ABSENT(name, ...)
#define IMPORT(name, status, ret, a0, a1, a2, a3, a4, a5, a6, a7)                                                     \
    ROW_##status(name, KIND_##a0, KIND_##a1, KIND_##a2, KIND_##a3, KIND_##a4, KIND_##a5, KIND_##a6, KIND_##a7)
#include "syscalls/kernel_imports.def"
#undef IMPORT
#undef WHY
};

enum rule_kind { SKIP, FOREIGN, UNREAD };
static const struct rule {
    enum rule_kind kind;
    const char *name;
    int argument;
} rules[] = {
#define SKIP(name, reason)              { SKIP, #name, -1 },
#define FOREIGN(name, reason)           { FOREIGN, #name, -1 },
#define UNREAD(name, argument, reason)  { UNREAD, #name, argument },
#include "pointer_rules.def"
#undef SKIP
#undef FOREIGN
#undef UNREAD
};
enum { CALLS = sizeof calls / sizeof *calls, RULES = sizeof rules / sizeof *rules };

extern int open(const char *, int, int), chdir(const char *), pipe(int *), kfcntl(int, int, long), socketpair(int, int, int, int *);
extern void *mmap(void *, ulong, int, int, int, long);
extern int munmap(void *, ulong), mprotect(void *, ulong, int), kill(int, int), _nsleep(void *, void *);
extern int _sigaction(int, void *, void *), __vwpar_setitimer(int, void *, void *);

/* Shared with the children. */
static struct shared {
    u8 used[RULES];             /* this rule was needed */
    u8 told[CALLS];             /* bit per argument: a complaint is made once */
    int failures;
    ulong made;                 /* calls made */
} *shared;

static int equal(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

static int has_rule(enum rule_kind kind, const char *name, int argument)
{
    for (int i = 0; i < RULES; i++)
        if (rules[i].kind == kind && rules[i].argument == argument && equal(rules[i].name, name)) {
            shared->used[i] = 1;
            return 1;
        }
    return 0;
}

/* --- arguments ---------------------------------------------------------------------------------------------------- */

enum { PAGE = 4096 };
static u8 *pages;               /* one to write, one to read, one that is not there */
static int fds[4];              /* a file, a pipe, a socket, none */

/* Readable or writable ones first, then those that point nowhere: from NOWHERE on. The last three may be other names of
 * the stack or of page 0 in 64 bits, since the runner's window takes the low 46 bits. */
enum { POINTERS = 12, NOWHERE = 6, LOST = NOWHERE + 2 };
static ulong pointers[POINTERS];

static void make_arguments(void)
{
    int pair[2];
    pages = mmap(0, 3 * PAGE, 3, 0x12, -1, 0);
    munmap(pages + 2 * PAGE, PAGE);
    mprotect(pages + PAGE, PAGE, 1);
    *(u8 *)(pages + 256) = 'x';
    pointers[0] = (ulong)pages + 256;
    pointers[1] = (ulong)pages + 257;                       /* misaligned */
    pointers[2] = (ulong)pages + PAGE - 3;                  /* from the writable page into the other */
    pointers[3] = (ulong)pages + PAGE + 8;                  /* read-only */
    pointers[4] = 0x3700;                                   /* the kernel's */
    pointers[5] = 0;                                        /* readable, as page 0 is */
    pointers[6] = (ulong)pages + 2 * PAGE - 1;              /* into the page that is not there */
    pointers[7] = (ulong)pages + 2 * PAGE;
    pointers[8] = (ulong)W(0xEBAD0001, 0x0BAD0BAD00000001);
    pointers[9] = ~0ul;
    pointers[10] = ~0ul << (sizeof(ulong) * 8 - 1);
    pointers[11] = W(0xFFFFF000, 0x00007FFFFFFFF000);
    fds[0] = open("file", 0x102, 0600);
    pipe(pair);
    fds[1] = pair[0];
    kfcntl(fds[1], 4, 4);                                   /* O_NONBLOCK */
    socketpair(1, 1, 0, pair);
    fds[2] = pair[0];
    kfcntl(fds[2], 4, 4);
    fds[3] = -1;
}

static int is_pointer(int kind)
{
    return kind == KIND_ptr || kind == KIND_path || kind == KIND_strv || kind == KIND_inbuf || kind == KIND_outbuf;
}

struct variant {
    ulong pointer;              /* of the arguments that the walk is not about */
    int number, fd;
    ulong size;
};

static ulong usual(int kind, const struct variant *v)
{
    if (is_pointer(kind))
        return v->pointer;
    switch (kind) {
    case KIND_fd:       return (ulong)v->fd;
    case KIND_signo:    return SIGUSR1;
    case KIND_pid:      return 0;
    case KIND_size:
    case KIND_off64:    return v->size;
    case KIND_mode:     return 0600;
    }
    return (ulong)(long)v->number;
}

/* --- one call ----------------------------------------------------------------------------------------------------- */

static void complain(const struct call *c, int argument, ulong value, const char *what, long number)
{
    u8 *told = &shared->told[c - calls], bit = (u8)(1 << (argument & 7));
    shared->failures++;
    if (*told & bit)
        return;
    *told |= bit;
    say(c->name);
    say(", argument ");
    say_number(argument);
    say(" = ");
    say_number((long)value);
    say(": ");
    say(what);
    say_number(number);
    say("\n");
}

/* Is the number one that AIX has a name for? [aix-abi 4.3] */
static int is_errno(int n) { return (n >= 1 && n <= 95) || (n >= 109 && n <= 127); }

static void make(const struct call *c, int argument, ulong value, const struct variant *v)
{
    ulong a[16] = { 0 };
    int at = 0;
    for (int i = 0; i < ARGUMENTS && c->kinds[i] != KIND_no; i++) {
        ulong one = i == argument ? value : usual(c->kinds[i], v);
        if (c->kinds[i] == KIND_off64 && sizeof(ulong) == 4)
            a[at++] = (int)one < 0 ? ~0ul : 0;
        a[at++] = one;
    }
    clear(pages + 256, 64);
    errno = -7;
    shared->made++;
    int result = (int)c->function(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11]);
    if (result == -1 && errno != -7 && !is_errno(errno))
        complain(c, argument, value, "errno ", errno);
    int nowhere = v->number != 0 && is_pointer(c->kinds[argument]) && value == pointers[LOST];     /* 0: of no bytes */
    if (nowhere && result != -1 && !has_rule(UNREAD, c->name, argument))
        complain(c, argument, value, "the call succeeds and returns ", result);
}

static void walk_pointers(const struct call *c, int argument, const struct variant *v, int foreign)
{
    for (int i = foreign ? NOWHERE + 1 : 0; i < (foreign ? NOWHERE + 3 : POINTERS); i++)
        make(c, argument, pointers[i], v);
}

static void walk_numbers(const struct call *c, int argument, const struct variant *v)
{
    static const ulong numbers[] = { 0, 1, 3, 4095, 4096, 4097, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, ~0ul, ~0ul >> 1, ~(~0ul >> 1) };
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++)
        make(c, argument, numbers[i], v);
}

/* Every argument in turn goes through what is bad for its kind; the others have usual values, of several kinds. */
static void walk(const struct call *c, int foreign)
{
    static const int usual_numbers[] = { 0, 1, 2, 5, 7, 102 };
    static const ulong usual_pointers[] = { 0, NOWHERE + 1 };
    struct variant v = { .size = 16 };
    for (unsigned p = 0; p < 2; p++)
        for (unsigned n = 0; n < sizeof usual_numbers / sizeof *usual_numbers; n++)
            for (int f = 0; f < 4; f++) {
                v.pointer = foreign ? pointers[NOWHERE + 1] : pointers[usual_pointers[p]];
                v.number = usual_numbers[n];
                v.fd = fds[f];
                for (int i = 0; i < ARGUMENTS && c->kinds[i] != KIND_no; i++)
                    if (is_pointer(c->kinds[i]))
                        walk_pointers(c, i, &v, foreign);
                    else if (c->kinds[i] != KIND_signo && c->kinds[i] != KIND_pid && c->kinds[i] != KIND_fd)
                        walk_numbers(c, i, &v);
                if (c->kinds[0] != KIND_fd)
                    break;
            }
}

/* --- children ----------------------------------------------------------------------------------------------------- */

static void on_alarm(int signo) { (void)signo; }

static void interrupt_every_ms(void)
{
    u8 action[48];
    long timer[4];
    clear(action, sizeof action);
    *(void **)action = (void *)on_alarm;
    EQ(_sigaction(SIGALRM, action, 0), 0);
    *(ulong *)action = 1;                                   /* SIG_IGN: a child before this one shut the socket down */
    EQ(_sigaction(13, action, 0), 0);                       /* SIGPIPE */
    clear(timer, sizeof timer);
    *(int *)((u8 *)timer + W(4, 8)) = 1000;
    *(int *)((u8 *)timer + W(12, 24)) = 1000;
    EQ(__vwpar_setitimer(0, timer, 0), 0);
}

static void report_end(const struct call *c, int status)
{
    if (status == 0)
        return;
    shared->failures++;
    say(c->name);
    say(status & 0x7f ? ": died of signal " : ": left with status ");
    say_number(status & 0x7f ? status & 0x7f : status >> 8);
    say("\n");
}

/* A child that does not come back in twenty seconds is stuck in the call. */
static void wait_for(const struct call *c, int pid)
{
    long tenth[2] = { 0, 100000000 / 5 };
    int status = 0;
    for (int i = 0; i < 1000; i++) {
        if (kwaitpid(&status, pid, 4 | 1, 0, 0) != 0) {
            report_end(c, status);
            return;
        }
        _nsleep(tenth, 0);
    }
    kill(pid, 9);
    kwaitpid(&status, pid, 4, 0, 0);
    report_end(c, status);
}

static void try(const struct call *c)
{
    if (has_rule(SKIP, c->name, -1))
        return;
    int foreign = has_rule(FOREIGN, c->name, -1), pid = kfork();
    if (pid == 0) {
        interrupt_every_ms();
        walk(c, foreign);
        _exit(0);
    }
    wait_for(c, pid);
}

static int run(int argc, char **argv)
{
    if (argc < 2 || chdir(argv[1]) < 0)
        return 99;
    shared = mmap(0, sizeof *shared, 3, 0x11, -1, 0);       /* MAP_ANON, MAP_SHARED */
    make_arguments();
    for (int i = 0; i < CALLS; i++)
        if (argc == 2 || equal(argv[2], calls[i].name))
            try(&calls[i]);
    for (int i = 0; argc == 2 && i < RULES; i++)
        if (!shared->used[i]) {
            shared->failures++;
            say(rules[i].name);
            say(": its line in pointer_rules.def is not needed\n");
        }
    say_number((long)shared->made);
    say(" calls\n");
    return shared->failures ? 1 : 0;
}
