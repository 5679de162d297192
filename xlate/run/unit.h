/* unit.h -- translations in this process: found in the mapped cache, verified against guest memory, published, retired. */
#ifndef XLATE_RUN_UNIT_H
#define XLATE_RUN_UNIT_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "xlate/cache/cache_map.h"
#include "xlate/run/dispatch.h"

/* Maps the caches there are: the system's, then the user's, in front of it. One that is missing or not ours alone is logged and left
 * out: what is not found is interpreted. */
void unit_init(bool is64, const struct run_options *options);
bool unit_can_take_more(void);                  /* the user's cache is there: translations may be asked for */

/* At the end of the process: notes in the cache which units were used. */
void unit_finish(void);

/* How the guest came to a pc. */
enum arrival {
    ARRIVE_ON,          /* straight on: no unit begins here */
    ARRIVE_INSIDE,      /* behind a call, or at a case of a switch: most likely inside a function that is soon translated whole */
    ARRIVE_LOOP,        /* at the head of a loop: of use only while its function runs interpreted */
    ARRIVE_ENTRY,       /* at a function */
};

/* The guest arrived at pc: its translation, if there is one now. At an entry the cache is asked the first time, the translator after
 * options.hot_calls times; inside a function both only after many more. */
code_fn unit_arrive(gva pc, enum arrival how);

/* The host function that stands for pc, NULL when none does; they all lie below the end. */
extern gva unit_natives_end;
code_fn unit_native(gva pc);

/* Without running it: is the unit at pc in the cache? If not, the translator is asked; later calls tell what became of it. The unit
 * stays mapped and is sound. */
enum unit_ahead { UNIT_THERE, UNIT_ASKED, UNIT_LATER, UNIT_HOPELESS };
enum unit_ahead unit_ahead(gva pc, const struct cache_segment **segment, const struct cache_unit **unit);

/* Of all caches, each sound unit that was made from what is in memory at its address. */
void unit_each(void (*each)(const struct cache_segment *segment, const struct cache_unit *unit));

/* A segment file appeared: map it. Returns 0, -ENOENT when it is gone, another errno when it is no good (both logged). */
int unit_map_segment(const char *name);

/* The translator answered about the entry; found: it is in a mapped segment, the next arrival takes it. An answer to a request
 * of the other precision is ignored. */
void unit_answered(gva entry, bool was_precise, bool found);
void unit_forget_request(gva entry);            /* not asked after all, or asked in vain: may be asked again */

/* True: the unit at entry has to keep exact registers. */
bool unit_precise(void);

bool unit_fault_pc(const void *host_pc, gva *pc);

struct unit_stats { uint64_t published, moved, damaged, lookup_ns, map_ns; };
void unit_stats(struct unit_stats *out);

#endif
