/* power_fields.h -- fields of an instruction word, by the names and in the bit numbering of the Power ISA (0 = most
 * significant).
 *
 * The names refer to a variable `w`, the instruction word, that every lift function has. Included by lift_*.c (through
 * lift.h) and nowhere else, since the names are short. [ISA I 1.6]
 */
#ifndef XLATE_ISA_POWER_FIELDS_H
#define XLATE_ISA_POWER_FIELDS_H

#include "xlate/isa/bits.h"

#define RT   BITS(w, 6, 10)
#define RS   BITS(w, 6, 10)
#define RA   BITS(w, 11, 15)
#define RB   BITS(w, 16, 20)
#define REGC BITS(w, 21, 25)            /* the manual's RC; RC below is the record bit */
#define FRT  BITS(w, 6, 10)
#define FRS  BITS(w, 6, 10)
#define FRA  BITS(w, 11, 15)
#define FRB  BITS(w, 16, 20)
#define FRC  BITS(w, 21, 25)
#define VRT  (32 + BITS(w, 6, 10))      /* vector registers as numbers of vector-scalar registers */
#define VRA  (32 + BITS(w, 11, 15))
#define VRB  (32 + BITS(w, 16, 20))
#define VRC  (32 + BITS(w, 21, 25))
#define XT   (BITS(w, 31, 31) << 5 | BITS(w, 6, 10))
#define XS   (BITS(w, 31, 31) << 5 | BITS(w, 6, 10))
#define XA   (BITS(w, 29, 29) << 5 | BITS(w, 11, 15))
#define XB   (BITS(w, 30, 30) << 5 | BITS(w, 16, 20))
#define XC   (BITS(w, 28, 28) << 5 | BITS(w, 21, 25))

#define SI   SBITS(w, 16, 31)
#define UI   ((uint64_t)BITS(w, 16, 31))
#define DSI  (SBITS(w, 16, 29) * 4)
#define LI   (SBITS(w, 6, 29) * 4)
#define BD   (SBITS(w, 16, 29) * 4)
#define AA   BITS(w, 30, 30)
#define LK   BITS(w, 31, 31)
#define RC   BITS(w, 31, 31)
#define OE   BITS(w, 21, 21)

#define BO   BITS(w, 6, 10)
#define BI   BITS(w, 11, 15)
#define BT   BITS(w, 6, 10)
#define BA   BITS(w, 11, 15)
#define BB   BITS(w, 16, 20)
#define BC   BITS(w, 21, 25)
#define BF   BITS(w, 6, 8)
#define BFA  BITS(w, 11, 13)
#define L1   BITS(w, 10, 10)            /* of compares */
#define TO   BITS(w, 6, 10)
#define NB   BITS(w, 16, 20)
#define SH   BITS(w, 16, 20)
#define MB   BITS(w, 21, 25)
#define ME   BITS(w, 26, 30)
#define SH6  (BITS(w, 30, 30) << 5 | BITS(w, 16, 20))
#define MB6  (BITS(w, 26, 26) << 5 | BITS(w, 21, 25))
#define FXM  BITS(w, 12, 19)
#define FLM  BITS(w, 7, 14)
#define SPR  (BITS(w, 16, 20) << 5 | BITS(w, 11, 15))
#define SIM  SBITS(w, 11, 15)
#define DM   BITS(w, 22, 23)

#endif
