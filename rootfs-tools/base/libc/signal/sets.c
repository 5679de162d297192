/* sets.c -- signal sets: signal n is bit (n - 1) % width of word (n - 1) / width [aix-abi 4.6].
 */
#include <errno.h>
#include <signal.h>
#include <string.h>

#ifdef __64BIT__
typedef unsigned long word;
#else
typedef unsigned int word;
#endif
enum { BITS = 8 * sizeof(word) };

/* The word holding a signal, or NULL with EINVAL. */
static word *word_of(const sigset_t *set, int sig)
{
    if (sig < 1 || sig > SIGMAX) {
        errno = EINVAL;
        return NULL;
    }
    return (word *)set + (sig - 1) / BITS;
}

static word bit_of(int sig)
{
    return (word)1 << ((sig - 1) % BITS);
}

int sigemptyset(sigset_t *set)
{
    memset(set, 0, sizeof *set);
    return 0;
}

int sigfillset(sigset_t *set)
{
    memset(set, 0xff, sizeof *set);
    return 0;
}

int sigaddset(sigset_t *set, int sig)
{
    word *w = word_of(set, sig);

    if (!w)
        return -1;
    *w |= bit_of(sig);
    return 0;
}

int sigdelset(sigset_t *set, int sig)
{
    word *w = word_of(set, sig);

    if (!w)
        return -1;
    *w &= ~bit_of(sig);
    return 0;
}

int sigismember(const sigset_t *set, int sig)
{
    word *w = word_of(set, sig);

    return w ? (*w & bit_of(sig)) != 0 : -1;
}
