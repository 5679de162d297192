/* lookup.h -- guest pc -> translation: tables with one word per guest instruction, and how often a pc was arrived at.
 *
 * 32-bit guests have one table for the whole 4 GiB (reserved, not committed); 64-bit guests one per region of code, and in front of
 * them a jump cache per thread. Readers take no lock: a table is never freed, and an entry is one aligned word.
 */
#ifndef XLATE_RUN_LOOKUP_H
#define XLATE_RUN_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

/* Per instruction address: how often it was arrived at without a translation, or what became of it. */
enum {
    HEAT_NEW = 0,               /* never seen: the cache has not been asked */
    HEAT_MAX = 0xfff0,
    HEAT_ANSWERED = 0xfffd,     /* the translator has put it into the cache */
    HEAT_REQUESTED = 0xfffe,    /* the translator has been asked */
    HEAT_HOPELESS = 0xffff,     /* cannot be translated: stays with the interpreter */
};

struct code_table {
    gva lo, hi;
    code_fn *code;              /* [(pc - lo) >> 2] */
    uint16_t *heat;             /* [(pc - lo) >> 2] */
    uint16_t *pages;            /* [(pc - lo) >> 12]: published units that were decoded from this page */
};

/* One per guest thread; struct cpu points to its entries (64-bit guests). */
struct jump_cache {
    struct cpu *cpu;
    struct jump_cache *next;
    uint64_t generation;        /* of the removals this thread's entries know of */
    struct jump_entry entries[];
};

int lookup_init(bool is64, struct error *err);
code_fn *lookup_flat(void);                     /* NULL for 64-bit guests */
extern const uint16_t *lookup_flat_pages;       /* its code_table.pages */

/* The table that covers pc, NULL when pc is in no known code. */
const struct code_table *lookup_table(gva pc);

/* What is published at pc, NULL for nothing. */
code_fn lookup_code(gva pc);
uint16_t *lookup_heat(gva pc);                  /* NULL when pc is in no known code */

/* Was something published that was decoded from within 32 KiB of pc? Without the lock: the answer is a hint. */
bool lookup_near_used(gva pc);

/* Callers hold code_lock from here on. */
int  lookup_add(gva lo, gva hi);                /* cover [lo, hi) with tables; 0 or -ENOMEM */
bool lookup_set(gva pc, code_fn code);          /* false when no table covers pc */
void lookup_page_count(gva lo, gva hi, int change);
bool lookup_page_used(gva lo, gva hi);
void lookup_forget_heat(gva lo, gva hi);
void lookup_forget_all_heat(void);

/* This thread's jump cache. */
void lookup_thread_init(struct cpu *cpu);
void lookup_thread_fini(struct cpu *cpu);
void lookup_jumps_forget(gva pc);               /* in all threads */
void lookup_threads_stop(void);                 /* translations went away: all threads come to the dispatcher and forget */
/* Until the other threads did so, or are in a system call, on whose return they will; at most a second. */
void lookup_threads_wait(const struct cpu *self);
void lookup_thread_refresh(struct cpu *cpu);    /* the dispatcher's part of that, when poll was set */
void lookup_thread_only(struct cpu *cpu);       /* after fork: the caller is the only thread */
/* 32-bit guests: flat[pc >> 2], whose page is left alone -- a page fault for every 2 KiB of cold code -- where nothing is published. */
static inline code_fn lookup_flat_code(const struct cpu *cpu, gva pc)
{
    return lookup_flat_pages[(uint32_t)pc >> 12] ? cpu->flat[(uint32_t)pc >> 2] : NULL;
}
code_fn lookup_fill(struct cpu *cpu, gva pc);   /* lookup_code() that remembers */
uint64_t lookup_insn_count(void);               /* executed by the interpreter in all threads, past and present */

#endif
