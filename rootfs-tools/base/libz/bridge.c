/* bridge.c -- zlib with the host's zlib behind it (bridge/functions.def).
 *
 * The host keeps a stream when it is made without an allocator of the program's and cannot be asked for a gzip header, for which pointers
 * would have to be kept; its number then stands in `state` (odd: no address). All others are kept by the guest's own zlib.
 */
#include <string.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15, WORTH_A_CALL = 1024 };        /* below it the guest sums faster than the call is made: bench/bridge.c */

#define HOSTED(s) ((s) && ((unsigned long)(s)->state & 1))

int __bridge_bridge_deflate_init(z_streamp, int, int, int, int, int);
int __bridge_bridge_inflate_init(z_streamp, int);
int __bridge_compress2(Bytef *, uLongf *, const Bytef *, uLong, int);
int __bridge_uncompress(Bytef *, uLongf *, const Bytef *, uLong);
uLong __bridge_adler32_z(uLong, const Bytef *, z_size_t);
uLong __bridge_crc32_z(uLong, const Bytef *, z_size_t);
int guest_deflateInit2_(z_streamp, int, int, int, int, int, const char *, int);
int guest_inflateInit2_(z_streamp, int, const char *, int);
int guest_uncompress2(Bytef *, uLongf *, const Bytef *, uLong *);
uLong guest_adler32_z(uLong, const Bytef *, z_size_t);
uLong guest_crc32_z(uLong, const Bytef *, z_size_t);

