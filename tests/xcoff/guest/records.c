/* records.c -- utmp records and the lists of /etc: getutent and its like in files of this test; reentrant look-ups. Expected: IBM's
 * manual for getutent and gethostbyname_r; the addresses of this machine's localhost. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>
#include <utmp.h>

static void add(const char *user, const char *id, const char *line, int type)
{
    struct utmp u = { .ut_type = (short)type, .ut_pid = 100 + type, .ut_time = 1000000 };
    strncpy(u.ut_user, user, sizeof u.ut_user);
    strncpy(u.ut_id, id, sizeof u.ut_id);
    strncpy(u.ut_line, line, sizeof u.ut_line);
    printf("put %s\n", pututline(&u) ? user : "failed");
}

static void list(void)
{
    struct utmp *u;
    setutent();
    while ((u = getutent()))
        printf("%s %s %s %d %d\n", u->ut_user, u->ut_id, u->ut_line, u->ut_type, (int)u->ut_pid);
}

static void who(void)
{
    struct utmp wanted = { .ut_line = "pts/1" };
    char name[32];
    snprintf(name, sizeof name, "records.%d", (int)getpid());
    FILE *f = fopen(name, "w");
    fclose(f);
    utmpname(name);
    add("reboot", "", "system boot", BOOT_TIME);
    add("login", "p1", "pts/1", LOGIN_PROCESS);
    add("anna", "p2", "pts/2", USER_PROCESS);
    add("bert", "p1", "pts/1", USER_PROCESS);
    list();
    setutent();
    struct utmp *u = getutline(&wanted);
    printf("on pts/1: %s\n", u ? u->ut_user : "nobody");
    endutent();
    f = fopen(name, "a");             /* a record that was cut off is none */
    fputs("half", f);
    fclose(f);
    list();
    printf("%d\n", (int)(sizeof wanted));
    endutent();
    remove(name);
}

static void hosts(void)
{
    struct hostent host;
    static struct hostent_data data;
    char text[64];
    printf("%d", gethostbyname_r("127.0.0.2", &host, &data));
    printf(" %s %s\n", host.h_name, inet_ntop(host.h_addrtype, host.h_addr, text, sizeof text));
    int count = 0;
    sethostent(0);
    while (gethostent())
        count++;
    endhostent();
    printf("hosts %d\n", count > 0);
    printf("no such net %d\n", getnetbyname("no such net") == NULL);
}

int main(void)
{
    timebasestruct_t a, b;
    who();
    hosts();
    read_real_time(&a, TIMEBASE_SZ);
    read_real_time(&b, TIMEBASE_SZ);
    time_base_to_time(&a, TIMEBASE_SZ);
    time_base_to_time(&b, TIMEBASE_SZ);
    printf("forward %d\n", b.tb_high > a.tb_high || (b.tb_high == a.tb_high && b.tb_low >= a.tb_low));
    return 0;
}
