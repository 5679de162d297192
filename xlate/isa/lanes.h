/* lanes.h -- op_lanes() of emit.h in C, for the interpreter: lanes of a doubleword as the compiler's small vectors.
 *
 * Included behind emit.h. Everything is inline, and op and bits are constants where it is used, so that one host operation or two
 * are left.
 */
#ifndef XLATE_ISA_LANES_H
#define XLATE_ISA_LANES_H

#include <stdint.h>
#include <string.h>
#include "runtime/host.h"

#define LANES_OF(bits)                                                                                          \
    typedef uint##bits##_t lanes_u##bits __attribute__((vector_size(8)));                                       \
    typedef int##bits##_t lanes_s##bits __attribute__((vector_size(8)));                                        \
    static inline uint64_t UNUSED lanes_##bits(enum lane_op op, uint64_t x, uint64_t y)                         \
    {                                                                                                           \
        lanes_u##bits a, b, t = { 0 };                                                                          \
        memcpy(&a, &x, sizeof a);                                                                               \
        memcpy(&b, &y, sizeof b);                                                                               \
        lanes_s##bits sa = (lanes_s##bits)a, sb = (lanes_s##bits)b;                                             \
        lanes_u##bits n = b & (bits - 1), above = (lanes_u##bits)(a > b), above_signed = (lanes_u##bits)(sa > sb); \
        switch (op) {                                                                                           \
        case LANE_ADD: t = a + b; break;                                                                        \
        case LANE_SUB: t = a - b; break;                                                                        \
        case LANE_EQ: t = (lanes_u##bits)(a == b); break;                                                       \
        case LANE_GTU: t = above; break;                                                                        \
        case LANE_GTS: t = above_signed; break;                                                                 \
        case LANE_MAXU: t = (a & above) | (b & ~above); break;                                                  \
        case LANE_MAXS: t = (a & above_signed) | (b & ~above_signed); break;                                    \
        case LANE_MINU: t = (b & above) | (a & ~above); break;                                                  \
        case LANE_MINS: t = (b & above_signed) | (a & ~above_signed); break;                                    \
        case LANE_SHL: t = a << n; break;                                                                       \
        case LANE_SHR: t = a >> n; break;                                                                       \
        case LANE_SAR: t = (lanes_u##bits)(sa >> (lanes_s##bits)n); break;                                      \
        case LANE_ROTL: t = a << n | a >> (-n & (bits - 1)); break;                                             \
        }                                                                                                       \
        uint64_t result;                                                                                        \
        memcpy(&result, &t, sizeof result);                                                                     \
        return result;                                                                                          \
    }
LANES_OF(8)
LANES_OF(16)
LANES_OF(32)
LANES_OF(64)

#endif
