/* compression.c -- zlib's and libbz2's interfaces: streams in pieces, dictionaries, copies, files, the program's own allocator, refusals.
 * Expected: the same source natively (clang, whose order of evaluation is the one here), with the same versions of both libraries:
 * compressed bytes are compared by their sums.
 */
#include <bzlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { SIZE = 60000 };
static unsigned char text[SIZE], packed[SIZE + 1000], again[SIZE];

static void make_text(void)
{
    unsigned x = 12345;
    for (int i = 0; i < SIZE; i++) {
        x = x * 1103515245 + 12345;
        text[i] = (unsigned char)(i % 97 < 60 ? "the quick brown fox "[i % 20] : 'a' + (x >> 16) % 26);
    }
}

static size_t deflate_all(z_stream *s, size_t in_step, size_t out_step)
{
    size_t in = 0, out = 0;
    int rc;
    do {
        s->next_in = text + in;
        s->avail_in = (uInt)(SIZE - in < in_step ? SIZE - in : in_step);
        uInt given = s->avail_in;
        do {
            s->next_out = packed + out;
            s->avail_out = (uInt)out_step;
            rc = deflate(s, in + given == SIZE ? Z_FINISH : Z_NO_FLUSH);
            out = (size_t)(s->next_out - packed);
        } while (s->avail_out == 0);
        in += given;
    } while (rc == Z_OK);
    printf("end %d in %lu out %lu adler %08lx\n", rc, s->total_in, s->total_out, s->adler);
    return out;
}

static void inflate_all(z_stream *s, size_t n, size_t in_step)
{
    size_t in = 0;
    int rc = Z_OK;
    s->next_out = again;
    s->avail_out = SIZE;
    while (rc == Z_OK && in < n) {
        s->next_in = packed + in;
        s->avail_in = (uInt)(n - in < in_step ? n - in : in_step);
        rc = inflate(s, Z_NO_FLUSH);
        in = (size_t)(s->next_in - packed);
    }
    printf("end %d in %lu out %lu same %d msg %s\n", rc, s->total_in, s->total_out, memcmp(text, again, SIZE) == 0, s->msg ? s->msg : "-");
}

static void streams(void)
{
    static const int windows[] = { 15, -15, 31 };
    for (int i = 0; i < 3; i++)
        for (int level = 1; level <= 9; level += 8) {
            z_stream s = { 0 };
            printf("window %d level %d: %d ", windows[i], level, deflateInit2(&s, level, Z_DEFLATED, windows[i], 8, Z_DEFAULT_STRATEGY));
            size_t n = deflate_all(&s, 7001, 4096);
            printf("  %d crc %08lx\n", deflateEnd(&s), crc32(0, packed, (uInt)n));
            z_stream d = { 0 };
            inflateInit2(&d, windows[i]);
            inflate_all(&d, n, 3001);
            inflateEnd(&d);
        }
}

static void refusals(void)
{
    z_stream s = { 0 };
    inflateInit(&s);
    memcpy(packed, "not compressed at all", 21);
    inflate_all(&s, 21, 21);
    printf("%d %d\n", inflateReset(&s), inflateEnd(&s));
    printf("%d %d\n", inflateEnd(&s), inflate(&s, 0));
    z_stream none = { 0 };
    printf("%d %d\n", deflate(&none, Z_FINISH), deflateInit2(&none, 99, Z_DEFLATED, 15, 8, 0));
    printf("%d\n", deflateInit_(&none, 6, "9.9", (int)sizeof none));
}

static void dictionaries(void)
{
    static const unsigned char words[] = "the quick brown fox jumps";
    unsigned char back[32768];
    uInt length = 0;
    z_stream s = { 0 };
    deflateInit(&s, 6);
    int rc = deflateSetDictionary(&s, words, sizeof words);
    size_t n = deflate_all(&s, SIZE, sizeof packed);
    printf("%d crc %08lx", rc, crc32(0, packed, (uInt)n));
    deflateEnd(&s);
    z_stream d = { 0 };
    inflateInit(&d);
    d.next_in = packed;
    d.avail_in = (uInt)n;
    d.next_out = again;
    d.avail_out = SIZE;
    rc = inflate(&d, Z_FINISH);
    printf(" %d %08lx", rc, d.adler);
    rc = inflateSetDictionary(&d, words, sizeof words);
    printf(" %d", rc);
    rc = inflate(&d, Z_FINISH);
    printf(" %d %d", rc, memcmp(text, again, SIZE) == 0);
    rc = inflateGetDictionary(&d, back, &length);
    printf(" %d %u %08lx\n", rc, length, adler32(0, back, length));
    inflateEnd(&d);
}

