/* unit_code.h -- what translation takes and what it makes: a pure function of guest bytes and options.
 *
 * A unit is one guest function (or continuation, or loop head) entered at one pc only. Its code is position-independent: it reaches
 * everything through struct cpu, and other units through link slots that the runner lays behind the mapped code. Nor does it depend on
 * where the guest's code lies, but for the addresses that `moves` names: the same guest bytes elsewhere are the same code with those
 * and its links moved.
 */
#ifndef XLATE_WORKER_UNIT_CODE_H
#define XLATE_WORKER_UNIT_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

struct unit_request {
    bool is64;
    bool precise;           /* registers are exact in struct cpu at every access that can fault */
    gva entry;
    gva code_base;          /* guest address of code[0]; the unit stays inside [code_base, code_base + code_size) */
    const uint8_t *code;    /* guest bytes */
    size_t code_size;
};

struct unit_range { gva lo, hi; };                      /* guest bytes that were decoded; sorted, disjoint */

/* A 32-bit pc-relative field at text[offset], to be filled with (address of the slot of `target`) - (address of the field) - 4;
 * the slot is an aligned code_fn: the translation of `target`, or NULL while there is none. */
struct unit_link { uint32_t offset; gva target; };

/* Host code from text[host] on, up to the next entry, belongs to the guest instruction at entry + (int32_t)guest; sorted by host. */
struct unit_pc { uint32_t host, guest; };

/* A field of 4 or 8 bytes at text[offset] that holds the address of guest code: at an address `d` higher its value is higher by d, too. */
struct unit_move { uint32_t offset, size; };

enum { UNIT_CODE_ALIGN = 64 };  /* text is laid at multiples of this: it holds constants that need their alignment */

struct unit_code {
    uint8_t *text;          /* entry at text[0]; code, then constants; padded with int3 to UNIT_CODE_ALIGN */
    size_t size;
    struct unit_link *links;   size_t link_count;
    struct unit_range *ranges; size_t range_count;
    struct unit_pc *pcs;       size_t pc_count;
    struct unit_move *moves;   size_t move_count;
    bool fixed;             /* right only at this address */
    uint32_t insn_count;    /* guest instructions translated */
};
void unit_code_free(struct unit_code *u);

/* A translator owns an LLVM context and target machine; one per worker thread. */
struct translator;
struct translator *translator_new(struct error *err);
void translator_free(struct translator *t);

/* 0, or -1 with the reason (no instruction decodes at the entry, LLVM refused). The result is a function of the request alone: same
 * request, same bytes. */
int translate_unit(struct translator *t, const struct unit_request *request, struct unit_code *out, struct error *err);

/* Names the host CPU features the code is made for and the LLVM version: part of every cache key. */
const char *translator_fingerprint(void);

#endif
