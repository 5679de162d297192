/* callback.c -- functions of the guest as function pointers of the host: a libffi closure that puts the arguments into the guest's
 * registers, runs the function on the calling thread and takes its result.
 *
 * The guest's frame lies below the 288 bytes that functions without a frame may use under their stack pointer [aix-abi 6.1].
 */
#include <stdlib.h>
#include <string.h>
#include "syscalls/bridge/internal.h"
#include "runtime/address_space.h"
#include "runtime/copyio.h"

enum { RED_ZONE = 288, FRAME = 256 };

struct bridge_callback {
    struct thread *t;
    gva descriptor;
    char signature[BRIDGE_ARGUMENTS + 2];
    ffi_cif cif;
    ffi_type *types[BRIDGE_ARGUMENTS];
    ffi_closure *closure;
    void *code;
};

void (*bridge_run_guest)(struct cpu *cpu, gva stop);

uint64_t bridge_returned(struct cpu *cpu) { return cpu->pc = BRIDGE_RETURN_PC; }

static void enter(struct cpu *cpu, gva descriptor)
{
    uint64_t word = guest.is64 ? 8 : 4, code = 0, toc = 0;
    gva stack = cpu->gpr[1], frame = (stack - RED_ZONE - FRAME) & ~(gva)15;
    copyin_long(&code, descriptor);
    copyin_long(&toc, descriptor + word);
    copyout_long(frame, stack);
    cpu->gpr[1] = frame;
    cpu->gpr[2] = toc;
    cpu->lr = BRIDGE_RETURN_PC;
    cpu->pc = code;
}

static void run(ffi_cif *cif, void *result, void **arguments, void *data)
{
    struct bridge_callback *c = data;
    struct cpu *cpu = &c->t->cpu;
    uint64_t stack = cpu->gpr[1], toc = cpu->gpr[2], lr = cpu->lr, pc = cpu->pc;
    bool in_syscall = c->t->in_syscall;

    for (unsigned i = 0; i < cif->nargs; i++) {
        bool address = c->signature[1 + i] == 'p';
        cpu->gpr[3 + i] = address ? bridge_guest_address(*(void **)arguments[i]) : (uint64_t)(int64_t)*(int *)arguments[i];
        if (!guest.is64)
            cpu->gpr[3 + i] = (uint32_t)cpu->gpr[3 + i];
    }
    enter(cpu, c->descriptor);
    c->t->in_syscall = false;
    bridge_run_guest(cpu, BRIDGE_RETURN_PC);
    c->t->in_syscall = in_syscall;
    *(ffi_arg *)result = c->signature[0] == 'p' ? (ffi_arg)g2h(cpu_gpr(cpu, 3)) : (ffi_arg)(int64_t)(int32_t)cpu_gpr(cpu, 3);
    cpu->gpr[1] = stack;
    cpu->gpr[2] = toc;
    cpu->lr = lr;
    cpu->pc = pc;
}

static ffi_type *type_of(char kind) { return kind == 'p' ? &ffi_type_pointer : &ffi_type_sint; }

struct bridge_callback *bridge_callback_make(struct thread *t, gva descriptor, const char *signature)
{
    struct bridge_callback *c = calloc(1, sizeof *c);
    size_t n = strcspn(signature, ".") - 1;
    if (!c || !(c->closure = ffi_closure_alloc(sizeof *c->closure, &c->code)))
        return free(c), NULL;
    c->t = t;
    c->descriptor = descriptor;
    memcpy(c->signature, signature, n + 1);
    for (size_t i = 0; i < n; i++)
        c->types[i] = type_of(signature[1 + i]);
    if (ffi_prep_cif(&c->cif, FFI_DEFAULT_ABI, (unsigned)n, type_of(signature[0]), c->types) == FFI_OK &&
        ffi_prep_closure_loc(c->closure, &c->cif, run, c, c->code) == FFI_OK)
        return c;
    bridge_callback_free(c);
    return NULL;
}

void *bridge_callback_code(struct bridge_callback *c) { return c->code; }

void bridge_callback_free(struct bridge_callback *c)
{
    ffi_closure_free(c->closure);
    free(c);
}
