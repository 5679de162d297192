/* mod_init.c -- initialisation and termination functions of modules [aix-abi 1.7: __rtinit].
 *
 * A module's __rtinit holds offsets, relative to itself, of two arrays of descriptors, each ended by a null function. The kernel
 * hands out the modules in order, dependents last.
 */
#include <stddef.h>
#include "../include/kernel.h"
#include "start.h"

struct rtinit {
    void (*rtl)(void);              /* -brtl: run-time linking is the loader's here */
    unsigned init_offset, fini_offset, descriptor_size;
};

struct rtinit_descriptor {
    void (*function)(void);
    unsigned name_offset;
    unsigned char flags, pad[3];
};

static void run(const struct rtinit *rtinit, unsigned offset)
{
    const char *at = (const char *)rtinit + offset;

    if (!offset)
        return;
    for (;;) {
        const struct rtinit_descriptor *descriptor = (const void *)at;
        if (!descriptor->function)
            return;
        descriptor->function();
        at += rtinit->descriptor_size;
    }
}

void __mod_init(void)
{
    const struct rtinit *rtinit;

    while ((rtinit = __vwpar_module_init(0)))
        run(rtinit, rtinit->init_offset);
}

void __mod_fini(void)
{
    const struct rtinit *rtinit;

    while ((rtinit = __vwpar_module_init(1)))
        run(rtinit, rtinit->fini_offset);
}

void __mod_fini_closed(void)
{
    const struct rtinit *rtinit;

    while ((rtinit = __vwpar_module_init(2)))
        run(rtinit, rtinit->fini_offset);
}
