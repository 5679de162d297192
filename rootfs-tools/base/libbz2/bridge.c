/* bridge.c -- libbz2 with the host's behind it (bridge/functions.def), for streams without an allocator of the program's: their number
 * stands in `state` (odd: no address). All others are kept by the guest's own libbz2.
 */
#include <bzlib.h>

#define HOSTED(s) ((s) && ((unsigned long)(s)->state & 1))
#define ORDINARY(s) ((s) && !(s)->bzalloc && !(s)->bzfree)

#define WRAP(test, name, parameters, arguments)                                                                  \
    int __bridge_BZ2_##name parameters;                                                                          \
    int guest_##name parameters;                                                                                 \
    int BZ2_##name parameters { return test(s) ? __bridge_BZ2_##name arguments : guest_##name arguments; }

WRAP(ORDINARY, bzCompressInit, (bz_stream * s, int blocks, int verbosity, int work), (s, blocks, verbosity, work))
WRAP(HOSTED, bzCompress, (bz_stream * s, int action), (s, action))
WRAP(HOSTED, bzCompressEnd, (bz_stream * s), (s))
WRAP(ORDINARY, bzDecompressInit, (bz_stream * s, int verbosity, int small), (s, verbosity, small))
WRAP(HOSTED, bzDecompress, (bz_stream * s), (s))
WRAP(HOSTED, bzDecompressEnd, (bz_stream * s), (s))
