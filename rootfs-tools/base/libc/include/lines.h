/* lines.h -- reading the small text files of /etc line by line, without stdio. */
#ifndef LIBC_LINES_H
#define LIBC_LINES_H

#include <stddef.h>

struct lines {
    int fd;
    unsigned at, end;
    char buffer[1024];
};

int __lines_open(struct lines *l, const char *path);            /* 0 or -1 */
/* Next line without its newline; 1, 0 at the end, -1 when it does not fit (the rest of it is skipped). */
int __lines_next(struct lines *l, char *line, size_t size);
void __lines_close(struct lines *l);

/* Cut the next word out of *at, white space and comments ('#') around it; NULL when there is none. */
char *__next_word(char **at);
/* Cut the next field ended by the separator; never NULL. */
char *__next_field(char **at, char separator);

#endif
