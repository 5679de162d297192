/* terminal.c -- terminal modes between AIX's termios and the host's kernel one [aix-abi 4.12]. */
#include "syscalls/terminal.h"

#include <termios.h>
#include "runtime/host.h"

enum {
    AIX_VDISABLE = 0xFF,
    HOST_VDISABLE = 0,
    AIX_VMIN = 4,
    AIX_VTIME = 5,
    AIX_VEOF = 4,
    AIX_VEOL = 5,
    AIX_ICANON = 2
};

enum word { WORD_iflag, WORD_oflag, WORD_cflag, WORD_lflag, WORDS };

static const struct mode {
    enum word word;
    uint32_t aix_mask, aix, host_mask, host;
} modes[] = {
#define BIT(word, aix, host) { WORD_##word, aix, aix, host, host },
#define FIELD(word, aix_mask, aix, host_mask, host) { WORD_##word, aix_mask, aix, host_mask, host },
#include "syscalls/termios_bits.def"
#undef BIT
#undef FIELD
};

/* AIX's character slots in order; in VMIN's and VTIME's the mode decides (below). DSUSP has no host character. */
static const int8_t host_slot[16] = {
    VINTR, VQUIT, VERASE, VKILL, VEOF, VEOL, VEOL2, VSTART, VSTOP, VSUSP, -1, VREPRINT, VDISCARD, VWERASE, VLNEXT, -1,
};

static void words_to_guest(uint32_t g[WORDS], const uint32_t h[WORDS])
{
    for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
        const struct mode *m = &modes[i];
        if ((h[m->word] & m->host_mask) == m->host)
            g[m->word] |= m->aix;
    }
}

static void words_from_guest(uint32_t h[WORDS], const uint32_t g[WORDS])
{
    for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
        const struct mode *m = &modes[i];
        bool bit = m->aix_mask == m->aix && m->host_mask == m->host;
        if ((g[m->word] & m->aix_mask) == m->aix)
            h[m->word] = (h[m->word] & ~m->host_mask) | m->host;
        else if (bit)
            h[m->word] &= ~m->host_mask;
    }
}

static int slot_of(unsigned aix_slot, bool canonical)
{
    if (!canonical && aix_slot == AIX_VMIN)
        return VMIN;
    if (!canonical && aix_slot == AIX_VTIME)
        return VTIME;
    return host_slot[aix_slot];
}

void termios_to_guest(struct aix_termios *g, const struct host_termios *h)
{
    uint32_t words[WORDS] = { 0 };
    const uint32_t host[WORDS] = { h->c_iflag, h->c_oflag, h->c_cflag, h->c_lflag };
    bool canonical = h->c_lflag & ICANON;

    words_to_guest(words, host);
    be_put(&g->c_iflag, words[WORD_iflag]);
    be_put(&g->c_oflag, words[WORD_oflag]);
    be_put(&g->c_cflag, words[WORD_cflag]);
    be_put(&g->c_lflag, words[WORD_lflag]);
    for (unsigned i = 0; i < ARRAY_LEN(g->c_cc); i++) {
        int slot = slot_of(i, canonical);
        bool count = slot == VMIN || slot == VTIME;
        uint8_t c = slot < 0 ? HOST_VDISABLE : h->c_cc[slot];
        g->c_cc[i] = c == HOST_VDISABLE && !count ? AIX_VDISABLE : c;
    }
}

void termios_from_guest(struct host_termios *h, const struct aix_termios *g)
{
    const uint32_t words[WORDS] = { be_get(g->c_iflag), be_get(g->c_oflag), be_get(g->c_cflag), be_get(g->c_lflag) };
    uint32_t host[WORDS] = { h->c_iflag, h->c_oflag, h->c_cflag, h->c_lflag };
    bool canonical = words[WORD_lflag] & AIX_ICANON;

    words_from_guest(host, words);
    h->c_iflag = host[WORD_iflag];
    h->c_oflag = host[WORD_oflag];
    h->c_cflag = host[WORD_cflag];
    h->c_lflag = host[WORD_lflag];
    for (unsigned i = 0; i < ARRAY_LEN(g->c_cc); i++) {
        int slot = slot_of(i, canonical);
        if (slot >= 0)
            h->c_cc[slot] = slot != VMIN && slot != VTIME && g->c_cc[i] == AIX_VDISABLE ? HOST_VDISABLE : g->c_cc[i];
    }
}
