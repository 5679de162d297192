/* guest_file.h -- small files written into a WPAR's tree, whatever symbolic links the WPAR's programs put in the way. */
#ifndef ROOTFS_TOOLS_GUEST_FILE_H
#define ROOTFS_TOOLS_GUEST_FILE_H

#include "runtime/error.h"

/* Replace or make `path` (relative, its directories made when missing) below `directory`. */
int guest_file_write(const char *directory, const char *path, const char *text, struct error *err);

/* Its text, at most 1 MiB, to be freed by the caller; NULL when it is not there or not a plain file. */
char *guest_file_read(const char *directory, const char *path);

#endif
