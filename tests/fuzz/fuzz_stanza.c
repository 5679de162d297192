/* fuzz_stanza.c -- read any text as a WPAR's specification file, as one from a backup is: what was accepted, written and read again is the
 * same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/definition.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct definition d = { 0 }, again = { 0 };
    struct error err;
    char *text = calloc(1, size + 1);
    memcpy(text, data, size);
    if (definition_read_text(&d, text, "input", &err) == 0) {
        char *first = definition_text(&d, false), *copy = strdup(first);
        if (definition_read_text(&again, copy, "again", &err))
            abort();
        char *second = definition_text(&again, false);
        if (strcmp(first, second) != 0)
            abort();
        free(first);
        free(second);
        free(copy);
    }
    free(text);
    definition_free(&d);
    definition_free(&again);
    return 0;
}
