/* zlib_init.h -- zlib's two macros that make streams, as functions: they pass the size of the structure, the host's here. */
#ifndef BRIDGE_ZLIB_INIT_H
#define BRIDGE_ZLIB_INIT_H

#include <zlib.h>

static int bridge_deflate_init(z_streamp s, int level, int method, int window, int memory, int strategy)
{
    return deflateInit2(s, level, method, window, memory, strategy);
}

static int bridge_inflate_init(z_streamp s, int window) { return inflateInit2(s, window); }

#endif
