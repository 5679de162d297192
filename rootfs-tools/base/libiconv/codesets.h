/* codesets.h -- the form of the tables that tables.py makes.
 *
 *   row[b][c]       the character of the bytes b c, 0xFFFF when there is none; row[0][c] of the byte c alone; row[256 + b][c] of the
 *                   bytes 8F b c (EUC's third set); NULL where no character begins so
 *   page[u >> 8][u] the code of the character u: one byte, two bytes, or 8F and two bytes when `third` is set and the lower's top bit
 *                   is off; 0 for none
 */
#ifndef LIBICONV_CODESETS_H
#define LIBICONV_CODESETS_H

enum { NO_CHARACTER = 0xFFFF };

struct codeset {
    const char *name;
    const unsigned short *const *row, *const *page;
    int third;                          /* 8F begins three bytes */
};

extern const struct codeset __iconv_tables[];   /* ends with a NULL name */

#endif
