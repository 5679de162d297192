/* image_progress.c -- a line that tells how far an image is read or written, on a terminal only. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "rootfs-tools/wpar/image_session.h"

enum { BAR = 40 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_begin(struct image_progress *p, uint64_t total)
{
    *p = (struct image_progress){ .shown = isatty(STDERR_FILENO), .total = total };
    p->last = p->shown ? now() : 0;
}

void progress_show(struct image_progress *p, uint64_t done)
{
    static const char hashes[] = "########################################";
    double t = p->shown ? now() : 0;
    if (!p->shown || t - p->last < 0.2)
        return;
    p->last = t;
    p->drawn = true;
    if (p->total) {
        int full = (int)(done * BAR / p->total);
        fprintf(stderr, "\r[%-*.*s] %3d%% %6.1f MiB", BAR, full < BAR ? full : BAR, hashes,
                (int)(done * 100 / p->total), (double)done / (1 << 20));
    } else {
        fprintf(stderr, "\r%6.1f MiB", (double)done / (1 << 20));
    }
}

void progress_clear(struct image_progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    p->drawn = false;
}
