/* fuzz_xcoff.c -- read, check and print any bytes as an XCOFF module.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "loader/xcoff.h"
#include "loader/xcoff_print.h"
#include "loader/xcoff_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What users do with a good image: touch every byte it says is there. */
static uint64_t use(const struct xcoff_image *x)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < x->nsymbols; i++)
        for (uint32_t k = 0; k < x->symbols[i].name_length; k++)
            sum += (uint8_t)x->symbols[i].name[k];
    for (uint32_t i = 0; i < x->nrelocs; i++) {
        struct xcoff_reloc r = xcoff_reloc(x, i);
        const struct xcoff_section *s = &x->sections[r.rsecnm - 1];
        sum += x->data[s->scnptr + (r.vaddr - s->vaddr) + (r.size & 0x3f) / 8];
        if (r.symndx >= XREL_FIRST_SYMBOL)
            sum += x->symbols[r.symndx - XREL_FIRST_SYMBOL].smtype;
    }
    const struct xcoff_section *loaded[] = { x->text, x->data_section, x->tdata };
    for (size_t i = 0; i < ARRAY_LEN(loaded); i++)
        for (uint64_t k = 0; loaded[i] && k < loaded[i]->size; k++)
            sum += x->data[loaded[i]->scnptr + k];
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *out;
    static volatile uint64_t sink;
    struct xcoff_image x;
    struct error err;
    if (!out)
        out = fopen("/dev/null", "w");
    if (xcoff_read(&x, data, size, &err) == 0) {
        sink += use(&x);
        xcoff_free(&x);
    }
    xcoff_print_bytes("fuzz", data, size, out, &err);
    return 0;
}
