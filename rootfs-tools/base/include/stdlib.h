/* stdlib.h -- general utilities. */
#ifndef _H_STDLIB
#define _H_STDLIB

#include <stddef.h>
#include <sys/types.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 32767
#define MB_CUR_MAX ((size_t)__getmbcurmax())

typedef struct { int quot, rem; } div_t;
typedef struct { long quot, rem; } ldiv_t;
typedef struct { long long quot, rem; } lldiv_t;

int __getmbcurmax(void);
_Noreturn void abort(void);
int abs(int);
int atexit(void (*)(void));
int unatexit(void (*)(void));
double atof(const char *);
int atoi(const char *);
long atol(const char *);
long long atoll(const char *);
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
void *calloc(size_t, size_t);
void cfree(void *);
div_t div(int, int);
_Noreturn void exit(int);
_Noreturn void _Exit(int);
void free(void *);
char *getenv(const char *);
long labs(long);
ldiv_t ldiv(long, long);
long long llabs(long long);
lldiv_t lldiv(long long, long long);
void *malloc(size_t);
void *memalign(size_t, size_t);
int posix_memalign(void **, size_t, size_t);
void *valloc(size_t);
int mblen(const char *, size_t);
size_t mbstowcs(wchar_t *__restrict, const char *__restrict, size_t);
int mbtowc(wchar_t *__restrict, const char *__restrict, size_t);
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
int rand(void);
int rand_r(unsigned int *);
void *realloc(void *, size_t);
void srand(unsigned int);
double strtod(const char *__restrict, char **__restrict);
float strtof(const char *__restrict, char **__restrict);
long double strtold(const char *__restrict, char **__restrict);
long strtol(const char *__restrict, char **__restrict, int);
long long strtoll(const char *__restrict, char **__restrict, int);
unsigned long strtoul(const char *__restrict, char **__restrict, int);
unsigned long long strtoull(const char *__restrict, char **__restrict, int);
int system(const char *);
size_t wcstombs(char *__restrict, const wchar_t *__restrict, size_t);
int wctomb(char *, wchar_t);

double drand48(void);
double erand48(unsigned short[3]);
long jrand48(unsigned short[3]);
long lrand48(void);
long mrand48(void);
long nrand48(unsigned short[3]);
unsigned short *seed48(unsigned short[3]);
void srand48(long);
void lcong48(unsigned short[7]);
long random(void);
void srandom(unsigned int);
char *initstate(unsigned int, char *, size_t);
char *setstate(char *);
char *ltostr(long, int);
char *ultostr(unsigned long, int);
char *lltostr(long long, int);
char *ulltostr(unsigned long long, int);
void l3tol(int *, const char *, int);
void ltol3(char *, const int *, int);
int rpmatch(const char *);
long a64l(const char *);
char *l64a(long);
char *ecvt(double, int, int *__restrict, int *__restrict);
char *fcvt(double, int, int *__restrict, int *__restrict);
char *gcvt(double, int, char *);
int getsubopt(char **, char *const *, char **);

int clearenv(void);
int putenv(char *);
int setenv(const char *, const char *, int);
int unsetenv(const char *);
int grantpt(int);
int unlockpt(int);
char *ptsname(int);
int posix_openpt(int);
char *mkdtemp(char *);
char *mktemp(char *);
int mkstemp(char *) __LARGE(mkstemp);
int mkstemp64(char *);
char *realpath(const char *__restrict, char *__restrict);
void *alloca(size_t);
#define alloca(n) __builtin_alloca(n)

#endif
