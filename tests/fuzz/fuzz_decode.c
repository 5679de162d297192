/* fuzz_decode.c -- any words as instructions: decoded, disassembled, recorded in both modes; and as messages of the translator's protocol.
 */
#include <stdint.h>
#include <string.h>

#include "runtime/be.h"
#include "xlate/cache/protocol.h"
#include "xlate/isa/decode.h"
#include "xlate/isa/disasm.h"
#include "xlate/isa/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned sink;

static void use_word(uint32_t word)
{
    struct insn_effects effects;
    char text[128];
    sink += insn_decode(word, false) + insn_decode(word, true);
    insn_disassemble(word, 0x10000000, true, text, sizeof text);
    insn_record(word, 0x10000000, false, &effects);
    insn_record(word, 0x100000000, true, &effects);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _Alignas(8) uint8_t packet[4096];
    for (size_t i = 0; i + 4 <= size && i < 256; i += 4) {
        be32 word;
        memcpy(&word, data + i, 4);
        use_word(be_get(word));
    }
    if (size > sizeof packet)
        return 0;
    memcpy(packet, data, size);
    sink += protocol_check_hello(packet, size) + protocol_check_request(packet, size) + protocol_check_answer(packet, size);
    return 0;
}
