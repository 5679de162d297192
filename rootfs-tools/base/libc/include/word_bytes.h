/* word_bytes.h -- looking for a zero byte in a word. */
#ifndef LIBC_WORD_BYTES_H
#define LIBC_WORD_BYTES_H

#define ONES  ((unsigned long)-1 / 255)
#define HIGHS (ONES * 128)
#define HAS_ZERO(w) (((w) - ONES) & ~(w) & HIGHS)

#endif
