/* engine.c -- see engine.h. */
#include "rootfs-tools/wpar/engine.h"

#include <string.h>

size_t engine_words(const char **words, const struct definition *d, bool translator, const char *argv0)
{
    const char *libraries = definition_get(d, ATTR_general_library);
    size_t n = 0;
    words[n++] = WPAR_ENGINE_DIR "/aixrun";
    words[n++] = "--base";
    words[n++] = WPAR_ENGINE_DIR "/base";
    words[n++] = "--cache";
    words[n++] = WPAR_ENGINE_DIR "/cache";
    if (translator) {
        words[n++] = "--worker-socket";
        words[n++] = WPAR_ENGINE_DIR "/run/xlated.sock";
    }
    if (*libraries) {
        words[n++] = "--library";
        words[n++] = libraries;
    }
    if (strcmp(definition_get(d, ATTR_general_ostype), "1") == 0) {
        words[n++] = "--aix-level";
        words[n++] = "5.2";
    }
    if (argv0) {
        words[n++] = "--argv0";
        words[n++] = argv0;
    }
    words[n++] = "--";
    return n;
}
