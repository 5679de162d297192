/* files.h -- for gzread.c and gzwrite.c: they never ask for gzip's header, so that the host keeps their streams, too. */
#define inflateInit2_ bridge_inflateInit2_
#define deflateInit2_ bridge_deflateInit2_
