/* dirent.h -- directories [aix-abi 4.2]. d_offset is the cookie of the next entry; there is no d_type. */
#ifndef _H_DIRENT
#define _H_DIRENT

#include <sys/types.h>

#define _D_NAME_MAX 255
struct dirent {
#ifdef __64BIT__
    unsigned long d_offset;
#else
    unsigned int d_offset;
#endif
    ino_t d_ino;
    unsigned short d_reclen, d_namlen;
    char d_name[_D_NAME_MAX + 1];
};
struct dirent64 {
    unsigned long long d_offset;
    unsigned long long d_ino;
    unsigned short d_reclen, d_namlen;
    char d_name[_D_NAME_MAX + 1];
};

typedef struct __dirstream DIR;
typedef struct __dirstream DIR64;

int closedir(DIR *);
int closedir64(DIR64 *);
DIR *opendir(const char *);
DIR64 *opendir64(const char *);
DIR *fdopendir(int);
struct dirent *readdir(DIR *);
struct dirent64 *readdir64(DIR64 *);
int readdir_r(DIR *__restrict, struct dirent *__restrict, struct dirent **__restrict);
void rewinddir(DIR *);
void rewinddir64(DIR64 *);
void seekdir(DIR *, long);
void seekdir64(DIR64 *, off64_t);
long telldir(DIR *);
off64_t telldir64(DIR64 *);
int dirfd(DIR *);
int scandir(const char *, struct dirent ***, int (*)(const struct dirent *), int (*)(const void *, const void *));
int alphasort(const void *, const void *);
int getdirent(int, void *, unsigned int);
int getdirent64(int, void *, unsigned int);

#endif
