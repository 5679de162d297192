/* cpu.h -- the state of one guest processor, as the interpreter, translated code and signal frames see it.
 *
 * Translated code in the cache reaches everything through a pointer to this structure, so the layout is part of the
 * cache key (xlate/cache/cache_key.c hashes this file) and offsets used by assembly are asserted below.
 *
 * 32-bit guests: a GPR, LR, CTR or pc lives zero-extended in its 64-bit slot; the upper half stays zero because all code
 * of a 32-bit guest stores 32-bit values.
 * CR and XER are kept as single bits (one byte, 0 or 1): packed only when mfcr/mfxer or a signal frame asks.
 */
#ifndef RUNTIME_CPU_H
#define RUNTIME_CPU_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t gva;               /* guest virtual address (32-bit guests: below 2^32) */

/* A vector-scalar register; dw[0] is ISA doubleword 0, host byte order. FPR n = vsr[n].dw[0]; VR n = vsr[32+n]. */
struct vsr {
    uint64_t dw[2];
} __attribute__((aligned(16)));

struct cpu;
typedef uint64_t (*code_fn)(struct cpu *cpu);   /* a translation or a native entry: runs, returns the guest pc to go on at */

struct jump_entry {                 /* one way of the 64-bit guest's pc -> code cache */
    uint64_t pc;
    code_fn code;
};
enum { JUMP_CACHE_ENTRIES = 4096 }; /* index: (pc >> 2) & (JUMP_CACHE_ENTRIES - 1) */

/* Why to leave for the dispatcher, in struct cpu's `poll`. Each bit is cleared by the one who serves it. */
enum {
    POLL_SIGNAL = 1,                /* a signal is (or may be) deliverable: signal_deliver() */
    POLL_CODE = 2,                  /* translations went away: lookup_thread_refresh() */
};

/* What FPSCR's FR, FI and FPRF will be worked out from when somebody looks (xlate/isa/fpscr.h). */
struct fp_last {
    uint64_t a, b, c;               /* operands of the last operation that sets them */
    uint32_t operation;             /* FP_STATUS() of it; 0: the bits in fpscr are right */
    uint32_t compared;              /* 1: a comparison came after it, of ... */
    uint64_t left, right;
};

struct cpu {
    uint64_t gpr[32];
    uint64_t pc;                    /* valid outside translated code, and inside wherever a host call is made */
    uint64_t lr;
    uint64_t ctr;
    uint8_t cr[32];                 /* cr[4*f + {0 LT, 1 GT, 2 EQ, 3 SO}], each 0 or 1 */
    uint8_t so, ov, ca;             /* XER bits 32, 33, 34 */
    uint8_t xer_count;              /* XER bits 57-63: string byte count */
    uint8_t xer_byte;               /* XER bits 48-55: lscbx comparison byte */
    uint32_t mq;                    /* POWER multiply-quotient register */
    uint32_t fpscr;                 /* what host operations raised, and fp_last, are merged in by fpscr_read() */
    uint32_t vscr;
    uint32_t vrsave;
    struct vsr vsr[64];

    /* Reservation of lwarx/ldarx (reserve.h): address (all ones: none), size in bytes, the value and version then seen. */
    uint64_t reserve_ea;
    uint64_t reserve_value;
    uint64_t reserve_version;
    uint32_t reserve_size;

    /* What code needs of the process. */
    uint32_t poll;                  /* non-zero: leave for the dispatcher at the next safepoint; set by signal handlers */
    uint8_t *mem;                   /* host address of guest address 0 */
    struct reserve_version *reserve_versions;
    uint64_t reserve_owner;         /* what this thread locks a version with */
    code_fn *flat;                  /* 32-bit guests: flat[pc >> 2], NULL where nothing is translated; else NULL */
    struct jump_entry *jumps;       /* 64-bit guests: this thread's jump cache */
    const void *const *helpers;     /* C functions of xlate/isa/helpers.def, by HELPER_ number */
    code_fn cold;                   /* run guest code at cpu->pc that has no translation, until it returns */
    uintptr_t stack_limit;          /* host stack below this: translated code leaves to the dispatcher */
    uint64_t insn_count;            /* instructions the interpreter has executed */
    uint8_t is64;

    uint8_t fp_named;               /* the host's pending invalid operation stands in fpscr by its kind */
    struct fp_last fp_last;
    double fp_result;               /* of helpers that keep all registers of the host (xlate/isa/helpers.h) */
};

_Static_assert(offsetof(struct cpu, vsr) % 16 == 0, "vector registers are aligned");

#define CPU_NO_RESERVATION UINT64_MAX

static inline void cpu_poll_set(struct cpu *cpu, uint32_t why) { __atomic_fetch_or(&cpu->poll, why, __ATOMIC_RELEASE); }
static inline void cpu_poll_clear(struct cpu *cpu, uint32_t why) { __atomic_fetch_and(&cpu->poll, ~why, __ATOMIC_ACQUIRE); }

/* A slot by the guest's width. Translated code of 32-bit guests stores words: a load of the whole slot right behind such a store would wait
 * for it to reach the cache. */
static inline uint64_t cpu_long(const struct cpu *cpu, const uint64_t *slot)
{
    return cpu->is64 ? *slot : *(const volatile uint32_t *)slot;
}
static inline uint64_t cpu_gpr(const struct cpu *cpu, unsigned n) { return cpu_long(cpu, &cpu->gpr[n]); }
static inline uint64_t cpu_return_pc(const struct cpu *cpu) { return cpu_long(cpu, &cpu->lr) & ~UINT64_C(3); }

/* FPR as bits. */
static inline uint64_t *cpu_fpr(struct cpu *cpu, unsigned n) { return &cpu->vsr[n].dw[0]; }

uint32_t cpu_cr_get(const struct cpu *cpu);             /* the 32 bits of mfcr */
void cpu_cr_set(struct cpu *cpu, uint32_t cr);
uint32_t cpu_xer_get(const struct cpu *cpu);
void cpu_xer_set(struct cpu *cpu, uint32_t xer);

#endif
