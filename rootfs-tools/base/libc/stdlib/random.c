/* random.c -- rand (15 bits, the C standard's example generator), the drand48 family [POSIX], random. */
#include <stdlib.h>

static unsigned int rand_state = 1;

int rand_r(unsigned int *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16 & RAND_MAX;
}

int rand(void) { return rand_r(&rand_state); }
void srand(unsigned int seed) { rand_state = seed; }

#define DEFAULT_A 0x5DEECE66Dull
#define MASK48    0xFFFFFFFFFFFFull
static unsigned long long x48 = 0x1234ABCD330Eull, a48 = DEFAULT_A;
static unsigned short c48 = 0xB, last48[3];

static unsigned long long pack(const unsigned short x[3]) { return (unsigned long long)x[2] << 32 | (unsigned)x[1] << 16 | x[0]; }

static void unpack(unsigned short x[3], unsigned long long v)
{
    x[0] = (unsigned short)v;
    x[1] = (unsigned short)(v >> 16);
    x[2] = (unsigned short)(v >> 32);
}

static unsigned long long step(unsigned short x[3])
{
    unsigned long long v = (pack(x) * a48 + c48) & MASK48;
    unpack(x, v);
    return v;
}

static unsigned long long step_own(void) { return x48 = (x48 * a48 + c48) & MASK48; }

double erand48(unsigned short x[3]) { return (double)step(x) / 281474976710656.0; }
double drand48(void) { return (double)step_own() / 281474976710656.0; }
long nrand48(unsigned short x[3]) { return (long)(step(x) >> 17); }
long lrand48(void) { return (long)(step_own() >> 17); }
long jrand48(unsigned short x[3]) { return (int)(step(x) >> 16); }
long mrand48(void) { return (int)(step_own() >> 16); }

void srand48(long seed)
{
    x48 = (unsigned long long)(unsigned int)seed << 16 | 0x330E;
    a48 = DEFAULT_A;
    c48 = 0xB;
}

unsigned short *seed48(unsigned short seed[3])
{
    unpack(last48, x48);
    x48 = pack(seed);
    a48 = DEFAULT_A;
    c48 = 0xB;
    return last48;
}

void lcong48(unsigned short p[7])
{
    x48 = pack(p);
    a48 = pack(p + 3);
    c48 = p[6];
}

/* random: xorshift in the size of the state given, without the quality classes of the original's polynomial degrees. */
static unsigned long long random_own = 88172645463325252ull, *random_state = &random_own;

long random(void)
{
    unsigned long long v = *random_state;
    v ^= v << 13;
    v ^= v >> 7;
    v ^= v << 17;
    *random_state = v;
    return (long)(v >> 33);
}

void srandom(unsigned int seed) { *random_state = seed * 0x9E3779B97F4A7C15ull + 1; }

char *setstate(char *state)
{
    char *old = (char *)random_state;
    random_state = (unsigned long long *)state;
    return old;
}

char *initstate(unsigned int seed, char *state, size_t size)
{
    if (size < sizeof *random_state)
        return NULL;
    char *old = setstate(state);
    srandom(seed);
    return old;
}
