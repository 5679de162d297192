/* bridge.c -- calling the host's functions for the guest, by the lines of functions.def, with libffi.
 *
 * One pass over the kinds fetches the arguments, another stores what came back. Memory is checked against the window before the call:
 * inside, an unmapped page faults when it is tried, which the host's signal handler turns into the guest's SIGSEGV at the system-call stub,
 * where nothing has changed yet: a handler that mends the page has the call made again. What is in use by a call that was left so is put
 * right by the thread's next one.
 */
#include "syscalls/bridge/bridge.h"

#include <bzlib.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <xmmintrin.h>
#include <zlib.h>
#include "syscalls/bridge/internal.h"
#include "syscalls/bridge/zlib_init.h"
#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/guest_map.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "runtime/signal.h"

enum { DEPTH = 8, ZLIB_WINDOW = 32768, MXCSR_MASKED = 0x1F80, MXCSR_ROUNDING = 0x6000 };

struct bridge {
    const char *name, *result, *arguments, *structure;
    int64_t refused;
    void (*function)(void);
};

static const struct bridge bridges[] = {
#define BRIDGE(f, r, a, s, refusal) { #f, r, a, #s, refusal, (void (*)(void))f },
#include "syscalls/bridge/functions.def"
#undef BRIDGE
};

/* What libffi wants to know of each, made at the first call. */
static struct prepared {
    bool ready;
    ffi_cif cif;
    ffi_type *types[BRIDGE_ARGUMENTS];
} prepared[ARRAY_LEN(bridges)];
static pthread_mutex_t prepare_lock = PTHREAD_MUTEX_INITIALIZER;

union value {                           /* as libffi takes and gives it */
    int i;
    unsigned u;
    long l;
    unsigned long L;
    double d;
    void *p;
    ffi_arg word;
};

struct argument {
    char kind;
    unsigned length, times;             /* numbers of the arguments with its length */
    const char *signature;              /* of a callback */
    uint64_t reg;                       /* as the guest passed it */
    union value value, target;          /* for the host; what an address in `value` names */
    struct bridge_shadow *shadow;
    struct bridge_callback *callback;
};

const struct bridge *bridge_find(const char *import_name)
{
    static const char prefix[] = "__bridge_";
    if (strncmp(import_name, prefix, sizeof prefix - 1) != 0)
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(bridges); i++)
        if (strcmp(bridges[i].name, import_name + sizeof prefix - 1) == 0)
            return &bridges[i];
    return NULL;
}

void *bridge_range(struct bridge_call *call, gva ea, uint64_t length)
{
    void *host = ea ? guest_range(ea, length) : NULL;
    if (ea && !host && !call->faulted) {
        signal_fault(&call->t->cpu, AIX_SIGSEGV, AIX_SEGV_MAPERR, ea);
        cpu_poll_set(&call->t->cpu, POLL_SIGNAL);
        call->faulted = true;
    }
    return host;
}

