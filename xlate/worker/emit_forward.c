/* emit_forward.c -- two words stored, one doubleword loaded: values handed on without waiting for memory.
 *
 * Code moves integers into floating-point registers (and 32-bit code copies doubles) as stw, stw, lfd. The host cannot forward two narrow
 * stores to a wide load and stalls each time. So words stored relative to r1 are remembered within a block, and an lfd of two of them
 * takes the values. The stores are done all the same. Any other store might hit the same place: then all is forgotten.
 */
#include "xlate/worker/emit_llvm.h"

enum { OPCD_STW = 36, OPCD_LFD = 50 };

static bool is_stack_access(uint32_t word, unsigned opcd) { return word >> 26 == opcd && (word >> 16 & 31) == 1; }

void forward_forget(struct emit *e) { e->stack_word_count = 0; }

static void drop_overlapping(struct emit *e, int32_t offset)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < e->stack_word_count; i++)
        if (e->stack_words[i].offset <= offset - 4 || e->stack_words[i].offset >= offset + 4)
            e->stack_words[kept++] = e->stack_words[i];
    e->stack_word_count = kept;
}

void forward_store(struct emit *e, LLVMValueRef v, unsigned bytes)
{
    if (bytes != 4 || !is_stack_access(e->word, OPCD_STW)) {
        forward_forget(e);
        return;
    }
    int32_t offset = (int16_t)e->word;
    drop_overlapping(e, offset);
    if (e->stack_word_count == STACK_WORDS)
        forward_forget(e);
    LLVMValueRef word = LLVMBuildAnd(e->b, v, const64(e, 0xffffffff), "");
    e->stack_words[e->stack_word_count++] = (struct stack_word){offset, word};
}

static LLVMValueRef word_at(const struct emit *e, int32_t offset)
{
    for (unsigned i = 0; i < e->stack_word_count; i++)
        if (e->stack_words[i].offset == offset)
            return e->stack_words[i].value;
    return NULL;
}

LLVMValueRef forwarded_double(struct emit *e)
{
    if (!is_stack_access(e->word, OPCD_LFD))
        return NULL;
    int32_t offset = (int16_t)e->word;
    LLVMValueRef high = word_at(e, offset), low = word_at(e, offset + 4);
    if (!high || !low)
        return NULL;
    return LLVMBuildOr(e->b, LLVMBuildShl(e->b, high, const64(e, 32), ""), low, "");
}
