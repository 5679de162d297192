/* large_files.c -- _LARGE_FILES: a 32-bit program's plain names work beyond 2 GiB. The file is one hole. Expected: the same source
 * built for the host, where off_t always has 64 bits. */
#define _GNU_SOURCE
#define _LARGE_FILES
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#undef fseeko /* the plain name, as replacement libraries call it */

static const off_t end = (off_t)5 << 30;

static void descriptors(const char *name)
{
    char byte = 0;
    int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
    printf("%d %d\n", (int)sizeof(off_t), (int)sizeof(fpos_t) >= 8);
    printf("%d", (int)pwrite(fd, "x", 1, end - 1));
    printf(" %lld", (long long)lseek(fd, -3, SEEK_END));
    printf(" %d", (int)pread(fd, &byte, 1, end - 1));
    printf(" %c\n", byte);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = end - 10, .l_len = 4};
    printf("lock %d", fcntl(fd, F_SETLK, &lock));
    fflush(stdout);
    if (fork() == 0) {
        lock = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int rc = fcntl(fd, F_GETLK, &lock);
        printf(" %d %lld %lld\n", rc, (long long)lock.l_start, (long long)lock.l_len);
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    char *page = mmap(NULL, 65536, PROT_READ, MAP_SHARED, fd, end - 65536);
    printf("map %d\n", page != MAP_FAILED && page[65535] == 'x');
    close(fd);
}

static void statuses(const char *name)
{
    struct stat plain, link, open_file, at;
    int fd = open(name, O_RDONLY);
    printf("%d %d %d %d\n", stat(name, &plain), lstat(name, &link), fstat(fd, &open_file), fstatat(AT_FDCWD, name, &at, 0));
    printf("%lld %d %d %d\n", (long long)plain.st_size, link.st_size == end, open_file.st_size == end, at.st_size == end);
    close(fd);
    printf("%d", truncate(name, end + 7));
    printf(" %d", stat(name, &plain));
    printf(" %lld\n", (long long)plain.st_size);
}

static void streams(const char *name)
{
    fpos_t place;
    FILE *f = fopen(name, "r+");
    printf("%d", fseeko(f, end - 1, SEEK_SET));
    printf(" %c", getc(f));
    printf(" %lld", (long long)ftello(f));
    printf(" %d", fgetpos(f, &place));
    rewind(f);
    printf(" %d", fsetpos(f, &place));
    printf(" %lld\n", (long long)ftello(f));
    fclose(f);
}

static int show(const char *path, const struct stat *st, int type)
{
    if (type == FTW_F)
        printf("%s %lld\n", path, (long long)st->st_size);
    return 0;
}

static int show_all(const char *path, const struct stat *st, int type, struct FTW *where)
{
    return where->level == 1 ? show(path, st, type) : 0;
}

/* What opendir opened, read by both functions in turn: ".", ".." and the file, each once. */
static void names(void)
{
    DIR *directory = opendir(".");
    int n = 0, lengths = 0;
    for (;; n++) {
        struct dirent *plain = n % 2 ? NULL : readdir(directory);
        struct dirent64 *large = n % 2 ? readdir64(directory) : NULL;
        if (!plain && !large)
            break;
        lengths += (int)strlen(plain ? plain->d_name : large->d_name);
    }
    printf("%d %d\n", n, lengths);
    closedir(directory);
}

int main(void)
{
    char directory[60];
    sprintf(directory, "large_files.%ld", (long)getpid());
    if (mkdir(directory, 0700) != 0 || chdir(directory) != 0)
        return 1;
    descriptors("big");
    statuses("big");
    streams("big");
    ftw(".", show, 5);
    nftw(".", show_all, 5, FTW_PHYS);
    names();
    unlink("big");
    return chdir("..") != 0 || rmdir(directory) != 0;
}
