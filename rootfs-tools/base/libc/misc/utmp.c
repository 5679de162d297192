/* utmp.c -- who is logged in: records of /etc/utmp read in turn, looked up, and put [IBM's manual: getutent]. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <utmp.h>

static char path[256] = UTMP_FILE;
static int fd = -1;
static struct utmp record;
static off_t record_at = -1;

static int open_file(void)
{
    if (fd < 0 && (fd = open(path, O_RDWR)) < 0)
        fd = open(path, O_RDONLY);
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

void endutent(void)
{
    if (fd >= 0)
        close(fd);
    fd = -1;
    record_at = -1;
}

int utmpname(char *name)
{
    if (strlen(name) >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    endutent();
    strcpy(path, name);
    return 0;
}

void setutent(void)
{
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    record_at = -1;
}

struct utmp *getutent(void)
{
    if (open_file() < 0)
        return NULL;
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t n = read(fd, &record, sizeof record);
    if (n != (ssize_t)sizeof record) {
        lseek(fd, at, SEEK_SET);                /* an unfinished record at the end is no record */
        record_at = -1;
        return NULL;
    }
    record_at = at;
    return &record;
}

static int is_mark(int type) { return type == RUN_LVL || type == BOOT_TIME || type == OLD_TIME || type == NEW_TIME; }
static int is_process(int type) { return type >= INIT_PROCESS && type <= DEAD_PROCESS; }

static int same_id(const struct utmp *wanted, const struct utmp *have)
{
    if (is_mark(wanted->ut_type))
        return have->ut_type == wanted->ut_type;
    return is_process(wanted->ut_type) && is_process(have->ut_type) && strncmp(wanted->ut_id, have->ut_id, sizeof have->ut_id) == 0;
}

/* The current record is looked at first: searches go on from where the last one ended. */
struct utmp *getutid(struct utmp *wanted)
{
    struct utmp *u = record_at >= 0 ? &record : getutent();
    while (u && !same_id(wanted, u))
        u = getutent();
    return u;
}

struct utmp *getutline(struct utmp *wanted)
{
    struct utmp *u = record_at >= 0 ? &record : getutent();
    while (u && !((u->ut_type == LOGIN_PROCESS || u->ut_type == USER_PROCESS) &&
                  strncmp(wanted->ut_line, u->ut_line, sizeof u->ut_line) == 0))
        u = getutent();
    return u;
}

/* In the place of the record with the same id, or at the end. */
struct utmp *pututline(struct utmp *new)
{
    static struct utmp copy;
    copy = *new;
    if (!getutid(&copy)) {
        setutent();
        if (!getutid(&copy))
            record_at = open_file() < 0 ? -1 : lseek(fd, 0, SEEK_END) / (off_t)sizeof copy * (off_t)sizeof copy;
    }
    if (record_at < 0 || pwrite(fd, &copy, sizeof copy, record_at) != (ssize_t)sizeof copy)
        return NULL;
    lseek(fd, record_at + (off_t)sizeof copy, SEEK_SET);
    record = copy;
    return &record;
}
