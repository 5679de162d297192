/* log.h -- the runner's own messages: one line each, never on the guest's stderr unless asked.
 *
 * The log goes where --log FILE (VWPAR_LOG) says, else nowhere for LOG_INFO and LOG_DEBUG; LOG_WARN and above are
 * kept in a file only. Fatal messages before the guest runs are main()'s to print.
 */
#ifndef RUNTIME_LOG_H
#define RUNTIME_LOG_H

#include <stdbool.h>
#include "runtime/host.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

void log_open(const char *path, enum log_level level);   /* path NULL: no log */
void log_line(enum log_level level, const char *part, const char *format, ...) PRINTF_LIKE(3, 4);
bool log_wanted(enum log_level level);

/* A broken invariant of ours: says where, and ends the process with SIGABRT. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
extern void (*bug_note)(void);      /* what else is to be told before the end; NULL: nothing */
void bug_at(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4) __attribute__((noreturn));

#endif
