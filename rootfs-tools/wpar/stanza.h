/* stanza.h -- AIX stanza files: specification files, /etc/wpars/NAME.cf, image.data.
 *
 *   name:                      a stanza begins; the same name may come again
 *           attribute = value  value bare or in double quotes
 *   * or # begins a comment line
 */
#ifndef ROOTFS_TOOLS_STANZA_H
#define ROOTFS_TOOLS_STANZA_H

#include "runtime/error.h"

/* One line of a stanza file: `attribute` and `value` are NULL for the line that begins a stanza. -1 with `err` ends the reading. */
typedef int stanza_line(void *context, const char *stanza, const char *attribute, const char *value, struct error *err);

/* `text` is changed while it is read. `name` is for messages, which name the line. */
int stanza_parse(char *text, const char *name, stanza_line *take, void *context, struct error *err);

/* A whole file as text, to be freed by the caller. NULL with the reason. At most 1 MiB: these are small files. */
char *stanza_read_file(const char *path, struct error *err);

/* May this value stand in a stanza file? */
int stanza_value_is_plain(const char *value);

#endif
