/* iconv.c -- code set conversion [XSH iconv] through Unicode: a reader gives code points, a writer takes them. Readers and writers are the
 * Unicode forms, written out here, and tables for everything else (tables.py).
 *
 * What the target lacks becomes its substitute character, and counts as not reversible [IBM's manual: iconv].
 */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "codesets.h"

enum { INCOMPLETE = -1, INVALID = -2, NO_ROOM = -3, UNKNOWN = -4, TOP = 0x10FFFF, SUBSTITUTE = 0x1A, BOM = 0xFEFF, SWAPPED_BOM = 0xFFFE };

struct form;
struct end {                            /* one end of a conversion */
    const struct form *form;
    const struct codeset *table;
    int swapped, started;               /* byte order of UTF-16 and UTF-32 from a mark; anything seen yet */
};
struct conversion {
    struct end from, to;
};

/* Bytes used for one character, or why not. Bytes written, or why not. */
struct form {
    const char *names;                  /* separated by blanks; NULL: by table */
    int (*read)(struct end *e, const unsigned char *s, size_t n, unsigned *point);
    int (*write)(struct end *e, unsigned char *s, size_t n, unsigned point);
    int unit, little;
};

static int surrogate(unsigned point) { return point >= 0xD800 && point < 0xE000; }

/* --- tables */

static int read_table(struct end *e, const unsigned char *s, size_t n, unsigned *point)
{
    const unsigned short *const *row = e->table->row;
    if (row[0][s[0]] != NO_CHARACTER) {
        *point = row[0][s[0]];
        return 1;
    }
    int third = e->table->third && s[0] == 0x8F, length = third ? 3 : 2;
    if (!third && !row[s[0]])
        return INVALID;
    if (n < (size_t)length)
        return INCOMPLETE;
    const unsigned short *found = third ? row[0x100 + s[1]] : row[s[0]];
    if (!found || found[s[length - 1]] == NO_CHARACTER)
        return INVALID;
    *point = found[s[length - 1]];
    return length;
}

static int write_table(struct end *e, unsigned char *s, size_t n, unsigned point)
{
    const unsigned short *page = point <= 0xFFFF ? e->table->page[point >> 8] : NULL;
    unsigned code = page ? page[point & 0xFF] : 0;
    if (!code && point)
        return UNKNOWN;
    int length = code < 0x100 ? 1 : e->table->third && !(code & 0x80) ? 3 : 2;
    if (n < (size_t)length)
        return NO_ROOM;
    if (length == 3)
        *s++ = 0x8F;
    if (length > 1)
        *s++ = (unsigned char)(code >> 8);
    *s = (unsigned char)(length == 3 ? code | 0x80 : code);
    return length;
}

/* --- UTF-8 [RFC 3629] */

static int read_utf8(struct end *e, const unsigned char *s, size_t n, unsigned *point)
{
    static const unsigned least[] = { 0, 0x80, 0x800, 0x10000 };
    if (s[0] < 0x80) {
        *point = s[0];
        return 1;
    }
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return INVALID;
    int more = s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
    unsigned v = s[0] & (0x3Fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((size_t)i >= n)
            return INCOMPLETE;
        if ((s[i] & 0xC0) != 0x80)
            return INVALID;
        v = v << 6 | (s[i] & 0x3F);
    }
    if (v < least[more] || v > TOP || surrogate(v))
        return INVALID;
    *point = v;
    return more + 1;
}

static int write_utf8(struct end *e, unsigned char *s, size_t n, unsigned point)
{
    int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    if (n < (size_t)more + 1)
        return NO_ROOM;
    s[0] = (unsigned char)(more ? (0xFF00 >> (more + 1) & 0xFF) | point >> 6 * more : point);
    for (int i = 1; i <= more; i++)
        s[i] = (unsigned char)(0x80 | (point >> 6 * (more - i) & 0x3F));
    return more + 1;
}

/* --- UCS-2, UTF-16, UTF-32: units of 2 or 4 bytes, the most significant first unless a mark or the name says otherwise */

static unsigned get_unit(const struct end *e, const unsigned char *s)
{
    unsigned v = 0;
    for (int i = 0; i < e->form->unit; i++)
        v = v << 8 | s[e->form->little != e->swapped ? e->form->unit - 1 - i : i];
    return v;
}

static void put_unit(const struct end *e, unsigned char *s, unsigned v)
{
    for (int i = 0; i < e->form->unit; i++)
        s[e->form->little ? i : e->form->unit - 1 - i] = (unsigned char)(v >> 8 * i);
}

static int read_units(struct end *e, const unsigned char *s, size_t n, unsigned *point)
{
    int unit = e->form->unit;
    if (n < (size_t)unit)
        return INCOMPLETE;
    unsigned v = get_unit(e, s);
    if (surrogate(v)) {
        if (unit != 2 || v >= 0xDC00)
            return INVALID;
        if (n < 4)
            return INCOMPLETE;
        unsigned low = get_unit(e, s + 2);
        if (low < 0xDC00 || low > 0xDFFF)
            return INVALID;
        *point = 0x10000 + ((v & 0x3FF) << 10 | (low & 0x3FF));
        return 4;
    }
    if (v > TOP)
        return INVALID;
    *point = v;
    return unit;
}

