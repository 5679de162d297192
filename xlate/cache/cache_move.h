/* cache_move.h -- a segment's units at another address.
 *
 * A library may lie elsewhere in another program. Its code is the same there but for the addresses that its units name, so it is not
 * translated again: the runner takes the units it has, moved. Where a library lies as usual it costs nothing, neither time in the code
 * (addresses are immediates in it) nor memory (the file is mapped, and shared); elsewhere a process has a copy of its own.
 */
#ifndef XLATE_CACHE_MOVE_H
#define XLATE_CACHE_MOVE_H

#include "runtime/error.h"
#include "xlate/cache/cache_map.h"

/* Is the unit wanted, too, with its entry at `entry`? */
typedef bool (*cache_wanted)(const struct cache_segment *s, const struct cache_unit *unit, gva entry, const void *context);

/* In memory: all sound units of s that may move and are wanted, `by` bytes higher (in the guest's width, wrapping around); executable,
 * slots behind it, as of a file. NULL with the reason. */
struct cache_segment *cache_moved(struct cache_segment *s, gva by, cache_wanted wanted, const void *context, struct error *err);

#endif
