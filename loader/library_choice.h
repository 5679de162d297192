/* library_choice.h -- which of a library's forms is loaded: the root's own, ours, or ours with the host's behind it (libraries.def). */
#ifndef LOADER_LIBRARY_CHOICE_H
#define LOADER_LIBRARY_CHOICE_H

#include <stdbool.h>
#include "runtime/error.h"

enum library_source { LIBRARY_NATIVE, LIBRARY_BUILTIN, LIBRARY_BRIDGE };

/* "NAME=native|builtin|bridge,...", as --library has it, is well formed. NULL is. */
int library_choices_check(const char *choices, struct error *err);

/* What that says of the archive, else LIBRARY_NATIVE. */
enum library_source library_choice(const char *choices, const char *archive);

/* Which of ours stands in when the root has none. */
enum library_source library_fallback(const char *archive);

#endif
