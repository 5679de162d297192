/* fuzz_archive.c -- walk any bytes as an AIX archive, look members up in it, and print it.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "loader/big_archive.h"
#include "loader/xcoff_print.h"
#include "runtime/host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t walk(const uint8_t *data, size_t size)
{
    struct archive ar;
    struct archive_member m;
    struct error err;
    uint64_t sum = 0;
    if (archive_open(&ar, data, size, &err) < 0)
        return 0;
    while (archive_next(&ar, &m, &err) > 0) {
        for (uint32_t i = 0; i < m.name_length; i++)
            sum += (uint8_t)m.name[i];
        if (m.size)
            sum += data[m.offset] + data[m.offset + m.size - 1];
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *out;
    static volatile uint64_t sink;
    static const char *const names[] = { "shr.o", "shr_64.o", "" };
    struct archive_member m;
    struct error err;
    if (!out)
        out = fopen("/dev/null", "w");
    sink += walk(data, size);
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        for (int is64 = 0; is64 < 2; is64++)
            if (archive_find(data, size, names[i], is64, &m, &err) == 0)
                sink += data[m.offset];
    if (archive_is(data, size))
        xcoff_print_bytes("fuzz", data, size, out, &err);
    return 0;
}
