/* error.h -- errors as values: the message is made where the facts are, callers only return.
 *
 * Convention: a function that can fail takes a `struct error *` last and returns -1 (or NULL) after error_set().
 * Only main() prints and exits.
 */
#ifndef RUNTIME_ERROR_H
#define RUNTIME_ERROR_H

#include "runtime/host.h"

struct error {
    int code;           /* errno of the host, 0 when there is none to tell */
    char text[1000];    /* one line, no newline at its end */
};

/* Fill `err` and return -1, so that `return error_set(err, EINVAL, "...")` reads well. */
int error_set(struct error *err, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Put "context: " in front of what the error already says; returns -1. */
int error_wrap(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
