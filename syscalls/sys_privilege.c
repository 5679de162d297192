/* sys_privilege.c -- privileges, auditing, tracing and user information as on a system where none of it is set up
 * [IBM's manual: getpriv, setpriv, privcheck, auditlog, usrinfo, trcgen, profil].
 *
 * The effective user decides, as on AIX 5: root has every privilege, others none. Auditing and tracing are never on.
 */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "runtime/host.h"
#include "syscalls/handlers.h"
#include "syscalls/path.h"

/* --- privileges: a set is 8 bytes --------------------------------------------------------------------------------- */

enum { PRIVILEGE_SET = 8 };

int64_t sys_getpriv(struct thread *t, int which, gva set, int size)
{
    uint8_t bits[PRIVILEGE_SET];
    if (size < PRIVILEGE_SET)
        return -EINVAL;
    memset(bits, geteuid() == 0 ? 0xFF : 0, sizeof bits);
    return copyout(set, bits, sizeof bits);
}

int64_t sys_setpriv(struct thread *t, int which, gva set, int size)
{
    uint8_t bits[PRIVILEGE_SET], none[PRIVILEGE_SET] = { 0 };
    if (size != PRIVILEGE_SET)
        return -EINVAL;
    if (copyin(bits, set, sizeof bits) < 0)
        return -EFAULT;
    return geteuid() == 0 || memcmp(bits, none, sizeof bits) == 0 ? 0 : -EPERM;
}

int64_t sys_privcheck(struct thread *t, int privilege) { return geteuid() == 0 ? 0 : -EPERM; }

/* --- auditing, tracing, profiling --------------------------------------------------------------------------------- */

int64_t sys_auditlog(struct thread *t, gva event, int result, gva record, int size)
{
    enum { EVENT_NAME = 16 };
    char name[EVENT_NAME + 1];
    if (geteuid() != 0)
        return -EPERM;
    int rc = copyinstr(name, event, sizeof name);
    return rc == -ENAMETOOLONG || size < 0 ? -EINVAL : rc;
}

int64_t sys_trcgent(struct thread *t, int channel, uint32_t hook, uint32_t data, int size, gva buffer) { return 0; }
int64_t sys_trcgen(struct thread *t, int channel, uint32_t hook, uint32_t data, int size, gva buffer) { return 0; }
int64_t sys_trchk(struct thread *t, uint32_t hook) { return 0; }
int64_t sys_trchkt(struct thread *t, uint32_t hook) { return 0; }
int64_t sys_trchkl(struct thread *t, uint32_t hook, uint32_t data) { return 0; }
int64_t sys_trchklt(struct thread *t, uint32_t hook, uint32_t data) { return 0; }

int64_t sys_trchkg(struct thread *t, uint32_t hook, uint32_t d1, uint32_t d2, uint32_t d3, uint32_t d4, uint32_t d5)
{
    return 0;
}

int64_t sys_trchkgt(struct thread *t, uint32_t hook, uint32_t d1, uint32_t d2, uint32_t d3, uint32_t d4, uint32_t d5)
{
    return 0;
}

int64_t sys_utrchook_sc(struct thread *t, uint32_t hook, uint32_t d1, uint32_t d2, uint32_t d3, uint32_t d4, uint32_t d5)
{
    return 0;
}

int64_t sys_utrchook(struct thread *t, uint32_t hook, uint32_t d1, uint32_t d2, uint32_t d3, uint32_t d4, uint32_t d5)
{
    return 0;
}

int64_t sys_profil(struct thread *t, gva buffer, uint64_t size, gva offset, uint32_t scale) { return 0; }

/* --- user information: "NAME=value" strings, an empty one ends them ----------------------------------------------- */

enum { GETUINFO = 1, SETUINFO = 2, UINFOSIZ = 64 };

static atomic_uchar user_information[UINFOSIZ];
static atomic_bool known;

/* The user's name out of the guest's /etc/passwd; without one it is left empty. */
static void user_name(char *name, size_t size)
{
    close_path struct host_path p;
    char line[512];
    name[0] = '\0';
    int fd = path_lookup_text(AIX_AT_FDCWD, "/etc/passwd", true, &p) < 0 ? -1 : path_open(&p, O_RDONLY | O_CLOEXEC, 0);
    close_file FILE *f = fd < 0 ? NULL : fdopen(fd, "r");
    while (f && fgets(line, sizeof line, f)) {
        char *rest = line;
        const char *user = strsep(&rest, ":"), *id = strsep(&rest, ":") ? strsep(&rest, ":") : NULL;
        if (id && strtoul(id, NULL, 10) == getuid()) {
            snprintf(name, size, "%s", user);
            return;
        }
    }
}

/* What login sets: NAME and TTY. */
static void make_information(char text[UINFOSIZ])
{
    char name[UINFOSIZ / 2 - 8], tty[UINFOSIZ / 2 - 8] = "";
    user_name(name, sizeof name);
    if (ttyname_r(0, tty, sizeof tty) != 0)
        tty[0] = '\0';
    int n = snprintf(text, UINFOSIZ / 2, "NAME=%s", name);
    snprintf(text + n + 1, UINFOSIZ / 2 - 1, "TTY=%s", tty);
}

/* The last two bytes stay 0: they end the list. */
static void set_information(const char text[UINFOSIZ])
{
    for (int i = 0; i < UINFOSIZ - 2; i++)
        atomic_store(&user_information[i], (unsigned char)text[i]);
    atomic_store(&known, true);
}

static int64_t get_user_information(gva buffer, int count)
{
    char text[UINFOSIZ] = { 0 };
    if (!atomic_load(&known)) {
        make_information(text);
        set_information(text);
    }
    for (int i = 0; i < UINFOSIZ; i++)
        text[i] = (char)atomic_load(&user_information[i]);
    if (count > UINFOSIZ)
        count = UINFOSIZ;
    return copyout(buffer, text, (size_t)count) < 0 ? -EFAULT : count;
}

int64_t sys_usrinfo(struct thread *t, int command, gva buffer, int count)
{
    char text[UINFOSIZ] = { 0 };
    if (count < 0 || (command != GETUINFO && command != SETUINFO))
        return -EINVAL;
    if (command == GETUINFO)
        return get_user_information(buffer, count);
    if (geteuid() != 0)
        return -EPERM;
    if (count > UINFOSIZ)
        return -EINVAL;
    if (copyin(text, buffer, (size_t)count) < 0)
        return -EFAULT;
    set_information(text);
    return count;
}
