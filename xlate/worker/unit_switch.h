/* unit_switch.h -- where computed jumps of a function may go. */
#ifndef XLATE_WORKER_UNIT_SWITCH_H
#define XLATE_WORKER_UNIT_SWITCH_H

#include "xlate/worker/unit_code.h"

enum { MAX_SWITCH_TARGETS = 512 };

/* Targets inside [lo, hi) of the jump tables in the request's window, sorted, each once. Returns their number. */
unsigned switch_targets(const struct unit_request *request, gva lo, gva hi, gva targets[MAX_SWITCH_TARGETS]);

#endif
