/* hot.h -- which units were hot when this program ran before, and which are now: what the cache keeps of it (cache_use.h). */
#ifndef XLATE_RUN_HOT_H
#define XLATE_RUN_HOT_H

#include <stdbool.h>
#include <stdint.h>

void hot_start(int cache_dir);
bool hot_before(uint64_t key);          /* was the unit of this key hot before? */
void hot_note(uint64_t key);            /* it is now */
void hot_finish(int cache_dir);         /* at the end of the process: written down */

#endif
