/* sys_system.c -- what machine this is: uname, host name, processors [aix-abi 4.13]. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"
#include "syscalls/kernel_pages.h"
#include "syscalls/options.h"

/* The machine id of AIX: "00" + six digits of the machine's own + "4C00". Ours come from the host's machine id, so that
 * they stay the same from boot to boot and differ between hosts; from the host's name where there is no machine id. */
static uint32_t machine_number(void)
{
    char text[128] = "";
    close_file FILE *f = fopen("/etc/machine-id", "re");
    if (!f || !fgets(text, sizeof text, f))
        gethostname(text, sizeof text - 1);
    uint32_t hash = 2166136261u;
    for (const char *p = text; *p && *p != '\n'; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    return hash & 0xFFFFFF;
}

int64_t sys_uname(struct thread *t, gva out)
{
    struct aix_utsname g = { 0 };
    struct utsname h;
    uname(&h);
    strcpy(g.sysname, "AIX");
    strcpy(g.version, "5");
    snprintf(g.release, sizeof g.release, "%s", syscall_options.release);
    snprintf(g.nodename, sizeof g.nodename, "%.31s", h.nodename);
    snprintf(g.machine, sizeof g.machine, "00%06X4C00", machine_number());
    return copyout(out, &g, sizeof g);
}

int64_t sys_unamex(struct thread *t, gva out)
{
    struct aix_xutsname g = { 0 };
    be_put(&g.nid, machine_number());
    be_put(&g.longnid, machine_number());
    return copyout(out, &g, sizeof g);
}

static int64_t name_copyout(const char *name, gva out, int size)
{
    size_t length = strlen(name) + 1;
    if (size < 0)
        return -EINVAL;
    return copyout(out, name, length < (size_t)size ? length : (size_t)size);
}

typedef int set_name(const char *name, size_t length);

static int64_t name_copyin(set_name *set, gva in, int size)
{
    char name[256];
    if (size < 0 || size > (int)sizeof name)
        return -EINVAL;
    if (copyin(name, in, (size_t)size) < 0)
        return -EFAULT;
    return host_result(set(name, strnlen(name, (size_t)size)));
}

int64_t sys_gethostname(struct thread *t, gva out, int size)
{
    struct utsname h;
    uname(&h);
    return name_copyout(h.nodename, out, size);
}

/* The host says "(none)" where AIX has an empty name. */
int64_t sys_getdomainname(struct thread *t, gva out, int size)
{
    struct utsname h;
    uname(&h);
    return name_copyout(strcmp(h.domainname, "(none)") ? h.domainname : "", out, size);
}

int64_t sys_sethostname(struct thread *t, gva in, int size) { return name_copyin(sethostname, in, size); }
int64_t sys_setdomainname(struct thread *t, gva in, int size) { return name_copyin(setdomainname, in, size); }
int64_t sys_gethostid(struct thread *t) { return machine_number(); }

int64_t sys___vwpar_ncpus(struct thread *t) { return (int64_t)host_cpus(); }

int64_t sys___vwpar_physpages(struct thread *t)
{
    int64_t pages = sysconf(_SC_PHYS_PAGES);
    return !guest.is64 && pages > INT32_MAX ? INT32_MAX : pages;
}

int64_t sys_sysconfig(struct thread *t, int cmd, gva parameter, int length) { return -EINVAL; }
int64_t sys_sys_parm(struct thread *t, int cmd, int which, gva value) { return -EINVAL; }
