/* stdio.h -- streams. The layout of FILE is compiled into programs: _ptr, _cnt, _flag, _file and the sizes are measured, the
 * other members are libc's own [aix-abi 4.15]. */
#ifndef _H_STDIO
#define _H_STDIO

#include <stddef.h>
#include <stdarg.h>
#include <sys/types.h>

#ifdef __64BIT__
typedef struct {                /* 88 bytes */
    unsigned char *_ptr;        /* 0 */
    unsigned char *_base;       /* 8 */
    unsigned char *_bufendp;    /* 16 */
    void *_lock;                /* 24 */
    void *__ext;                /* 32 */
    int _cnt;                   /* 40 */
    int _file;                  /* 44, inferred */
    int __stdioid;              /* 48 */
    short _flag;                /* 52 */
    short __flags2;             /* 54 */
    long __reserved[4];         /* 56 */
} FILE;
#else
typedef struct {                /* 32 bytes */
    unsigned char *_ptr;        /* 0 */
    int _cnt;                   /* 4 */
    unsigned char *_base;       /* 8 */
    unsigned char *_bufendp;    /* 12 */
    short _flag;                /* 16 */
    short _file;                /* 18 */
    int __stdioid;              /* 20 */
    void *__ext;                /* 24 */
    void *_lock;                /* 28 */
} FILE;
#endif

typedef off_t fpos_t;
typedef long long fpos64_t;

#define _NFILE   16             /* entries of _iob: recalled */
extern FILE _iob[_NFILE];
#define stdin    (&_iob[0])
#define stdout   (&_iob[1])
#define stderr   (&_iob[2])

#define EOF      (-1)
#define BUFSIZ   4096
#define FOPEN_MAX 32767
#define FILENAME_MAX 255
#define L_tmpnam 21
#define L_ctermid 9
#define L_cuserid 9
#define P_tmpdir "/var/tmp/"
#ifndef TMP_MAX
#define TMP_MAX  16384
#endif
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define _IOFBF   0000
#define _IOREAD  0001
#define _IOWRT   0002
#define _IONBF   0004
#define _IOMYBUF 0010
#define _IOEOF   0020
#define _IOERR   0040
#define _IOLBF   0100
#define _IORW    0200

void clearerr(FILE *);
char *ctermid(char *);
char *cuserid(char *);
int fclose(FILE *);
FILE *fdopen(int, const char *);
int feof(FILE *);
int ferror(FILE *);
int fflush(FILE *);
int fgetc(FILE *);
int fgetpos(FILE *__restrict, fpos_t *__restrict) __LARGE(fgetpos);
int fgetpos64(FILE *, fpos64_t *);
char *fgets(char *__restrict, int, FILE *__restrict);
int fileno(FILE *);
void flockfile(FILE *);
int ftrylockfile(FILE *);
void funlockfile(FILE *);
FILE *fopen(const char *__restrict, const char *__restrict) __LARGE(fopen);
FILE *fopen64(const char *, const char *);
int fprintf(FILE *__restrict, const char *__restrict, ...);
int fputc(int, FILE *);
int fputs(const char *__restrict, FILE *__restrict);
size_t fread(void *__restrict, size_t, size_t, FILE *__restrict);
FILE *freopen(const char *__restrict, const char *__restrict, FILE *__restrict) __LARGE(freopen);
FILE *freopen64(const char *, const char *, FILE *);
int fscanf(FILE *__restrict, const char *__restrict, ...);
int fseek(FILE *, long, int);
int fseeko(FILE *, off_t, int) __LARGE(fseeko);
int fseeko64(FILE *, off64_t, int);
int fsetpos(FILE *, const fpos_t *) __LARGE(fsetpos);
int fsetpos64(FILE *, const fpos64_t *);
long ftell(FILE *);
off_t ftello(FILE *) __LARGE(ftello);
off64_t ftello64(FILE *);
size_t fwrite(const void *__restrict, size_t, size_t, FILE *__restrict);
int getc(FILE *);
int getc_unlocked(FILE *);
int getchar(void);
int getchar_unlocked(void);
char *gets(char *);
int getw(FILE *);
int pclose(FILE *);
void perror(const char *);
FILE *popen(const char *, const char *);
int printf(const char *__restrict, ...);
int putc(int, FILE *);
int putc_unlocked(int, FILE *);
int putchar(int);
int putchar_unlocked(int);
int puts(const char *);
int putw(int, FILE *);
int remove(const char *);
int rename(const char *, const char *);
void rewind(FILE *);
int scanf(const char *__restrict, ...);
void setbuf(FILE *__restrict, char *__restrict);
void setbuffer(FILE *, char *, size_t);
void setlinebuf(FILE *);
int setvbuf(FILE *__restrict, char *__restrict, int, size_t);
int snprintf(char *__restrict, size_t, const char *__restrict, ...);
int sprintf(char *__restrict, const char *__restrict, ...);
int sscanf(const char *__restrict, const char *__restrict, ...);
char *tempnam(const char *, const char *);
FILE *tmpfile(void) __LARGE(tmpfile);
FILE *tmpfile64(void);
char *tmpnam(char *);
int ungetc(int, FILE *);
int vfprintf(FILE *__restrict, const char *__restrict, va_list);
int vfscanf(FILE *__restrict, const char *__restrict, va_list);
int vprintf(const char *__restrict, va_list);
int vscanf(const char *__restrict, va_list);
int vsnprintf(char *__restrict, size_t, const char *__restrict, va_list);
int vsprintf(char *__restrict, const char *__restrict, va_list);
int vsscanf(const char *__restrict, const char *__restrict, va_list);
int asprintf(char **__restrict, const char *__restrict, ...);
int vasprintf(char **__restrict, const char *__restrict, va_list);
int dprintf(int, const char *__restrict, ...);
int vdprintf(int, const char *__restrict, va_list);
FILE *fmemopen(void *__restrict, size_t, const char *__restrict);
FILE *open_memstream(char **, size_t *);
ssize_t getline(char **, size_t *, FILE *);
ssize_t getdelim(char **, size_t *, int, FILE *);

/* What the inlined getc and putc of programs call when _cnt runs out; _filbuf and _flsbuf are the AIX 3.2 names. */
int __filbuf(FILE *);
int __flsbuf(unsigned char, FILE *);
int _filbuf(FILE *);
int _flsbuf(unsigned char, FILE *);

#ifndef _THREAD_SAFE
#define getc(p)     (--(p)->_cnt < 0 ? __filbuf(p) : (int)*(p)->_ptr++)
#define putc(c, p)  (--(p)->_cnt < 0 ? __flsbuf((unsigned char)(c), (p)) : (int)(*(p)->_ptr++ = (unsigned char)(c)))
#define getchar()   getc(stdin)
#define putchar(c)  putc((c), stdout)
#define feof(p)     (((p)->_flag & _IOEOF) != 0)
#define ferror(p)   (((p)->_flag & _IOERR) != 0)
#define fileno(p)   ((p)->_file)
#endif

extern char *sys_errlist[];
extern int sys_nerr;
extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int, char *const *, const char *);

#endif
