/* bits.h -- bits lo..hi of a 32-bit word in IBM numbering (0 = most significant), zero- or sign-extended. */
#ifndef XLATE_ISA_BITS_H
#define XLATE_ISA_BITS_H

#include <stdint.h>

#define BITS(w, lo, hi)  (((w) >> (31 - (hi))) & (0xffffffffu >> (31 - ((hi) - (lo)))))
#define SBITS(w, lo, hi) ((int64_t)((int32_t)((w) << (lo)) >> (31 - ((hi) - (lo)))))

#endif
