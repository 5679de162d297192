/* copyio.c -- copyin and copyout over the routines of copyio_copy.S. */
#include "runtime/copyio.h"

#include <errno.h>

#include "runtime/address_space.h"

long copyio_string(char *to, const char *from, size_t size);
extern char copyio_text[], copyio_text_end[], copyio_fault[];

void *copyio_fixup(void *pc)
{
    return (char *)pc >= copyio_text && (char *)pc < copyio_text_end ? copyio_fault : NULL;
}

int copyin(void *to, gva from, size_t len)
{
    const void *p = guest_range(from, len);

    return p ? copyio_bytes(to, p, len) : -EFAULT;
}

int copyout(gva to, const void *from, size_t len)
{
    void *p = guest_range(to, len);

    return p ? copyio_bytes(p, from, len) : -EFAULT;
}

int copyinstr(char *to, gva from, size_t size)
{
    uint64_t room = guest.mask + 1 - (from & guest.mask);
    size_t reach = size < room ? size : room;
    long n = copyio_string(to, g2h(from), reach);

    if (n < 0)
        return (int)n;
    if ((size_t)n < reach)
        return 0;
    return reach < size ? -EFAULT : -ENAMETOOLONG;
}

int copyin_long(uint64_t *to, gva from)
{
    be64 v;
    uint32_t low;
    int rc;

    if (!guest.is64) {
        rc = copyin_u32(&low, from);
        if (!rc)
            *to = low;
        return rc;
    }
    rc = copyin(&v, from, sizeof v);
    if (!rc)
        *to = be64_get(v);
    return rc;
}

int copyout_long(gva to, uint64_t value)
{
    be64 v;

    if (!guest.is64)
        return copyout_u32(to, (uint32_t)value);
    be64_put(&v, (int64_t)value);
    return copyout(to, &v, sizeof v);
}

int copyout_u32(gva to, uint32_t value)
{
    be32 v;

    be32_put(&v, value);
    return copyout(to, &v, sizeof v);
}

int copyin_u32(uint32_t *to, gva from)
{
    be32 v;
    int rc = copyin(&v, from, sizeof v);

    if (!rc)
        *to = be32_get(v);
    return rc;
}
