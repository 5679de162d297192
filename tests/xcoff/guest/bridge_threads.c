/* bridge_threads.c -- streams of the host bridge in many threads at once, and across fork: each works on its own, a child goes on with a
 * copy of its parent's. Expected: zlib's documentation.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

enum { THREADS = 6, ROUNDS = 30, SIZE = 20000 };

static void fill(unsigned char *text, unsigned seed)
{
    for (int i = 0; i < SIZE; i++) {
        seed = seed * 1103515245 + 12345;
        text[i] = (unsigned char)(i % 7 ? "abcdefgh"[i % 8] : seed >> 24);
    }
}

static void *work(void *number)
{
    unsigned char *text = malloc(SIZE), *packed = malloc(2 * SIZE), *again = malloc(SIZE);
    long bad = 0;
    for (int round = 0; round < ROUNDS; round++) {
        z_stream s = { 0 }, d = { 0 };
        fill(text, (unsigned)(long)number * 100 + (unsigned)round);
        deflateInit(&s, 1 + round % 9);
        s.next_in = text;
        s.avail_in = SIZE;
        s.next_out = packed;
        int rc = Z_OK;
        while (rc == Z_OK) {
            s.avail_out = 777;
            rc = deflate(&s, Z_FINISH);
            if (rc == Z_BUF_ERROR)
                rc = Z_OK;
        }
        bad += rc != Z_STREAM_END;
        inflateInit(&d);
        d.next_in = packed;
        d.avail_in = (uInt)s.total_out;
        d.next_out = again;
        d.avail_out = SIZE;
        bad += inflate(&d, Z_FINISH) != Z_STREAM_END || memcmp(text, again, SIZE) != 0;
        bad += deflateEnd(&s) != Z_OK || inflateEnd(&d) != Z_OK;
    }
    free(text);
    free(packed);
    free(again);
    return (void *)bad;
}

static int finish(z_stream *s, const unsigned char *text, unsigned char *packed)
{
    uLongf size = SIZE;
    static unsigned char again[SIZE];
    s->next_in = (unsigned char *)text + SIZE / 2;
    s->avail_in = SIZE / 2;
    int rc = deflate(s, Z_FINISH);
    int same = uncompress(again, &size, packed, s->total_out) == Z_OK && memcmp(again, text, SIZE) == 0;
    return rc == Z_STREAM_END && same && deflateEnd(s) == Z_OK;
}

static void across_fork(void)
{
    static unsigned char text[SIZE], packed[2 * SIZE];
    z_stream s = { 0 };
    int status;
    fill(text, 1);
    deflateInit(&s, 6);
    s.next_in = text;
    s.avail_in = SIZE / 2;
    s.next_out = packed;
    s.avail_out = sizeof packed;
    deflate(&s, Z_SYNC_FLUSH);
    pid_t child = fork();
    if (child == 0)
        _exit(finish(&s, text, packed));
    int mine = finish(&s, text, packed);
    waitpid(child, &status, 0);
    printf("parent %d child %d\n", mine, WEXITSTATUS(status));
}

int main(void)
{
    pthread_t threads[THREADS];
    long bad = 0;
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(threads[i], &result);
        bad += (long)result;
    }
    printf("threads: bad %ld\n", bad);
    across_fork();
    return 0;
}
