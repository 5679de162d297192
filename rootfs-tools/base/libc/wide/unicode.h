/* unicode.h -- the tables that unicode.py makes: a class byte for each character below UNICODE_TABLES, case pairs as runs. */
#ifndef LIBC_UNICODE_H
#define LIBC_UNICODE_H

enum { UNI_ALPHA = 1, UNI_PRINT = 2, UNI_SPACE = 4, UNI_WIDE = 8, UNI_ZERO = 16, UNI_LOWER = 32, UNI_UPPER = 64 };
enum { UNICODE_TABLES = 0x20000, UNICODE_IDEOGRAPHS_END = 0x40000 };

struct unicode_run {                    /* first, first + step ... last: each maps to itself + distance */
    int first, last, step, distance;
};

extern const unsigned char __unicode_index[], __unicode_classes[][256];
extern const struct unicode_run __unicode_lower[], __unicode_upper[];
extern const int __unicode_lower_count, __unicode_upper_count;

static inline int unicode_class(unsigned c)
{
    if (c < UNICODE_TABLES)
        return __unicode_classes[__unicode_index[c >> 8]][c & 0xFF];
    return c < UNICODE_IDEOGRAPHS_END && (c & 0xFFFF) < 0xFFFE ? UNI_ALPHA | UNI_PRINT | UNI_WIDE : 0;
}

#endif
