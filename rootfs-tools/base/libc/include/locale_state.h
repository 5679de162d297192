/* locale_state.h -- the current locale, as far as other parts of libc ask. */
#ifndef LIBC_LOCALE_STATE_H
#define LIBC_LOCALE_STATE_H

extern int __libc_utf8;         /* LC_CTYPE names UTF-8 */
extern int __libc_latin1;       /* LC_CTYPE names ISO8859-1: a wide character is the byte */

#endif
