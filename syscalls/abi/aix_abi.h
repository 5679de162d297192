/* aix_abi.h -- AIX structures as the guest sees them: each written once, instantiated for ILP32 and LP64.
 *
 * The .inc files define struct ABI(name) and functions between it and the host's form; here they become aix32_name and
 * aix64_name. Padding that AIX inserts is written out as fields. Layouts: [aix-abi 4]. Sizes are asserted at the end.
 *
 * A copyout function returns 0, -EFAULT, or -EOVERFLOW when a value does not fit the guest's width.
 */
#ifndef SYSCALLS_ABI_AIX_ABI_H
#define SYSCALLS_ABI_AIX_ABI_H

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/times.h>
#include <time.h>
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/copyio.h"
#include "runtime/thread.h"
#include "syscalls/abi/common.h"

#define ABI(name)           aix32_##name
#define be_long             be32
#define ABI_LONG_MAX        INT32_MAX
#define ONLY64(declaration)
#define ABI_IS64            0
#include "syscalls/abi/all.inc"
#undef ABI
#undef be_long
#undef ABI_LONG_MAX
#undef ONLY64
#undef ABI_IS64

#define ABI(name)           aix64_##name
#define be_long             be64
#define ABI_LONG_MAX        INT64_MAX
#define ONLY64(declaration) declaration
#define ABI_IS64            1
#include "syscalls/abi/all.inc"
#undef ABI
#undef be_long
#undef ABI_LONG_MAX
#undef ONLY64
#undef ABI_IS64

/* Call the instance of the running process. */
#define ABI_CALL(function, ...) (guest.is64 ? aix64_##function(__VA_ARGS__) : aix32_##function(__VA_ARGS__))
#define ABI_SIZE(name)          (guest.is64 ? sizeof(struct aix64_##name) : sizeof(struct aix32_##name))

#define ABI_ASSERT_SIZES(name, size32, size64)                                                     \
    _Static_assert(sizeof(struct aix32_##name) == (size32), "[aix-abi 4] 32-bit size of " #name);  \
    _Static_assert(sizeof(struct aix64_##name) == (size64), "[aix-abi 4] 64-bit size of " #name)
ABI_ASSERT_SIZES(timeval, 8, 16);
ABI_ASSERT_SIZES(timespec, 8, 16);
ABI_ASSERT_SIZES(st_timespec, 8, 16);
ABI_ASSERT_SIZES(rusage, 72, 144);
ABI_ASSERT_SIZES(rlimit, 8, 16);
ABI_ASSERT_SIZES(stat_head, 116, 164);
ABI_ASSERT_SIZES(stat64, 128, 176);
ABI_ASSERT_SIZES(dirent_head, 12, 20);
ABI_ASSERT_SIZES(sigset, 8, 32);
ABI_ASSERT_SIZES(sigaction, 16, 48);
ABI_ASSERT_SIZES(altstack, 28, 40);
ABI_ASSERT_SIZES(flock, 24, 32);
ABI_ASSERT_SIZES(iovec, 8, 16);
ABI_ASSERT_SIZES(msghdr, 28, 48);
ABI_ASSERT_SIZES(statfs, 132, 176);
_Static_assert(sizeof(struct aix_flock64) == 32, "[aix-abi 4.4]");
_Static_assert(sizeof(struct aix_termios) == 32, "[aix-abi 4.12]");
_Static_assert(sizeof(struct aix_termio) == 18, "[aix-abi 4.12]");
_Static_assert(sizeof(struct aix_utsname) == 160, "[aix-abi 4.13]");

#endif
