/* engine.h -- how a guest program is started inside a WPAR: the words in front of it.
 *
 * The runner, the builtin libraries and the translation cache are mounted read-only under /dev/.vwpar: /dev is a tmpfs made by
 * the OCI runtime, so that nothing is created in the rootfs itself.
 */
#ifndef ROOTFS_TOOLS_ENGINE_H
#define ROOTFS_TOOLS_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include "rootfs-tools/wpar/definition.h"

#define WPAR_ENGINE_DIR "/dev/.vwpar"

enum { ENGINE_WORDS_MAX = 16 };

/* "aixrun OPTION... --" into words[ENGINE_WORDS_MAX], their number returned; they point into the definition. `translator`: its
 * socket is mounted too. `argv0`: what the program sees as argv[0], NULL: its path. */
size_t engine_words(const char **words, const struct definition *d, bool translator, const char *argv0);

#endif
