/* host.h -- facts about the host compiler, and nothing else.
 *
 * The one place for attributes and for assumptions about the build host (x86-64 Linux, clang or gcc).
 */
#ifndef RUNTIME_HOST_H
#define RUNTIME_HOST_H

#define likely(x)        __builtin_expect(!!(x), 1)
#define unlikely(x)      __builtin_expect(!!(x), 0)
#define PRINTF_LIKE(f,a) __attribute__((format(printf, f, a)))
#define UNUSED           __attribute__((unused))
#define ARRAY_LEN(a)     (sizeof(a) / sizeof((a)[0]))

/* The address sanitizer leaves no hole of 2^46 bytes: such builds run 32-bit guests only. */
#if defined(__SANITIZE_ADDRESS__)
#define WINDOW64_FITS 0
#elif defined(__has_feature)
#define WINDOW64_FITS (!__has_feature(address_sanitizer))
#else
#define WINDOW64_FITS 1
#endif

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the host is x86-64");
_Static_assert(sizeof(void *) == 8, "the host is x86-64");

#endif
