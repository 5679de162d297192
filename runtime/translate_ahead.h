/* translate_ahead.h -- `aixrun --translate`: the loaded program's code goes into the cache instead of being run. */
#ifndef RUNTIME_TRANSLATE_AHEAD_H
#define RUNTIME_TRANSLATE_AHEAD_H

#include <stdbool.h>
#include "runtime/error.h"

/* The program and its libraries are mapped, bound and relocated. Prints a line for each module to standard output and, on a terminal, how
 * far it is to standard error. */
int translate_ahead(bool quiet, struct error *err);

/* Translates nothing: prints for each module what of it is in the cache. */
int translate_coverage(struct error *err);

#endif
