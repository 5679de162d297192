/* fatal_report.h -- what is said when a signal that nobody handles ends the program. */
#ifndef RUNTIME_FATAL_REPORT_H
#define RUNTIME_FATAL_REPORT_H

#include <stdbool.h>

/* `program` is its name for the reader; quiet: no line on stderr; host_frames: the runner's own backtrace, too. From now on every death
 * is reported: a fault in a line on stderr, and all in the log: signal, registers, the calls the program is in, its modules. */
void fatal_report_init(const char *program, bool quiet, bool host_frames);

#endif
