/* nlist.h -- addresses of a file's or the kernel's symbols [AIX nlist, knlist]. */
#ifndef _H_NLIST
#define _H_NLIST

#include <sys/types.h>

struct nlist {
    char *n_name;
    long n_value;
    short n_scnum;
    unsigned short n_type;
    char n_sclass;
    char n_numaux;
};

int knlist(struct nlist *, int, int);

#endif
