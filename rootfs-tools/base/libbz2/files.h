/* files.h -- for the second half of bzlib.c, which works on files: it calls the bridge's functions. */
#undef BZ2_bzCompress
#undef BZ2_bzCompressEnd
#undef BZ2_bzCompressInit
#undef BZ2_bzDecompress
#undef BZ2_bzDecompressEnd
#undef BZ2_bzDecompressInit
int BZ2_bzCompress(bz_stream *, int);
int BZ2_bzCompressEnd(bz_stream *);
int BZ2_bzCompressInit(bz_stream *, int, int, int);
int BZ2_bzDecompress(bz_stream *);
int BZ2_bzDecompressEnd(bz_stream *);
int BZ2_bzDecompressInit(bz_stream *, int, int);
