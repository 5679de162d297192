/* guest_guard.h -- how far past an end of guest memory an access is still caught: what the runner maps, and translated code relies on. */
#ifndef RUNTIME_GUEST_GUARD_H
#define RUNTIME_GUEST_GUARD_H

enum { GUEST_GUARD = 1 << 20 };

#endif
