/* rename.h -- libbz2's functions by other names: what bridge.c falls back on for streams that the host does not keep. */
#define BZ2_bzCompress guest_bzCompress
#define BZ2_bzCompressEnd guest_bzCompressEnd
#define BZ2_bzCompressInit guest_bzCompressInit
#define BZ2_bzDecompress guest_bzDecompress
#define BZ2_bzDecompressEnd guest_bzDecompressEnd
#define BZ2_bzDecompressInit guest_bzDecompressInit
