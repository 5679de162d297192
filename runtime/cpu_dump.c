/* cpu_dump.c -- registers as text, for crash reports and tests. */
#include "runtime/cpu_dump.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "runtime/host.h"

struct text {
    char *at;
    size_t left, used;
};

static void PRINTF_LIKE(2, 3) put(struct text *t, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int n = vsnprintf(t->at, t->left, format, args);
    va_end(args);
    size_t taken = n < 0 ? 0 : (size_t)n < t->left ? (size_t)n : t->left - 1;
    t->at += taken;
    t->left -= taken;
    t->used += taken;
}

size_t cpu_dump(const struct cpu *cpu, char *out, size_t size)
{
    struct text t = { .at = out, .left = size };
    int width = cpu->is64 ? 16 : 8;

    put(&t, "pc %0*" PRIx64 " lr %0*" PRIx64 " ctr %0*" PRIx64 "\n", width, cpu->pc, width, cpu->lr, width, cpu->ctr);
    put(&t, "cr %08" PRIx32 " xer %08" PRIx32 " fpscr %08" PRIx32 "\n", cpu_cr_get(cpu), cpu_xer_get(cpu), cpu->fpscr);
    for (unsigned r = 0; r < 32; r++)
        put(&t, "r%-2u %0*" PRIx64 "%c", r, width, cpu->gpr[r], r % 4 == 3 ? '\n' : ' ');
    return t.used;
}
