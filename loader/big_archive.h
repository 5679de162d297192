/* big_archive.h -- AIX archives: the big format <bigaf> and the small one <aiaff>.
 */
#ifndef LOADER_BIG_ARCHIVE_H
#define LOADER_BIG_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/error.h"

struct archive {
    const uint8_t *data;
    uint64_t size;
    bool big;
    uint64_t next;              /* header offset of the member archive_next() gives next; 0: none */
    uint64_t last;
    uint64_t left;              /* members that may still come: ends circular chains */
};

struct archive_member {
    const char *name;           /* name_length bytes, not NUL-terminated */
    uint32_t name_length;
    uint64_t offset, size;      /* its contents in the file */
    uint64_t date, uid, gid, mode;
};

bool archive_is(const uint8_t *data, uint64_t size);

/* Start walking; -1 when the fixed header is malformed. */
int archive_open(struct archive *ar, const uint8_t *data, uint64_t size, struct error *err);

/* 1 and the next member, 0 at the end, -1 when malformed. */
int archive_next(struct archive *ar, struct archive_member *member, struct error *err);

/* The loadable member called `name` of that width; an empty name means the first shared object. An archive may hold two
 * members of one name, one per width. 0, or -1 with the reason. */
int archive_find(const uint8_t *data, uint64_t size, const char *name, bool is64, struct archive_member *member,
                 struct error *err);

#endif
