/* cleanup.h -- resources that end with their scope: close_fd, free_ptr, close_file. */
#ifndef RUNTIME_CLEANUP_H
#define RUNTIME_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void cleanup_fd(int *fd)      { if (*fd >= 0) close(*fd); }
static inline void cleanup_ptr(void *p)     { free(*(void **)p); }
static inline void cleanup_file(FILE **f)   { if (*f) fclose(*f); }

#define close_fd   __attribute__((cleanup(cleanup_fd)))
#define free_ptr   __attribute__((cleanup(cleanup_ptr)))
#define close_file __attribute__((cleanup(cleanup_file)))

#endif