static int write_units(struct end *e, unsigned char *s, size_t n, unsigned point)
{
    int unit = e->form->unit, pair = unit == 2 && point > 0xFFFF;
    if (n < (size_t)unit << pair)
        return NO_ROOM;
    if (pair) {
        put_unit(e, s, 0xD800 | (point - 0x10000) >> 10);
        put_unit(e, s + 2, 0xDC00 | (point & 0x3FF));
    } else
        put_unit(e, s, point);
    return unit << pair;
}

static int write_ucs2(struct end *e, unsigned char *s, size_t n, unsigned point)
{
    return point > 0xFFFF ? UNKNOWN : write_units(e, s, n, point);
}

static const struct form forms[] = {
    { "UTF-8 UTF8", read_utf8, write_utf8, 1, 0 },
    { "UCS-2 UCS-2BE ISO-10646-UCS-2 UNICODE-2", read_units, write_ucs2, 2, 0 },
    { "UCS-2LE", read_units, write_ucs2, 2, 1 },
    { "UTF-16 UTF-16BE", read_units, write_units, 2, 0 },
    { "UTF-16LE", read_units, write_units, 2, 1 },
    { "UTF-32 UTF-32BE UCS-4 UCS-4BE", read_units, write_units, 4, 0 },
    { "UTF-32LE UCS-4LE", read_units, write_units, 4, 1 },
    { NULL, read_table, write_table, 1, 0 },
};

/* --- names: case, '-' and '_' make no difference */

static int same_name(const char *a, const char *b, size_t length)
{
    const char *end = b + length;
    for (;;) {
        while (*a == '-' || *a == '_')
            a++;
        while (b < end && (*b == '-' || *b == '_'))
            b++;
        if (b == end)
            return !*a;
        if (strncasecmp(a++, b++, 1) != 0)
            return 0;
    }
}

static int find(const char *name, struct end *e)
{
    size_t length = strcspn(name, "/");           /* as in "ISO8859-1//TRANSLIT" */
    const struct form *f = forms;
    for (; f->names; f++)
        for (const char *s = f->names; *s; s += strspn(s, " ")) {
            char one[32] = "";
            size_t n = strcspn(s, " ");
            memcpy(one, s, n);
            if (same_name(one, name, length)) {
                e->form = f;
                return 1;
            }
            s += n;
        }
    for (const struct codeset *c = __iconv_tables; c->name; c++)
        if (same_name(c->name, name, length)) {
            e->form = f;
            e->table = c;
            return 1;
        }
    return 0;
}

iconv_t iconv_open(const char *to, const char *from)
{
    struct conversion *c = calloc(1, sizeof *c);
    if (!c)
        return (iconv_t)-1;
    if (!find(to, &c->to) || !find(from, &c->from)) {
        free(c);
        errno = EINVAL;
        return (iconv_t)-1;
    }
    return c;
}

int iconv_close(iconv_t conversion)
{
    if (conversion == (iconv_t)-1 || !conversion) {
        errno = EBADF;
        return -1;
    }
    free(conversion);
    return 0;
}

/* A mark at the start of text in units tells their order, and is no character. */
static int is_mark(struct end *e, unsigned point)
{
    int first = !e->started && e->form->unit > 1;
    e->started = 1;
    unsigned swapped = e->form->unit == 2 ? SWAPPED_BOM : 0xFFFE0000u;
    if (first && point == swapped)
        e->swapped = 1;
    return first && (point == BOM || point == swapped);
}

static int write_one(struct conversion *c, unsigned char *to, size_t room, unsigned point, size_t *changed)
{
    int written = c->to.form->write(&c->to, to, room, point);
    if (written != UNKNOWN)
        return written;
    written = c->to.form->write(&c->to, to, room, SUBSTITUTE);
    if (written > 0)
        ++*changed;
    return written;
}

static size_t stop(int error)
{
    errno = error;
    return (size_t)-1;
}

size_t iconv(iconv_t conversion, char **from, size_t *from_left, char **to, size_t *to_left)
{
    struct conversion *c = conversion;
    size_t changed = 0;
    if (!from || !*from) {
        c->from.started = c->from.swapped = 0;
        return 0;
    }
    while (*from_left) {
        unsigned point = 0;
        const unsigned char *s = (const unsigned char *)*from;
        if (!c->from.started && c->from.form->unit == 4 && *from_left >= 4 && get_unit(&c->from, s) == 0xFFFE0000u)
            c->from.swapped = 1;
        int used = c->from.form->read(&c->from, s, *from_left, &point), written = 0;
        if (used < 0)
            return stop(used == INCOMPLETE ? EINVAL : EILSEQ);
        if (!is_mark(&c->from, point))
            written = write_one(c, (unsigned char *)*to, *to_left, point, &changed);
        if (written == NO_ROOM)
            return stop(E2BIG);
        if (written == UNKNOWN)
            return stop(EILSEQ);
        *from += used;
        *from_left -= (size_t)used;
        *to += written;
        *to_left -= (size_t)written;
    }
    return changed;
}
