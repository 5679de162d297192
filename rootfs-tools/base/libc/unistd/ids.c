/* ids.c -- who a process is: ids of the process, its group, session, user and group.
 */
#include <unistd.h>
#include <sys/id.h>
#include "../include/kernel.h"

pid_t getpid(void) { return _getpid(); }
pid_t getppid(void) { return _getppid(); }
pid_t getpgrp(void) { return _getpgrp(); }
pid_t getpgid(pid_t pid) { return kgetpgidx(pid); }
pid_t getsid(pid_t pid) { return kgetsidx(pid); }
int setpgid(pid_t pid, pid_t group) { return _setpgid(pid, group); }
pid_t setsid(void) { return _setsid(); }
uid_t getuid(void) { return getuidx(ID_REAL); }
uid_t geteuid(void) { return getuidx(ID_EFFECTIVE); }
gid_t getgid(void) { return getgidx(ID_REAL); }
gid_t getegid(void) { return getgidx(ID_EFFECTIVE); }
int setegid(gid_t gid) { return setgidx(ID_EFFECTIVE, gid); }

pid_t setpgrp(void)
{
    return _setpgid(0, 0) < 0 ? -1 : _getpgrp();
}

int setregid(gid_t real, gid_t effective)
{
    if (real != (gid_t)-1 && setgidx(ID_REAL | ID_SAVED, real) < 0)
        return -1;
    return effective == (gid_t)-1 ? 0 : setgidx(ID_EFFECTIVE, effective);
}
