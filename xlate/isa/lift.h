/* lift.h -- what every lift_*.c includes: the binding, the vocabulary, the field names, and small shared phrases.
 *
 * LIFT(name) { ... }       semantics in the vocabulary of emit.h, for every binding
 * LIFT_CALL(name) { ... }  semantics as plain C on e->cpu, compiled into the interpreter only; translated code calls the
 *                          interpreter's function for it (string loads, vector arithmetic: too large to inline)
 */
#ifndef XLATE_ISA_LIFT_H
#define XLATE_ISA_LIFT_H

#include EMIT_BINDING
#include "xlate/isa/emit.h"
#include "xlate/isa/power_fields.h"

#define LIFT(name) void LIFT_FN(name)(struct emit *e, uint32_t w UNUSED)

#ifdef EMIT_IS_INTERP
#define LIFT_CALL(name)                                                                 \
    LIFT(name)
#else
#define LIFT_CALL(name)                                                                 \
    LIFT(name) { by_interpreter(e); }                                                   \
    static void UNUSED name##_body(struct emit *e UNUSED, uint32_t w UNUSED)
#endif

#endif