/* WRAP: by whoever keeps the stream. GUEST_ONLY: the host is not asked; its streams answer `refused`. */
#define WRAP(result, name, parameters, arguments)                                                     \
    result __bridge_##name parameters;                                                                \
    result guest_##name parameters;                                                                   \
    result name parameters { return HOSTED(s) ? __bridge_##name arguments : guest_##name arguments; }
#define GUEST_ONLY(result, name, parameters, arguments, refused)                                      \
    result guest_##name parameters;                                                                   \
    result name parameters { return HOSTED(s) ? (refused) : guest_##name arguments; }

WRAP(int, deflate, (z_streamp s, int flush), (s, flush))
WRAP(int, deflateEnd, (z_streamp s), (s))
WRAP(int, deflateReset, (z_streamp s), (s))
WRAP(int, deflateParams, (z_streamp s, int level, int strategy), (s, level, strategy))
WRAP(int, deflateTune, (z_streamp s, int good, int lazy, int nice, int chain), (s, good, lazy, nice, chain))
WRAP(int, deflatePrime, (z_streamp s, int bits, int value), (s, bits, value))
WRAP(int, deflatePending, (z_streamp s, unsigned *pending, int *bits), (s, pending, bits))
WRAP(uLong, deflateBound, (z_streamp s, uLong n), (s, n))
WRAP(int, deflateSetDictionary, (z_streamp s, const Bytef *text, uInt n), (s, text, n))
WRAP(int, deflateGetDictionary, (z_streamp s, Bytef *text, uInt *n), (s, text, n))
WRAP(int, inflate, (z_streamp s, int flush), (s, flush))
WRAP(int, inflateEnd, (z_streamp s), (s))
WRAP(int, inflateReset, (z_streamp s), (s))
WRAP(int, inflateReset2, (z_streamp s, int window), (s, window))
WRAP(int, inflatePrime, (z_streamp s, int bits, int value), (s, bits, value))
WRAP(int, inflateSync, (z_streamp s), (s))
WRAP(long, inflateMark, (z_streamp s), (s))
WRAP(int, inflateSyncPoint, (z_streamp s), (s))
WRAP(int, inflateValidate, (z_streamp s, int check), (s, check))
WRAP(int, inflateUndermine, (z_streamp s, int subvert), (s, subvert))
WRAP(int, inflateSetDictionary, (z_streamp s, const Bytef *text, uInt n), (s, text, n))
WRAP(int, inflateGetDictionary, (z_streamp s, Bytef *text, uInt *n), (s, text, n))
GUEST_ONLY(int, deflateSetHeader, (z_streamp s, gz_headerp header), (s, header), Z_STREAM_ERROR)
GUEST_ONLY(int, deflateResetKeep, (z_streamp s), (s), Z_STREAM_ERROR)
GUEST_ONLY(int, inflateGetHeader, (z_streamp s, gz_headerp header), (s, header), Z_STREAM_ERROR)
GUEST_ONLY(int, inflateResetKeep, (z_streamp s), (s), Z_STREAM_ERROR)
GUEST_ONLY(unsigned long, inflateCodesUsed, (z_streamp s), (s), (unsigned long)-1)

/* The copy is another structure: its own members come from the source first, the numbers from the host. */
#define COPY(name)                                                  \
    int __bridge_##name(z_streamp, z_streamp);                      \
    int guest_##name(z_streamp, z_streamp);                         \
    int name(z_streamp to, z_streamp s)                             \
    {                                                               \
        if (!HOSTED(s) || !to)                                      \
            return guest_##name(to, s);                             \
        memcpy(to, s, sizeof *to);                                  \
        return __bridge_##name(to, s);                              \
    }
COPY(deflateCopy)
COPY(inflateCopy)

static int ordinary(const z_stream *s, const char *version, int size)
{
    return s && version && version[0] == ZLIB_VERSION[0] && size == (int)sizeof *s && !s->zalloc && !s->zfree;
}

int bridge_deflateInit2_(z_streamp s, int level, int method, int window, int memory, int strategy, const char *version, int size)
{
    if (!ordinary(s, version, size))
        return guest_deflateInit2_(s, level, method, window, memory, strategy, version, size);
    return __bridge_bridge_deflate_init(s, level, method, window, memory, strategy);
}

int bridge_inflateInit2_(z_streamp s, int window, const char *version, int size)
{
    if (!ordinary(s, version, size))
        return guest_inflateInit2_(s, window, version, size);
    return __bridge_bridge_inflate_init(s, window);
}

int deflateInit2_(z_streamp s, int level, int method, int window, int memory, int strategy, const char *version, int size)
{
    if (window > GZIP_WINDOW)
        return guest_deflateInit2_(s, level, method, window, memory, strategy, version, size);
    return bridge_deflateInit2_(s, level, method, window, memory, strategy, version, size);
}

int deflateInit_(z_streamp s, int level, const char *version, int size)
{
    return deflateInit2_(s, level, Z_DEFLATED, MAX_WBITS, 8, Z_DEFAULT_STRATEGY, version, size);
}

int inflateInit2_(z_streamp s, int window, const char *version, int size)
{
    if (window > GZIP_WINDOW)
        return guest_inflateInit2_(s, window, version, size);
    return bridge_inflateInit2_(s, window, version, size);
}

int inflateInit_(z_streamp s, const char *version, int size) { return inflateInit2_(s, MAX_WBITS, version, size); }

int compress2(Bytef *to, uLongf *room, const Bytef *from, uLong n, int level) { return __bridge_compress2(to, room, from, n, level); }
int compress(Bytef *to, uLongf *room, const Bytef *from, uLong n) { return compress2(to, room, from, n, Z_DEFAULT_COMPRESSION); }
int uncompress(Bytef *to, uLongf *room, const Bytef *from, uLong n) { return __bridge_uncompress(to, room, from, n); }
int uncompress2(Bytef *to, uLongf *room, const Bytef *from, uLong *n) { return guest_uncompress2(to, room, from, n); }

uLong adler32_z(uLong sum, const Bytef *s, z_size_t n)
{
    return s && n >= WORTH_A_CALL ? __bridge_adler32_z(sum, s, n) : guest_adler32_z(sum, s, n);
}

uLong crc32_z(uLong sum, const Bytef *s, z_size_t n)
{
    return s && n >= WORTH_A_CALL ? __bridge_crc32_z(sum, s, n) : guest_crc32_z(sum, s, n);
}

uLong adler32(uLong sum, const Bytef *s, uInt n) { return adler32_z(sum, s, n); }
uLong crc32(uLong sum, const Bytef *s, uInt n) { return crc32_z(sum, s, n); }
