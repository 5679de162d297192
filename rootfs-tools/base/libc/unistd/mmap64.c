/* mmap64.c -- mapping files beyond 2 GiB.
 */
#include <sys/mman.h>
#include "../include/kernel.h"

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset)
{
    return kmmap(address, length, protection, flags, fd, offset);
}
