/* hot.h -- which units were hot when this program ran before, and which are now: what the cache keeps of it (cache_use.h). */
#ifndef XLATE_RUN_HOT_H
#define XLATE_RUN_HOT_H

#include <stdbool.h>
#include <stdint.h>

/* Was the unit of this key hot before? The file is opened when it is first asked for. */
bool hot_before(int cache_dir, uint64_t key);

void hot_note(uint64_t key);            /* it is now */
void hot_finish(int cache_dir);         /* at the end of the process: written down */

#endif
