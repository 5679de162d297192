/* bridge.c -- work that lives in libraries, a line of CPU seconds for each kind; run_bridge.py runs it natively and with libz and libbz2
 * builtin and bridged. The bytes that come out are printed behind the time: they must be the same everywhere.
 */
#include <bzlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { SIZE = 4000000, NUMBERS = 1000000 };
static unsigned char text[SIZE], packed[SIZE + 100000], again[SIZE];
static int numbers[NUMBERS];
static double started;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void begin(void) { started = now(); }
static void end(const char *what, unsigned long result) { printf("%s\t%.4f\t%lu\n", what, now() - started, result); }

static int order(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

static void compression(void)
{
    uLongf n = sizeof packed, size;
    begin();
    compress2(packed, &n, text, SIZE, 6);
    end("deflate 4 MB", n);
    begin();
    for (int i = 0; i < 5; i++) {
        size = sizeof again;
        uncompress(again, &size, packed, n);
    }
    end("inflate 20 MB", size);
    unsigned bn = sizeof packed, bsize = sizeof again;
    begin();
    BZ2_bzBuffToBuffCompress((char *)packed, &bn, (char *)text, SIZE / 4, 9, 0, 0);
    end("bzip2 1 MB", bn);
    begin();
    BZ2_bzBuffToBuffDecompress((char *)again, &bsize, (char *)packed, bn, 0, 0);
    end("bunzip2 1 MB", bsize);
    unsigned long sum = 0;
    begin();
    for (int i = 0; i < 10; i++)
        sum = crc32(sum, text, SIZE);
    end("crc32 40 MB", sum);
    begin();
    for (int i = 0; i < 1000000; i++)
        sum = crc32(sum, text + i, 64);
    end("crc32, 64 bytes, 1 M", sum);
}

static void memory(void)
{
    volatile size_t total = 0;
    begin();
    for (int i = 0; i < 200; i++)
        memcpy(again, text, SIZE);
    end("memcpy 800 MB", again[SIZE - 1]);
    memset(text, 'a', SIZE - 1);
    text[SIZE - 1] = 0;
    begin();
    for (int i = 0; i < 200; i++)
        total += strlen((char *)text);
    end("strlen 800 MB", total % 1000);
    begin();
    for (int i = 0; i < 2000000; i++) {
        memcpy(again, text + i % 64, 32);
        again[32] = 0;
        total += strlen((char *)again);
    }
    end("memcpy, strlen, 32 bytes, 2 M", total % 1000);
}

static void calculation(void)
{
    volatile double sum = 0;
    begin();
    qsort(numbers, NUMBERS, sizeof *numbers, order);
    end("qsort 1 M", (unsigned)numbers[NUMBERS / 2]);
    begin();
    for (int i = 0; i < 2000000; i++)
        sum += fmod(1e3 + i, 7.25);
    end("fmod 2 M", (unsigned long)sum);
    begin();
    for (int i = 0; i < 2000000; i++)
        sum += sin(i) + exp(-i * 1e-6);
    end("sin, exp 2 M", 0);
}

int main(void)
{
    unsigned x = 1;
    for (int i = 0; i < SIZE; i++) {
        x = x * 1103515245 + 12345;
        text[i] = (unsigned char)(i % 97 < 60 ? "the quick brown fox "[i % 20] : 'a' + (x >> 16) % 26);
        if (i < NUMBERS)
            numbers[i] = (int)x;
    }
    compression();
    memory();
    calculation();
    return 0;
}
