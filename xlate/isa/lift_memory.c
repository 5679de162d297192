/* lift_memory.c -- fixed-point loads and stores, byte-reversed, multiple, string. [ISA I 3.3.2-3.3.7]
 *
 * Any alignment works, as it does for AIX programs [aix-abi 7.4]. Registers are set after all accesses.
 */
#include "xlate/isa/arith.h"
#include "xlate/isa/lift.h"

/* Forms of an access: D, DS with displacement, X with two registers; update writes the address to RA, after the target
 * so that the address wins where both are one register (an invalid form of loads). */
static void load_to(struct emit *e, uint32_t w, val ea, unsigned bytes, bool algebraic, bool update)
{
    val v = load(e, ea, bytes);
    gpr_set(e, RT, algebraic ? sext(e, v, 8 * bytes) : v);
    if (update)
        gpr_set(e, RA, ea);
}
static void store_from(struct emit *e, uint32_t w, val ea, unsigned bytes, bool update)
{
    store(e, ea, gpr_get(e, RS), bytes);
    if (update)
        gpr_set(e, RA, ea);
}

/* ea_d takes register 0 as zero; update forms with RA = 0 are invalid and read zero too. */
#define LOADS(name, bytes, algebraic)                                                   \
    LIFT(name) { load_to(e, w, ea_d(e, RA, SI), bytes, algebraic, false); }             \
    LIFT(name##u) { load_to(e, w, ea_d(e, RA, SI), bytes, algebraic, true); }           \
    LIFT(name##x) { load_to(e, w, ea_x(e, RA, RB), bytes, algebraic, false); }          \
    LIFT(name##ux) { load_to(e, w, ea_x(e, RA, RB), bytes, algebraic, true); }
#define STORES(name, bytes)                                                             \
    LIFT(name) { store_from(e, w, ea_d(e, RA, SI), bytes, false); }                     \
    LIFT(name##u) { store_from(e, w, ea_d(e, RA, SI), bytes, true); }                   \
    LIFT(name##x) { store_from(e, w, ea_x(e, RA, RB), bytes, false); }                  \
    LIFT(name##ux) { store_from(e, w, ea_x(e, RA, RB), bytes, true); }


LOADS(lbz, 1, false)
LOADS(lhz, 2, false)
LOADS(lha, 2, true)
LOADS(lwz, 4, false)
STORES(stb, 1)
STORES(sth, 2)
STORES(stw, 4)

LIFT(lwa) { load_to(e, w, ea_d(e, RA, DSI), 4, true, false); }
LIFT(lwax) { load_to(e, w, ea_x(e, RA, RB), 4, true, false); }
LIFT(lwaux) { load_to(e, w, ea_x(e, RA, RB), 4, true, true); }
LIFT(ld) { load_to(e, w, ea_d(e, RA, DSI), 8, false, false); }
LIFT(ldu) { load_to(e, w, ea_d(e, RA, DSI), 8, false, true); }
LIFT(ldx) { load_to(e, w, ea_x(e, RA, RB), 8, false, false); }
LIFT(ldux) { load_to(e, w, ea_x(e, RA, RB), 8, false, true); }
LIFT(std) { store_from(e, w, ea_d(e, RA, DSI), 8, false); }
LIFT(stdu) { store_from(e, w, ea_d(e, RA, DSI), 8, true); }
LIFT(stdx) { store_from(e, w, ea_x(e, RA, RB), 8, false); }
LIFT(stdux) { store_from(e, w, ea_x(e, RA, RB), 8, true); }

LIFT(lhbrx) { gpr_set(e, RT, load_reversed(e, ea_x(e, RA, RB), 2)); }
LIFT(lwbrx) { gpr_set(e, RT, load_reversed(e, ea_x(e, RA, RB), 4)); }
LIFT(ldbrx) { gpr_set(e, RT, load_reversed(e, ea_x(e, RA, RB), 8)); }
LIFT(sthbrx) { store_reversed(e, ea_x(e, RA, RB), gpr_get(e, RS), 2); }
LIFT(stwbrx) { store_reversed(e, ea_x(e, RA, RB), gpr_get(e, RS), 4); }
LIFT(stdbrx) { store_reversed(e, ea_x(e, RA, RB), gpr_get(e, RS), 8); }

/* --- multiple and string ------------------------------------------------------------------------------------------ */

static val ea_plus(struct emit *e, val ea, unsigned offset) { return offset ? op_add(e, ea, imm(e, offset)) : ea; }

LIFT(lmw)
{
    val ea = ea_d(e, RA, SI), words[32];
    for (unsigned r = RT; r < 32; r++)
        words[r] = load(e, ea_plus(e, ea, 4 * (r - RT)), 4);
    for (unsigned r = RT; r < 32; r++)
        gpr_set(e, r, words[r]);
}
LIFT(stmw)
{
    val ea = ea_d(e, RA, SI);
    for (unsigned r = RS; r < 32; r++)
        store(e, ea_plus(e, ea, 4 * (r - RS)), gpr_get(e, r), 4);
}

/* Up to four bytes, left-justified in a word. */
static val load_part(struct emit *e, val ea, unsigned bytes)
{
    if (bytes >= 4)
        return load(e, ea, 4);
    val word = imm(e, 0);
    for (unsigned i = 0; i < bytes; i++)
        word = op_or(e, word, op_shl(e, load(e, ea_plus(e, ea, i), 1), imm(e, 24 - 8 * i)));
    return word;
}
static void store_part(struct emit *e, val ea, val word, unsigned bytes)
{
    if (bytes >= 4) {
        store(e, ea, word, 4);
        return;
    }
    for (unsigned i = 0; i < bytes; i++)
        store(e, ea_plus(e, ea, i), op_shr(e, word, imm(e, 24 - 8 * i)), 1);
}

LIFT(lswi)
{
    unsigned count = NB ? NB : 32, registers = (count + 3) / 4;
    val ea = gpr_or_zero(e, RA), words[8];
    for (unsigned i = 0; i < registers; i++)
        words[i] = load_part(e, ea_plus(e, ea, 4 * i), count - 4 * i);
    for (unsigned i = 0; i < registers; i++)
        gpr_set(e, (RT + i) % 32, words[i]);
}
LIFT(stswi)
{
    unsigned count = NB ? NB : 32;
    val ea = gpr_or_zero(e, RA);
    for (unsigned i = 0; 4 * i < count; i++)
        store_part(e, ea_plus(e, ea, 4 * i), gpr_get(e, (RS + i) % 32), count - 4 * i);
}

static uint64_t string_ea(const struct cpu *cpu, uint32_t w) { return (RA ? cpu->gpr[RA] : 0) + cpu->gpr[RB]; }

/* Bytes into registers from RT on, wrapping from 31 to 0; RA and RB are left alone when they are in the way. */
static void bytes_to_registers(struct cpu *cpu, uint32_t w, const uint8_t *bytes, unsigned count)
{
    unsigned ra = RA, rb = RB;
    for (unsigned i = 0; i < count; i += 4) {
        unsigned r = (RT + i / 4) % 32, n = count - i < 4 ? count - i : 4;
        uint32_t word = 0;
        for (unsigned k = 0; k < n; k++)
            word |= (uint32_t)bytes[i + k] << (24 - 8 * k);
        if ((ra == 0 || r != ra) && r != rb)
            cpu->gpr[r] = word;
    }
}

/* A count of zero leaves RT, as POWER does [aix-abi 7.3]. */
LIFT_CALL(lswx)
{
    uint8_t bytes[128];
    uint64_t ea = string_ea(cpu, w);
    for (unsigned i = 0; i < cpu->xer_count; i++)
        bytes[i] = *guest_host(cpu, ea + i);
    bytes_to_registers(cpu, w, bytes, cpu->xer_count);
}
LIFT_CALL(stswx)
{
    uint64_t ea = string_ea(cpu, w);
    for (unsigned i = 0; i < cpu->xer_count; i++)
        *guest_host(cpu, ea + i) = (uint8_t)(cpu->gpr[(RS + i / 4) % 32] >> (24 - 8 * (i % 4)));
}

/* Load string and compare byte: stops behind the first byte equal to XER[16:23]; XER[25:31] becomes the number of bytes
 * loaded. Storage behind a match is not touched. [aix-abi 7.2] */
LIFT_CALL(lscbx)
{
    uint8_t bytes[128];
    uint64_t ea = string_ea(cpu, w);
    unsigned count = 0;
    bool match = false;
    while (count < cpu->xer_count && !match) {
        bytes[count] = *guest_host(cpu, ea + count);
        match = bytes[count++] == cpu->xer_byte;
    }
    bytes_to_registers(cpu, w, bytes, count);
    cpu->xer_count = (uint8_t)count;
    if (RC) {
        cpu->cr[0] = cpu->cr[1] = 0;
        cpu->cr[2] = match;
        cpu->cr[3] = cpu->so;
    }
}
