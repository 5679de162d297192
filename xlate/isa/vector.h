/* vector.h -- a vector register as elements, for the C bodies of VMX and VSX instructions.
 *
 * struct vsr keeps two doublewords in host order, so element i of the manual lies at index i with its low bits turned: B, H and W give
 * that index. Operations that treat all elements alike need not care.
 */
#ifndef XLATE_ISA_VECTOR_H
#define XLATE_ISA_VECTOR_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"

union vec {
    struct vsr r;
    uint8_t ub[16];  int8_t sb[16];
    uint16_t uh[8];  int16_t sh[8];
    uint32_t uw[4];  int32_t sw[4];
    uint64_t ud[2];  int64_t sd[2];
    float f[4];
    double d[2];
};

#define B(i) ((i) ^ 7)
#define H(i) ((i) ^ 3)
#define W(i) ((i) ^ 1)

static inline union vec vec_get(const struct cpu *cpu, unsigned n) { return (union vec){ .r = cpu->vsr[n] }; }
static inline void vec_set(struct cpu *cpu, unsigned n, union vec v) { cpu->vsr[n] = v.r; }

static inline unsigned __int128 vec_quad(union vec v) { return (unsigned __int128)v.ud[0] << 64 | v.ud[1]; }
static inline union vec quad_vec(unsigned __int128 q) { return (union vec){ .ud = { (uint64_t)(q >> 64), (uint64_t)q } }; }

/* CR6 of a compare: bit 0 all elements true, bit 2 none. */
static inline void vec_record(struct cpu *cpu, unsigned field, union vec t)
{
    uint8_t *cr = &cpu->cr[4 * field];
    cr[0] = (t.ud[0] & t.ud[1]) == UINT64_MAX;
    cr[1] = 0;
    cr[2] = (t.ud[0] | t.ud[1]) == 0;
    cr[3] = 0;
}

/* The C body of an instruction: a, b, c are VRA, VRB, VRC; the value of `t` becomes VRT. */
#define VECTOR_CALL(name, body)                                                 \
    LIFT_CALL(name)                                                             \
    {                                                                           \
        union vec a UNUSED = vec_get(cpu, VRA), b UNUSED = vec_get(cpu, VRB);   \
        union vec t = { .ud = { 0, 0 } };                                       \
        body;                                                                   \
        vec_set(cpu, VRT, t);                                                   \
    }
#define VECTOR_CALL4(name, body) VECTOR_CALL(name, union vec c = vec_get(cpu, VRC); body)

/* Every element i of `count`: t.field[i] = expression of a, b and i. */
#define EACH(field, count, expression) for (int i = 0; i < (count); i++) t.field[i] = (expression)

#endif
