/* request.h -- the runner's connection to the translator: ask for units, never make the guest wait for them.
 *
 * A background thread with all signals blocked owns the socket: it starts xlated when nobody listens, sends, receives, maps new
 * segments. Guest threads only put copies of guest code into a queue.
 */
#ifndef XLATE_RUN_REQUEST_H
#define XLATE_RUN_REQUEST_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "runtime/error.h"
#include "xlate/run/dispatch.h"

int request_init(bool is64, const struct run_options *options, struct error *err);

/* Ask for the unit at entry. False: not now (queue full, or its code cannot be read), ask again later. With options.wait returns
 * after the answer. */
bool request_unit(gva entry);

void request_after_fork(void);

struct request_stats { uint64_t sent, translated, wait_ns; };
void request_stats(struct request_stats *out);

#endif
