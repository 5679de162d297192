/* image_case.h -- images for the tests of rootfs-tools/backup, assembled by hand from the documented layout (never by
 * our writer).
 *
 * minimal_image is the one that the format's description gives in full, checksums included [backup-format 10].
 */
#ifndef TESTS_UNIT_IMAGE_CASE_H
#define TESTS_UNIT_IMAGE_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "rootfs-tools/backup/bff_reader.h"

#define BY_NAME 'b', 'y', ' ', 'n', 'a', 'm', 'e', 0, 0, 0, 0, 0, 0, 0, 0, 0
#define VOLUME_HEADER \
    0x09, 0x00, 0x6b, 0xea, 0x94, 0xb5, 0x01, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, BY_NAME, BY_NAME, \
    'r', 'o', 'o', 't', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x64, 0, 0, 0
#define FILE_HEADER \
    0x09, 0x0b, 0x6b, 0xea, 0xa0, 0x36, 0x01, 0x00, 0, 0, 0, 0, 0xa4, 0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x03, 0, 0, 0, \
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x03, 0, 0, 0, 0, 0, 0, 0, \
    '.', '/', 'a', 0, 0, 0, 0, 0
#define FILE_SAC \
    0x02, 0, 0, 0, 0x02, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x06, 0, 0x04, 0, 0x04, 0, \
    0x10, 0, 0, 0, 0xa4, 0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define END_RECORD 0x01, 0x07, 0x6b, 0xea, 0x82, 0x0a, 0, 0

static const uint8_t minimal_image[] = {
    VOLUME_HEADER, FILE_HEADER, FILE_SAC, 'a', 'b', 'c', 0, 0, 0, 0, 0, END_RECORD
};

enum { AT_FILE = BFF_VOLUME_SIZE, AT_SAC = AT_FILE + 0x48, AT_DATA = AT_SAC + 40, AT_END = AT_DATA + 8 };

#endif
