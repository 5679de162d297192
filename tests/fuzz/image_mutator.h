/* image_mutator.h -- after each mutation, most of the time, right checksums again: without them hardly any input would
 * reach what stands behind a header. */
#ifndef TESTS_FUZZ_IMAGE_MUTATOR_H
#define TESTS_FUZZ_IMAGE_MUTATOR_H

#include <stddef.h>
#include <stdint.h>
#include "rootfs-tools/backup/bff_format.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    size = LLVMFuzzerMutate(data, size, max_size);
    if (seed % 8 == 0)
        return size;
    for (size_t at = 0; at + BFF_WORD <= size; at += BFF_WORD) {
        uint16_t magic = le16_at(data + at + P_MAGIC);
        size_t length = (size_t)data[at + P_LENGTH] * BFF_WORD;
        if ((magic == BFF_PLAIN || magic == BFF_PACKED) && length >= BFF_WORD && length <= size - at)
            le16_put(data + at + P_CHECKSUM, bff_checksum(data + at, length));
    }
    return size;
}

#endif
