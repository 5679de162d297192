/* copyio.h -- copyin and copyout: guest memory for system-call code, with EFAULT instead of a host fault.
 *
 * All return 0 or -EFAULT (copyinstr also -ENAMETOOLONG). A fault inside is recovered by the host SIGSEGV handler
 * through copyio_fixup().
 */
#ifndef RUNTIME_COPYIO_H
#define RUNTIME_COPYIO_H

#include <stddef.h>
#include "runtime/be.h"
#include "runtime/cpu.h"

int copyin(void *to, gva from, size_t len);
int copyout(gva to, const void *from, size_t len);
int copyinstr(char *to, gva from, size_t size);         /* NUL-terminated, at most size bytes with the NUL */

int copyio_bytes(void *to, const void *from, size_t len);  /* host to host */

int copyin_long(uint64_t *to, gva from);                /* a guest long/pointer of the process's width */
int copyout_long(gva to, uint64_t v);
int copyout_u32(gva to, uint32_t v);
int copyin_u32(uint32_t *to, gva from);

/* For the SIGSEGV/SIGBUS handler: the host pc to resume at when `pc` lies in a copy routine, else NULL. */
void *copyio_fixup(void *pc);

#endif
