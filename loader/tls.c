/* tls.c -- thread-local storage of the first thread [aix-abi 1.10, 5.5].
 *
 * 64-bit code finds its thread through r13, which points 0x7800 past the start of the area; Go programs use the first
 * doubleword there without any TLS section, so the area exists for every 64-bit program, and at entry already. The
 * areas of further threads are the thread library's. Only the program itself may have TLS sections: tools that made
 * them for libraries of AIX 5 are not known, and their calling sequence is not public.
 */
#include "loader/tls.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/address_space.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"

enum { TLS_AREA = 0x10000 };

static const struct xcoff_section *first_section(const struct module *m)
{
    return m->image.tdata ? m->image.tdata : m->image.tbss;
}

/* .tdata, then .tbss where it is linked. */
static uint64_t block_size(const struct module *m)
{
    const struct xcoff_section *d = m->image.tdata, *b = m->image.tbss;
    uint64_t size = d ? d->size : 0, end = b ? b->size : 0;
    if (d && b)
        end = b->vaddr >= d->vaddr ? b->vaddr - d->vaddr + b->size : d->size + b->size;
    return size > end ? size : end;
}

bool tls_used(const struct module *m) { return first_section(m) && block_size(m) != 0; }

static unsigned bias(void) { return loader.is64 ? TLS_BIAS64 : TLS_BIAS32; }

int tls_make_first(struct module *program, struct error *err)
{
    gva area;
    uint64_t size = tls_used(program) ? block_size(program) : 0;
    if (!loader.is64 && size == 0)
        return 0;
    if (size > guest.mask)
        return error_set(err, ENOMEM, "%s: thread-local storage is larger than the address space", program->name);
    int r = guest_mmap(0, size + TLS_AREA, PROT_READ | PROT_WRITE, 0, -1, 0, AREA_LIB_DATA, &area);
    if (r < 0)
        return error_set(err, -r, "no room for thread-local storage: %s", strerror(-r));
    program->tls_block = area;
    loader.thread_pointer = area + bias();
    if (size == 0)
        return 0;
    log_line(LOG_WARN, "loader", "%s has thread-local variables: only the first thread gets their initial values",
             program->name);
    const struct xcoff_section *d = program->image.tdata;
    if (d && d->size)
        memcpy(g2h(area), program->image.data + d->scnptr, d->size);
    return 0;
}

int64_t tls_offset(const struct module *m, uint64_t value)
{
    return (int64_t)(value - first_section(m)->vaddr) - bias();
}

void *tls_field(const struct module *m, uint64_t vaddr)
{
    return g2h(m->tls_block + (vaddr - first_section(m)->vaddr));
}
