/* host_backtrace.c -- the runner's own frames, by libunwind.
 *
 * Translated code has no unwind tables: a fault in it shows its address, and the walk ends there instead of guessing.
 */
#define UNW_LOCAL_ONLY
#include "runtime/host_backtrace.h"

#include <inttypes.h>
#include <libunwind.h>
#include <stdint.h>
#include <stdio.h>

static __thread unw_word_t noted[HOST_FRAMES];
static __thread int noted_count;

static int walk(unw_context_t *context, int flags, unw_word_t *pcs)
{
    unw_cursor_t cursor;
    unw_proc_info_t known;
    int n = 0;

    if (unw_init_local2(&cursor, context, flags) < 0)
        return 0;
    do
        unw_get_reg(&cursor, UNW_REG_IP, &pcs[n]);
    while (++n < HOST_FRAMES && unw_get_proc_info(&cursor, &known) == 0 && unw_step(&cursor) > 0);
    return n;
}

void host_backtrace_note(const ucontext_t *context)
{
    noted_count = walk((unw_context_t *)context, UNW_INIT_SIGNAL_FRAME, noted);     /* the host's ucontext is libunwind's */
}

/* The function at pc, as a cursor that is put there finds it. */
static void function_name(unw_word_t pc, char *name, size_t size, unw_word_t *offset)
{
    unw_context_t here;
    unw_cursor_t cursor;

    unw_getcontext(&here);
    if (unw_init_local(&cursor, &here) < 0 || unw_set_reg(&cursor, UNW_REG_IP, pc) < 0 ||
        unw_get_proc_name(&cursor, name, size, offset) < 0) {
        snprintf(name, size, "translated code");
        *offset = 0;
    }
}

bool host_backtrace_line(int i, char *text, size_t size)
{
    unw_context_t here;
    unw_word_t offset = 0;
    char name[128];

    if (!noted_count) {
        unw_getcontext(&here);
        noted_count = walk(&here, 0, noted);
    }
    if (i >= noted_count) {
        noted_count = 0;
        return false;
    }
    function_name(noted[i], name, sizeof name, &offset);
    snprintf(text, size, "host #%d 0x%" PRIx64 " %s+0x%" PRIx64, i, (uint64_t)noted[i], name, (uint64_t)offset);
    return true;
}
