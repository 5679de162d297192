/* small_things.c -- functions of one line each, AIX's and POSIX's. Expected: IBM's manual and POSIX, by hand. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <malloc.h>
#include <math.h>
#include <monetary.h>
#include <net/if.h>
#include <regex.h>
#include <resolv.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/timeb.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static int scan(const wchar_t *s, const wchar_t *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vswscanf(s, format, args);
    va_end(args);
    return n;
}

static void numbers(void)
{
    char three[6], text[100];
    int back[2], from[2] = { 70000, -2 }, a = 0, b = 0;
    printf("%s %s", ltostr(-255, 16), "");
    printf("%s ", ultostr(35, 36));
    printf("%s\n", ulltostr(18446744073709551615ull, 10));
    ltol3(three, from, 2);
    l3tol(back, three, 2);
    printf("%d %d, %d %d %d\n", back[0], back[1], rpmatch("Yes"), rpmatch("no"), rpmatch("?"));
    printf("%d %d", itrunc(-3.9), itrunc(1e20));
    printf(" %u %u %g", uitrunc(-1), uitrunc(3.9), nearest(2.5));
    printf(" %d %d %d\n", class(-0.0), class(INFINITY), unordered(NAN, 1));
    printf("%" PRIdMAX " %Lg\n", wcstoimax(L"-123x", NULL, 10), wcstold(L"2.5", NULL));
    int n = scan(L"12 34", L"%d %d", &a, &b);
    printf("%d %d %d\n", n, a, b);
    strfmon(text, sizeof text, "[%n] [%=*#6.2n] [%(#4n] [%-12n] [%!i] %%", 1234.567, 1234.5, -12.25, 3.5, 7.0);
    printf("%s\n", text);
    printf("%d\n", (int)strfmon(text, 3, "%n", 12345.0));
}

static void files(void)
{
    char name[32] = "small.XXXXXX", path[64];
    struct stat st;
    printf("%d", mkdtemp(name) == name && stat(name, &st) == 0 && S_ISDIR(st.st_mode) && (st.st_mode & 0777) == 0700);
    snprintf(path, sizeof path, "%s/file", name);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    int rc = posix_fallocate(fd, 100, 10000);
    fstat(fd, &st);
    printf(" %d %d", rc, (int)st.st_size);
    printf(" %d %d", posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL), posix_fadvise(fd, 0, 0, 99) == EINVAL);
    printf(" %d", posix_fadvise(99, 0, 0, POSIX_FADV_NORMAL) == EBADF);
    printf(" %d %d\n", (int)writex(fd, "abc", 3, 0), (int)readx(fd, path, 4, 0));
    close(fd);
    snprintf(path, sizeof path, "%s/file", name);
    unlink(path);
    rmdir(name);
}

static void names(void)
{
    unsigned char message[64], packed[64];
    char name[64];
    unsigned index = if_nametoindex("lo0");
    if (!index)
        index = if_nametoindex("lo");
    printf("%d %d", index > 0, if_indextoname(index, name) == name && name[0] == 'l');
    printf(" %d", if_nametoindex("no such") == 0 && errno == ENXIO);
    struct if_nameindex *list = if_nameindex();
    printf(" %d\n", list && list[0].if_name);
    if_freenameindex(list);
    int n = dn_comp("www.example.org", packed, sizeof packed, NULL, NULL);
    printf("%d %d", n, dn_skipname(packed, packed + n));
    n = dn_expand(packed, packed + n, packed, name, sizeof name);
    printf(" %d %s", n, name);
    n = res_mkquery(QUERY, "a.b", C_IN, T_MX, NULL, 0, NULL, (char *)message, sizeof message);
    printf(" %d %02x%02x %d\n", n, message[2], message[5], dn_comp("a..b", packed, sizeof packed, NULL, NULL));
    static const unsigned char loop[] = { 0xC0, 0 };
    printf("%d\n", dn_expand(loop, loop + 2, loop, name, sizeof name));
}

static void others(void)
{
    struct timeb t;
    struct mallinfo before = mallinfo();
    void *volatile p = malloc(50000);
    struct mallinfo with = mallinfo();
    printf("%d", with.uordblks >= before.uordblks + 50000);
    free(p);
    printf(" %d\n", ftime(&t) == 0 && t.time > 1000000000 && t.millitm < 1000);
    char *bad = re_comp("\\(");
    printf("%d %d", bad != NULL, re_comp("a.*c") == NULL);
    printf(" %d %d\n", re_exec("xxabbcxx"), re_exec("nothing"));
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    numbers();
    files();
    names();
    others();
    return 0;
}
