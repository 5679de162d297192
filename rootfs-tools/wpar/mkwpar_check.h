/* mkwpar_check.h -- `mkwpar --check IMAGE|DIRECTORY`: what will not run, told before anything is moved. */
#ifndef ROOTFS_TOOLS_MKWPAR_CHECK_H
#define ROOTFS_TOOLS_MKWPAR_CHECK_H

#include <stdbool.h>
#include "runtime/error.h"

/* An image is restored into a temporary directory, which is removed again. `specification`: write a template there; NULL: none. The exit
 * status: 0 everything runs, with remarks or not; 3 something cannot; -1 with the reason. */
int mkwpar_check(const char *what, bool json, bool verbose, const char *specification, struct error *err);

#endif