static void copies(void)
{
    z_stream a = { 0 }, b;
    deflateInit(&a, 9);
    a.next_in = text;
    a.avail_in = 20000;
    a.next_out = packed;
    a.avail_out = sizeof packed;
    deflate(&a, Z_NO_FLUSH);
    int rc = deflateCopy(&b, &a);
    size_t before = a.total_out;
    deflateParams(&a, 1, Z_DEFAULT_STRATEGY);
    printf("%d %lu %lu", rc, b.total_in, b.total_out == before ? 1ul : 0ul);
    b.next_in = text + 20000;
    b.avail_in = SIZE - 20000;
    rc = deflate(&b, Z_FINISH);
    unsigned long n = b.total_out;
    printf(" %d %lu %d %d bound %d\n", rc, n, deflateEnd(&a), deflateEnd(&b), compressBound(SIZE) > n);
    uLongf size = SIZE;
    rc = uncompress(again, &size, packed, n);
    printf("%d %lu %d\n", rc, size, memcmp(text, again, SIZE) == 0);
    size = 100;
    rc = uncompress(again, &size, packed, n);
    printf("%d\n", rc);
    size = sizeof packed;
    rc = compress2(packed, &size, text, SIZE, 9);
    printf("%d %lu %08lx\n", rc, size, crc32(0, packed, (uInt)size));
}

static int allocated;
static void *my_alloc(void *opaque, unsigned n, unsigned size)
{
    allocated++;
    *(int *)opaque += 1;
    return calloc(n, size);
}
static void my_free(void *opaque, void *p)
{
    allocated--;
    free(p);
}

static void own_allocator(void)
{
    int calls = 0;
    z_stream s = { .zalloc = my_alloc, .zfree = my_free, .opaque = &calls };
    deflateInit(&s, 6);
    size_t n = deflate_all(&s, SIZE, sizeof packed);
    deflateEnd(&s);
    printf("calls %d left %d crc %08lx\n", calls > 0, allocated, crc32(0, packed, (uInt)n));
}

static void files(void)
{
    char name[40], line[64];
    snprintf(name, sizeof name, "compression.%d.gz", (int)getpid());
    gzFile f = gzopen(name, "wb9");
    gzprintf(f, "line %d of %s\n", 1, "many");
    for (int i = 0; i < SIZE; i += 5000)
        gzwrite(f, text + i, 5000);
    printf("%d", gzclose(f));
    f = gzopen(name, "rb");
    gzgets(f, line, sizeof line);
    printf(" %s", line);
    int n = gzread(f, again, SIZE);
    printf("%d %d %d", n, memcmp(text, again, SIZE) == 0, gzeof(f));
    gzseek(f, 1000, SEEK_SET);
    printf(" %d %ld\n", gzgetc(f), (long)gztell(f));
    gzclose(f);
    remove(name);
}

static void bz2(void)
{
    bz_stream s = { 0 };
    int rc = BZ2_bzCompressInit(&s, 9, 0, 0);
    s.next_in = (char *)text;
    s.avail_in = SIZE;
    size_t out = 0;
    while (rc >= 0 && rc != BZ_STREAM_END) {
        s.next_out = (char *)packed + out;
        s.avail_out = 1000;
        rc = BZ2_bzCompress(&s, BZ_FINISH);
        out = (size_t)(s.next_out - (char *)packed);
    }
    printf("%d %u %08lx", rc, s.total_out_lo32, crc32(0, packed, (uInt)out));
    printf(" %d\n", BZ2_bzCompressEnd(&s));
    unsigned size = SIZE;
    rc = BZ2_bzBuffToBuffDecompress((char *)again, &size, (char *)packed, (unsigned)out, 0, 0);
    printf("%d %u %d\n", rc, size, memcmp(text, again, SIZE) == 0);
    bz_stream d = { 0 };
    BZ2_bzDecompressInit(&d, 0, 0);
    packed[40] ^= 0x55;
    d.next_in = (char *)packed;
    d.avail_in = (unsigned)out;
    d.next_out = (char *)again;
    d.avail_out = SIZE;
    rc = BZ2_bzDecompress(&d);
    printf("%d %d\n", rc, BZ2_bzDecompressEnd(&d));
    char name[40];
    snprintf(name, sizeof name, "compression.%d.bz2", (int)getpid());
    BZFILE *f = BZ2_bzopen(name, "w9");
    BZ2_bzwrite(f, text, SIZE);
    BZ2_bzclose(f);
    f = BZ2_bzopen(name, "r");
    memset(again, 0, SIZE);
    printf("%d", BZ2_bzread(f, again, SIZE));
    printf(" %d %s\n", memcmp(text, again, SIZE) == 0, BZ2_bzlibVersion());
    BZ2_bzclose(f);
    remove(name);
}

int main(void)
{
    make_text();
    printf("%s %08lx %08lx\n", zlibVersion(), crc32(0, text, SIZE), adler32(1, text, SIZE));
    streams();
    refusals();
    dictionaries();
    copies();
    own_allocator();
    files();
    bz2();
    return 0;
}
