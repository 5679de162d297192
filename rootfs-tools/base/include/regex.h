/* regex.h -- regular expressions; layout and numbers as Rust's libc crate has them for AIX [aix-abi 4.13]. */
#ifndef _H_REGEX
#define _H_REGEX

#include <sys/types.h>

typedef struct {
    size_t re_nsub;
    void *re_comp;
    int re_cflags;
    size_t re_erroff, re_len;
    wchar_t re_ucoll[2];
    void *re_lsub[24], *re_esub[24];
    unsigned char *re_map;
    int __maxsub;
    void *__unused[34];
} regex_t;
typedef long regoff_t;
typedef struct {
    regoff_t rm_so, rm_eo;
} regmatch_t;

#define REG_EXTENDED 1
#define REG_ICASE    2
#define REG_NEWLINE  4
#define REG_NOSUB    8
#define REG_NOTBOL   0x100
#define REG_NOTEOL   0x200
#define REG_NOMATCH  1
#define REG_BADPAT   2
#define REG_ECOLLATE 3
#define REG_ECTYPE   4
#define REG_EESCAPE  5
#define REG_ESUBREG  6
#define REG_EBRACK   7
#define REG_EPAREN   8
#define REG_EBRACE   9
#define REG_BADBR    10
#define REG_ERANGE   11
#define REG_ESPACE   12
#define REG_BADRPT   13
#define REG_ECHAR    14
#define REG_EBOL     15
#define REG_EEOL     16
#define REG_ENOSYS   17

int regcomp(regex_t *__restrict, const char *__restrict, int);
int regexec(const regex_t *__restrict, const char *__restrict, size_t, regmatch_t *__restrict, int);
size_t regerror(int, const regex_t *__restrict, char *__restrict, size_t);
void regfree(regex_t *);

char *re_comp(const char *);
int re_exec(const char *);

#endif
