/* bff_format.c -- see bff_format.h. */
#include "rootfs-tools/backup/bff_format.h"

uint16_t bff_checksum(const uint8_t *header, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++)
        if (i != P_CHECKSUM && i != P_CHECKSUM + 1)
            sum += (uint32_t)header[i] << (header[i] & 7);
    return (uint16_t)sum;
}

/* A length that the type allows; types we do not know may have any. */
static int length_fits(const uint8_t *p, size_t length)
{
    switch (p[P_TYPE]) {
    case BFF_VOLUME: return length == BFF_VOLUME_SIZE;
    case BFF_END:    return length == BFF_END_SIZE;
    case BFF_NAME_X: return length > BFF_NAME_OFFSET;
    default:         return length >= BFF_WORD;
    }
}

size_t bff_header_at(const uint8_t *p, size_t n)
{
    if (n < BFF_WORD)
        return 0;
    size_t length = (size_t)p[P_LENGTH] * BFF_WORD;
    uint16_t magic = le16_at(p + P_MAGIC);
    if ((magic != BFF_PLAIN && magic != BFF_PACKED) || length > n || !length_fits(p, length))
        return 0;
    return bff_checksum(p, length) == le16_at(p + P_CHECKSUM) ? length : 0;
}
