/* libc_files.c -- files, directories, locks, positions, waiting on pipes. Expected output: the same source built for
 * the host. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

static char top[PATH_MAX];

static const char *why(int failed)
{
    return !failed            ? "ok"
           : errno == ENOENT  ? "ENOENT"
           : errno == EEXIST  ? "EEXIST"
           : errno == ENOTDIR ? "ENOTDIR"
           : errno == EBADF   ? "EBADF"
           : errno == EISDIR  ? "EISDIR"
           : errno == EINVAL  ? "EINVAL"
           : errno == ELOOP   ? "ELOOP"
           : errno == ESPIPE  ? "ESPIPE"
           : errno == EAGAIN  ? "EAGAIN"
           : errno == ENOTTY  ? "ENOTTY"
                              : "other";
}

static void reading_and_writing(void)
{
    char buffer[64] = "";
    int fd = open("data", O_RDWR | O_CREAT | O_EXCL, 0640);
    struct iovec out[2] = {{"hello, ", 7}, {"world\n", 6}};

    printf("open %d, again %s\n", fd >= 0, why(open("data", O_CREAT | O_EXCL | O_RDWR, 0600) < 0));
    printf("writev %d\n", (int)writev(fd, out, 2));
    printf("lseek %ld end %ld\n", (long)lseek(fd, 7, SEEK_SET), (long)lseek(fd, -6, SEEK_END));
    printf("read %d %.5s\n", (int)read(fd, buffer, 5), buffer);
    printf("pwrite %d at %ld\n", (int)pwrite(fd, "W", 1, 7), (long)lseek(fd, 0, SEEK_CUR));
    printf("pread %d %.5s\n", (int)pread(fd, buffer, 5, 7), buffer);
    printf("ftruncate %d size %ld\n", ftruncate(fd, 4), (long)lseek(fd, 0, SEEK_END));
    printf("bad whence %s, bad fd %s\n", why(lseek(fd, 0, 99) < 0), why(read(99, buffer, 1) < 0));
    int copy = dup(fd), wanted = dup2(fd, 20);
    printf("dup %d %d cloexec %d", copy > fd, wanted, fcntl(copy, F_GETFD));
    fcntl(copy, F_SETFD, FD_CLOEXEC);
    printf(" %d", fcntl(copy, F_GETFD));
    printf(" append %d", (fcntl(fd, F_GETFL) & O_APPEND) != 0);
    fcntl(fd, F_SETFL, O_APPEND);
    printf(" %d accmode %d\n", (fcntl(copy, F_GETFL) & O_APPEND) != 0, fcntl(copy, F_GETFL) & O_ACCMODE);
    printf("lowest dup %d\n", fcntl(fd, F_DUPFD, 30));
    printf("isatty %d %s\n", isatty(fd), why(!isatty(fd)));
    close(copy), close(wanted), close(30);
    printf("fsync %d close %d again %s\n", fsync(fd), close(fd), why(close(fd) < 0));
}

static void status(void)
{
    struct stat st, link_st;
    struct utimbuf times = {1000000000, 1100000000};

    printf("stat %d mode %o size %ld nlink %d reg %d\n", stat("data", &st), (int)st.st_mode, (long)st.st_size,
           (int)st.st_nlink, S_ISREG(st.st_mode));
    printf("link %s symlink %s\n", why(link("data", "hard")), why(symlink("data", "soft")));
    printf("lstat %d link %d size %ld", lstat("soft", &link_st), S_ISLNK(link_st.st_mode), (long)link_st.st_size);
    stat("hard", &link_st);
    printf(" same %d nlink %d\n", st.st_ino == link_st.st_ino && st.st_dev == link_st.st_dev, (int)link_st.st_nlink);
    char text[16] = "";
    printf("readlink %d %s, of a file %s\n", (int)readlink("soft", text, sizeof text), text,
           why(readlink("data", text, 9) < 0));
    printf("utime %d", utime("data", &times));
    stat("data", &st);
    printf(" %ld %ld\n", (long)st.st_atime, (long)st.st_mtime);
    struct timespec precise[2] = {{5, 6000}, {7, 8000}};
    printf("utimensat %d", utimensat(AT_FDCWD, "data", precise, 0));
    stat("data", &st);
    printf(" %ld %ld\n", (long)st.st_atime, (long)st.st_mtime);
    printf("chmod %d", chmod("data", 04711));
    stat("data", &st);
    printf(" %o access %s %s\n", (int)st.st_mode & 07777, why(access("data", F_OK)), why(access("none", F_OK)));
    printf("missing %s, through a file %s\n", why(stat("none", &st)), why(stat("data/x", &st)));
    printf("umask %o %o\n", (int)umask(027), (int)umask(022));
    printf("rename %s unlink %s rmdir of a file %s\n", why(rename("hard", "harder")), why(unlink("harder")),
           why(rmdir("data")));
    printf("fifo %d %d\n", mkfifo("fifo", 0600), stat("fifo", &st) == 0 && S_ISFIFO(st.st_mode));
}

static int not_dot(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void directories(void)
{
    char name[32];
    struct dirent **list, *entry;
    int count = 0, n;

    printf("mkdir %s again %s\n", why(mkdir("d", 0755)), why(mkdir("d", 0755)));
    for (int i = 0; i < 300; i++) {
        sprintf(name, "d/file-%03d", i);
        close(open(name, O_CREAT | O_WRONLY, 0600));
    }
    DIR *dir = opendir("d");
    while ((entry = readdir(dir)))
        count++;
    rewinddir(dir);
    n = 0;
    while ((entry = readdir(dir)) && n < 100)
        n++;
    long place = telldir(dir);
    entry = readdir(dir);
    strcpy(name, entry->d_name);
    for (n = 0; n < 20; n++)
        readdir(dir);
    seekdir(dir, place);
    entry = readdir(dir);
    printf("entries %d seekdir %d close %d\n", count, strcmp(name, entry->d_name) == 0, closedir(dir));
    printf("opendir of a file %s, of nothing %s\n", why(!opendir("data")), why(!opendir("none")));
    n = scandir("d", &list, not_dot, alphasort);
    printf("scandir %d %s %s\n", n, list[0]->d_name, list[n - 1]->d_name);
    for (int i = 0; i < n; i++)
        free(list[i]);
    free(list);
    printf("rmdir full %d\n", rmdir("d") < 0 && errno == ENOTEMPTY);
    int at = open("d", O_RDONLY);
    struct stat st;
    printf("fstatat %d unlinkat %d %s openat %d\n", fstatat(at, "file-000", &st, 0), unlinkat(at, "file-000", 0),
           why(unlinkat(at, "file-000", 0)), openat(at, "file-001", O_RDONLY) > 0);
    close(at);
    for (int i = 1; i < 300; i++) {
        sprintf(name, "d/file-%03d", i);
        unlink(name);
    }
    char cwd[PATH_MAX], real[PATH_MAX];
    printf("chdir %d", chdir("d"));
    getcwd(cwd, sizeof cwd);
    printf(" cwd %s", cwd + strlen(top));
    printf(" realpath %s", realpath("../soft", real) + strlen(top));
    printf(" fail %s", why(!realpath("../none/x", real)));
    symlink("loop", "loop");
    printf(" %s\n", why(!realpath("loop", real)));
    unlink("loop");
    chdir("..");
    printf("rmdir %s\n", why(rmdir("d")));
}

static void locks(void)
{
    int fd = open("data", O_RDWR), to[2];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 5};
    char answer[64] = "";

    printf("lock %d\n", fcntl(fd, F_SETLK, &lock));
    fflush(stdout);
    pipe(to);
    if (fork() == 0) {
        struct flock ask = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0};
        fcntl(fd, F_GETLK, &ask);
        sprintf(answer, "held %d start %ld len %ld by parent %d set %s", ask.l_type == F_WRLCK, (long)ask.l_start,
                (long)ask.l_len, ask.l_pid == getppid(), fcntl(fd, F_SETLK, &lock) < 0 ? "refused" : "granted");
        write(to[1], answer, sizeof answer);
        _exit(0);
    }
    read(to[0], answer, sizeof answer);
    printf("%s\n", answer);
    lock.l_type = F_UNLCK;
    printf("unlock %d lockf %d\n", fcntl(fd, F_SETLK, &lock), lockf(fd, F_TLOCK, 0));
    close(fd), close(to[0]), close(to[1]);
}

static void large(void)
{
    int fd = open64("large", O_RDWR | O_CREAT, 0600);
    struct stat64 st;
    char c = 0;

    printf("lseek64 %lld", (long long)lseek64(fd, 5000000000LL, SEEK_SET));
    write(fd, "x", 1);
    printf(" fstat64 %d size %lld", fstat64(fd, &st), (long long)st.st_size);
    printf(" pread64 %d %c", (int)pread64(fd, &c, 1, 5000000000LL), c);
    printf(" ftruncate64 %d", ftruncate64(fd, 4294967299LL));
    stat64("large", &st);
    printf(" %lld\n", (long long)st.st_size);
    close(fd);
    unlink("large");
}

static void waiting(void)
{
    int p[2];
    struct pollfd fds[2];
    struct timeval none = {0, 0};
    fd_set in, out;

    pipe(p);
    fds[0] = (struct pollfd){p[0], POLLIN, 0};
    fds[1] = (struct pollfd){p[1], POLLOUT, 0};
    printf("poll %d in %d out %d\n", poll(fds, 2, 0), fds[0].revents == 0, fds[1].revents == POLLOUT);
    FD_ZERO(&in); FD_ZERO(&out);
    FD_SET(p[0], &in); FD_SET(p[1], &out);
    printf("select %d", select(p[1] + 1, &in, &out, NULL, &none));
    printf(" in %d out %d\n", FD_ISSET(p[0], &in), FD_ISSET(p[1], &out));
    write(p[1], "abc", 3);
    printf("poll %d in %d\n", poll(fds, 1, 1000), fds[0].revents == POLLIN);
    FD_ZERO(&in); FD_SET(p[0], &in);
    printf("select %d %d\n", select(p[0] + 1, &in, NULL, NULL, &none), FD_ISSET(p[0], &in));
    printf("seek in a pipe %s\n", why(lseek(p[0], 0, SEEK_SET) < 0));
    close(p[1]);
    char buffer[8];
    printf("read %d", (int)read(p[0], buffer, 8));
    printf(" hangup %d", poll(fds, 1, 0));
    printf(" %d eof %d\n", (fds[0].revents & POLLHUP) != 0, (int)read(p[0], buffer, 8));
    close(p[0]);
    printf("poll of a closed descriptor %d", poll(fds, 1, 0));
    printf(" %d\n", fds[0].revents == POLLNVAL);
    pipe(p);
    fcntl(p[0], F_SETFL, O_NONBLOCK);
    printf("nonblocking %s\n", why(read(p[0], buffer, 1) < 0));
    close(p[0]), close(p[1]);
}

int main(void)
{
    char here[] = "/tmp/libc_files.XXXXXX";
    int fd = mkstemp(here);

    printf("mkstemp %d %d\n", fd >= 0, strncmp(here, "/tmp/libc_files.", 16));
    close(fd);
    unlink(here);
    umask(022);
    if (mkdir(here, 0700) < 0 || chdir(here) < 0)
        return 1;
    realpath(here, top);
    reading_and_writing();
    status();
    directories();
    locks();
    large();
    waiting();
    unlink("data"), unlink("soft"), unlink("fifo");
    chdir("/");
    printf("end %s\n", why(rmdir(here)));
    return 0;
}
