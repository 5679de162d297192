/* bridge.c -- the host bridge from its edges: bad addresses and lengths are the guest's SIGSEGV, a handler that mends them has the call
 * made again, forged structures are refused, functions of the guest are called back, left by longjmp and by faults. Expected: zlib's
 * documentation, POSIX for bsearch; written by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <zlib.h>

void *__bridge_bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
double __bridge_fmod(double, double);
double __bridge_remainder(double, double);

static sigjmp_buf back;
static volatile int faults, mend;
static char *page;

static void on_fault(int sig, siginfo_t *info, void *context)
{
    faults++;
    if (mend) {
        mprotect(page, 4096, PROT_READ | PROT_WRITE);
        mend = 0;
        return;
    }
    siglongjmp(back, 1);
}

static void catch_faults(void)
{
    struct sigaction action = { .sa_flags = SA_SIGINFO };
    action.sa_sigaction = on_fault;
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

#define FAULTS(call) (faults = 0, sigsetjmp(back, 1) ? "a fault" : ((void)(call), "no fault"))

static void addresses(void)
{
    static unsigned char out[1000];
    z_stream s = { 0 };
    uLongf size = sizeof out;
    uLong sum;
    deflateInit(&s, 6);
    s.next_out = out;
    s.avail_out = sizeof out;
    mprotect(page, 4096, PROT_NONE);
    s.next_in = (Bytef *)page;
    s.avail_in = 100;
    printf("input not readable: %s\n", FAULTS(deflate(&s, Z_FINISH)));
    s.next_in = (Bytef *)"text";
    s.avail_in = (uInt)-16;                     /* past the end of what is mapped */
    printf("input too long: %s\n", FAULTS(crc32(0, (Bytef *)(sizeof(long) == 4 ? -64 : 64), 4096)));
    s.avail_in = 4;
    s.next_out = (Bytef *)page;
    printf("output not writable: %s\n", FAULTS(deflate(&s, Z_FINISH)));
    s.next_out = out;
    printf("still there: %d\n", deflate(&s, Z_FINISH));
    printf("%d", deflateEnd(&s));
    printf(" %d\n", deflateEnd(&s));
    mend = 1;
    faults = 0;
    sum = crc32(0, (Bytef *)page, 4096);
    printf("mended: %08lx, faults %d\n", sum, faults);
    mprotect(page, 4096, PROT_NONE);
    mend = 1;
    faults = 0;
    size = 4096;
    int rc = compress2((Bytef *)page, &size, (Bytef *)"abcabcabcabc", 12, 9);
    printf("mended: %d %lu, faults %d\n", rc, size, faults);
    printf("length not readable: %s\n", FAULTS(compress2(out, (uLongf *)16, (Bytef *)"a", 1, 9)));
}

static void forged(void)
{
    z_stream s = { 0 }, other = { 0 };
    unsigned char out[64];
    deflateInit(&other, 6);
    s.next_out = out;
    s.avail_out = sizeof out;
    int refused = 0;
    for (unsigned i = 1; i < 4000; i += 2) {
        s.state = (void *)(unsigned long)i;
        refused += deflate(&s, Z_FINISH) == Z_STREAM_ERROR;
    }
    printf("refused %d\n", refused);
    s.state = other.state;                      /* made for deflate; then ended */
    printf("%d", inflate(&s, 0));
    deflateEnd(&other);
    printf(" %d\n", deflate(&s, Z_FINISH));
    int made = 0;
    static z_stream many[300];
    for (int i = 0; i < 300; i++)
        made += inflateInit(&many[i]) == Z_OK;
    for (int i = 0; i < 300; i++)
        made -= inflateEnd(&many[i]) == Z_OK;
    printf("left %d\n", made);
}

static int compared;
static int order(const void *a, const void *b)
{
    compared++;
    return *(const int *)a - *(const int *)b;
}
static int order_with_sum(const void *a, const void *b)
{
    static char some[100];
    return crc32(0, (Bytef *)some, sizeof some) ? *(const int *)a - *(const int *)b : 0;
}
static int order_leaves(const void *a, const void *b) { siglongjmp(back, 1); }
static int order_faults(const void *a, const void *b)
{
    volatile char c = *page;
    return *(const int *)a - *(const int *)b + (c & 0);
}
static int order_raises(const void *a, const void *b)
{
    raise(SIGUSR1);
    return *(const int *)a - *(const int *)b;
}
static void on_usr1(int sig) { faults++; }

static void callbacks(void)
{
    static int numbers[1000];
    int wanted = 1998, missing = 3;
    for (int i = 0; i < 1000; i++)
        numbers[i] = 2 * i;
    int *found = __bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order);
    printf("found at %d, compared %d\n", (int)(found - numbers), compared > 5 && compared < 12);
    printf("missing %d\n", __bridge_bsearch(&missing, numbers, 1000, sizeof(int), order) == NULL);
    found = __bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order_with_sum);
    printf("a bridged call inside: %d\n", (int)(found - numbers));
    for (int i = 0; i < 20; i++)
        if (sigsetjmp(back, 1) == 0)
            __bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order_leaves);
    printf("left by longjmp, and then: %d\n", (int)((int *)__bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order) - numbers));
    mprotect(page, 4096, PROT_NONE);
    mend = 1;
    faults = 0;
    found = __bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order_faults);
    printf("a fault inside, mended: %d, faults %d\n", (int)(found - numbers), faults);
    mprotect(page, 4096, PROT_NONE);
    printf("a fault inside, not mended: %s\n", FAULTS(__bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order_faults)));
    struct sigaction count = { .sa_handler = on_usr1 };
    sigaction(SIGUSR1, &count, NULL);
    faults = 0;
    found = __bridge_bsearch(&wanted, numbers, 1000, sizeof(int), order_raises);
    printf("signals inside: %d, %d\n", (int)(found - numbers), faults > 5);
}

int main(void)
{
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
    catch_faults();
    addresses();
    forged();
    callbacks();
    printf("%.17g %.17g\n", __bridge_fmod(1e300, 7.25), __bridge_remainder(-5.5, 2));
    return 0;
}