void *bridge_memory(struct bridge_call *call, gva ea, uint64_t length, bool write)
{
    enum { TRIED = 1 << 20 };
    volatile uint8_t *host = bridge_range(call, ea, length);
    size_t last = length < TRIED ? length : TRIED;
    for (size_t at = 0; host && last && at < last; at = at + GUEST_PAGE < last || at == last - 1 ? at + GUEST_PAGE : last - 1) {
        uint8_t zero = 0;
        (void)host[at];
        if (write)
            __atomic_compare_exchange_n(host + at, &zero, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
    }
    return (void *)host;
}

gva bridge_guest_address(const void *host)
{
    return host ? guest_ea_of_offset((uint64_t)((const uint8_t *)host - guest.base) & guest.mask) : 0;
}

/* --- kinds */

static unsigned parse_arguments(const char *kinds, struct argument arguments[BRIDGE_ARGUMENTS])
{
    unsigned n = 0;
    for (; *kinds; n++) {
        struct argument *a = &arguments[n];
        *a = (struct argument){ .kind = *kinds++ };
        if (a->kind == 'c') {
            a->signature = kinds;
            kinds += strcspn(kinds, ".") + 1;
        }
        if (strchr("rwak", a->kind))
            a->length = (unsigned)(*kinds++ - '0');
        if (a->kind == 'a')
            a->times = (unsigned)(*kinds++ - '0');
    }
    return n;
}

static ffi_type *type_of(char kind)
{
    switch (kind) {
    case 'v': return &ffi_type_void;
    case 'i': return &ffi_type_sint;
    case 'u': return &ffi_type_uint;
    case 'l': return &ffi_type_slong;
    case 'L': return &ffi_type_ulong;
    case 'd': return &ffi_type_double;
    }
    return &ffi_type_pointer;
}

static struct prepared *prepare(const struct bridge *b, const struct argument *arguments, unsigned n)
{
    struct prepared *p = &prepared[b - bridges];
    pthread_mutex_lock(&prepare_lock);
    for (unsigned i = 0; i < n; i++)
        p->types[i] = type_of(arguments[i].kind);
    if (!p->ready && ffi_prep_cif(&p->cif, FFI_DEFAULT_ABI, n, type_of(b->result[0]), p->types) != FFI_OK)
        BUG("libffi refuses the signature of %s", b->name);
    p->ready = true;
    pthread_mutex_unlock(&prepare_lock);
    return p;
}

/* --- fetching: numbers first, which are the lengths of the rest. A double takes the place of the registers it would fill. */

static bool is_number_address(char kind) { return kind == 'U' || kind == 'Z' || kind == 'I'; }

static void fetch_registers(struct bridge_call *call, struct argument *a, unsigned n)
{
    struct cpu *cpu = &call->t->cpu;
    unsigned reg = 3, fpr = 1;
    for (; n; n--, a++) {
        if (a->kind == 'd') {
            memcpy(&a->value.d, cpu_fpr(cpu, fpr++), sizeof(double));
            reg += guest.is64 ? 1 : 2;
            continue;
        }
        a->reg = cpu_gpr(cpu, reg++);
        switch (a->kind) {
        case 'i': a->value.i = (int)a->reg; break;
        case 'u': a->value.u = (unsigned)a->reg; break;
        case 'l': a->value.l = guest.is64 ? (long)a->reg : (int32_t)a->reg; break;
        case 'L': a->value.L = a->reg; break;
        }
    }
}

static void fetch_number(struct bridge_call *call, struct argument *a)
{
    uint32_t word = 0;
    uint64_t wide = 0;
    int rc = 0;
    if (!a->reg)
        return;
    if (a->kind == 'Z')
        rc = copyin_long(&wide, a->reg);
    else
        rc = copyin_u32(&word, a->reg);
    if (rc < 0)
        bridge_range(call, a->reg, guest.mask + 2);
    if (a->kind == 'Z')
        a->target.L = wide;
    else
        a->target.u = word;
    a->value.p = &a->target;
}

static void store_number(struct bridge_call *call, const struct argument *a)
{
    if (a->reg && (a->kind == 'Z' ? copyout_long(a->reg, a->target.L) : copyout_u32(a->reg, a->target.u)) < 0)
        bridge_range(call, a->reg, guest.mask + 2);
}

static uint64_t number(const struct argument *arguments, unsigned one_based)
{
    const struct argument *a = &arguments[one_based - 1];
    switch (a->kind) {
    case 'i': return a->value.i < 0 ? 0 : (uint64_t)a->value.i;
    case 'u': return a->value.u;
    case 'Z': return a->target.L;
    case 'U': return a->target.u;
    default: return a->value.L;
    }
}

static void fetch_memory(struct bridge_call *call, struct argument *arguments, struct argument *a)
{
    uint64_t length = number(arguments, a->length), times = a->times ? number(arguments, a->times) : 1;
    if (__builtin_mul_overflow(length, times, &length))
        length = UINT64_MAX;
    a->value.p = bridge_memory(call, a->reg, length, a->kind == 'w' || a->kind == 'a');
}

/* False when the structure is refused. */
static bool fetch_structure(struct bridge_call *call, const struct bridge *b, struct argument *a)
{
    enum shadow_use use = a->kind == 'N' ? SHADOW_NEW : a->kind == 'E' ? SHADOW_END : SHADOW_USE;
    bridge_shadow_take(call, bridge_structure(b->structure), a->reg, use, &a->shadow);
    if (a->shadow)
        a->value.p = bridge_shadow_object(a->shadow);
    return a->shadow != NULL;
}

static bool fetch(struct bridge_call *call, const struct bridge *b, struct argument *arguments, unsigned n)
{
    bool accepted = true;
    fetch_registers(call, arguments, n);
    for (unsigned i = 0; i < n; i++)
        if (is_number_address(arguments[i].kind))
            fetch_number(call, &arguments[i]);
    for (unsigned i = 0; i < n && !call->faulted && accepted; i++) {
        struct argument *a = &arguments[i];
        if (a->length)
            fetch_memory(call, arguments, a);
        else if (a->kind == 'x')
            a->value.p = bridge_memory(call, a->reg, ZLIB_WINDOW, true);
        else if (strchr("NSE", a->kind))
            accepted = fetch_structure(call, b, a);
        else if (a->kind == 'c') {
            a->callback = bridge_callback_make(call->t, a->reg, a->signature);
            accepted = a->callback != NULL;
            a->value.p = accepted ? bridge_callback_code(a->callback) : NULL;
        }
    }
    return accepted && !call->faulted;
}

/* --- results */

/* Zero says that a new structure was made, anything but a refusal that one ended. */
static void give_back(struct bridge_call *call, const struct bridge *b, struct argument *arguments, unsigned n, bool done,
                      union value result)
{
    for (unsigned i = 0; i < n; i++) {
        struct argument *a = &arguments[i];
        if (done && is_number_address(a->kind))
            store_number(call, a);
        if (a->shadow)
            bridge_shadow_give(call, a->shadow, done && (a->kind == 'E' ? (int)result.word != b->refused : (int)result.word == 0));
        if (a->callback)
            bridge_callback_free(a->callback);
    }
}

static void set_result(struct cpu *cpu, char kind, union value v)
{
    uint64_t r = 0;
    switch (kind) {
    case 'd': memcpy(cpu_fpr(cpu, 1), &v.d, sizeof v.d); return;
    case 'v': return;
    case 'i': r = (uint64_t)(int64_t)(int)v.word; break;
    case 'u': r = (unsigned)v.word; break;
    case 'p': r = bridge_guest_address(v.p); break;
    default: r = v.L;
    }
    cpu->gpr[3] = guest.is64 ? r : (uint32_t)r;
}

/* Floating point finds the processor as C expects it, but for the guest's rounding; functions whose results are exact raise no flags but
 * of invalid operations, which guest code decides beforehand. */
static union value call_host(const struct bridge *b, struct prepared *p, struct argument *arguments)
{
    void *values[BRIDGE_ARGUMENTS];
    union value result = { 0 };
    unsigned mine = _mm_getcsr();
    bool floating = b->result[0] == 'd';
    for (unsigned i = 0; i < p->cif.nargs; i++)
        values[i] = &arguments[i].value;
    if (floating)
        _mm_setcsr(MXCSR_MASKED | (mine & MXCSR_ROUNDING));
    ffi_call(&p->cif, FFI_FN(b->function), &result, values);
    if (floating)
        _mm_setcsr(mine);
    return result;
}

/* Calls that are going on in this thread: more than one when a function of the guest calls again. Not in the frames themselves, which a
 * fault gives up.
 */
static __thread struct active {
    const void *frame;
    struct argument arguments[BRIDGE_ARGUMENTS];
    unsigned n;
} active[DEPTH];
static __thread unsigned depth;

/* A call whose frame lay no higher than ours cannot be going on: a fault left it. */
static void clear_left_calls(const void *frame)
{
    for (; depth && active[depth - 1].frame <= frame; depth--)
        for (struct argument *a = active[depth - 1].arguments, *end = a + active[depth - 1].n; a < end; a++) {
            if (a->shadow)
                bridge_shadow_leave(a->shadow);
            if (a->callback)
                bridge_callback_free(a->callback);
        }
}

static union value run_call(struct bridge_call *call, const struct bridge *b, struct active *here)
{
    union value result = { .l = b->refused };
    here->n = parse_arguments(b->arguments, here->arguments);
    depth++;
    bool ready = fetch(call, b, here->arguments, here->n);
    if (ready)
        result = call_host(b, prepare(b, here->arguments, here->n), here->arguments);
    depth--;
    give_back(call, b, here->arguments, here->n, ready, result);
    return result;
}

void bridge_call(struct thread *t, const struct bridge *b)
{
    struct bridge_call call = { .t = t };
    union value result = { .l = b->refused };
    const void *frame = __builtin_frame_address(0);

    clear_left_calls(frame);
    if (depth < DEPTH) {
        active[depth].frame = frame;
        result = run_call(&call, b, &active[depth]);
    }
    if (call.faulted)
        return;
    set_result(&t->cpu, b->result[0], result);
    t->cpu.pc = cpu_return_pc(&t->cpu);
}
