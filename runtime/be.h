/* be.h -- big-endian values as types.
 *
 * Guest structures are made of these; a plain integer access to one does not compile. The members are byte
 * arrays, so a structure of them has alignment 1 and no hidden padding: padding the AIX ABI inserts is written out
 * as fields, and size assertions catch what was forgotten.
 */
#ifndef RUNTIME_BE_H
#define RUNTIME_BE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct { uint8_t b[2]; } be16;
typedef struct { uint8_t b[4]; } be32;
typedef struct { uint8_t b[8]; } be64;

static inline uint16_t be16_get(be16 v) { uint16_t x; memcpy(&x, v.b, 2); return __builtin_bswap16(x); }
static inline uint32_t be32_get(be32 v) { uint32_t x; memcpy(&x, v.b, 4); return __builtin_bswap32(x); }
static inline uint64_t be64_get(be64 v) { uint64_t x; memcpy(&x, v.b, 8); return __builtin_bswap64(x); }

/* A store tells whether the value fitted, as signed or as unsigned: the caller answers EOVERFLOW. */
static inline bool be16_put(be16 *p, int64_t v)
{
    uint16_t x = __builtin_bswap16((uint16_t)v);
    memcpy(p->b, &x, 2);
    return v >= INT16_MIN && v <= UINT16_MAX;
}
static inline bool be32_put(be32 *p, int64_t v)
{
    uint32_t x = __builtin_bswap32((uint32_t)v);
    memcpy(p->b, &x, 4);
    return v >= INT32_MIN && v <= UINT32_MAX;
}
static inline bool be64_put(be64 *p, int64_t v)
{
    uint64_t x = __builtin_bswap64((uint64_t)v);
    memcpy(p->b, &x, 8);
    return true;
}

#define be_get(v)    _Generic((v), be16: be16_get, be32: be32_get, be64: be64_get)(v)
#define be_put(p, v) _Generic(*(p), be16: be16_put, be32: be32_put, be64: be64_put)(p, v)

#endif
