/* tzfile.h -- the transitions of a zone out of a compiled file. */
#ifndef LIBC_TZFILE_H
#define LIBC_TZFILE_H

enum { TZFILE_FOOTER = 64 };

struct tzfile {
    int count;                          /* of transitions; 0: no file */
    long long *times;
    unsigned char *kinds;               /* of the time from each transition on */
    struct {
        long offset;                    /* seconds east of Greenwich */
        int is_dst;
    } kind[256];                        /* the first: before all transitions, too */
    char footer[TZFILE_FOOTER];         /* POSIX TZ string for the time behind the last */
};

/* Read zone `name`; 0, or -1 with `zone` empty. What it held before is given back. */
int __tzfile_load(const char *name, struct tzfile *zone);

#endif
