/* procinfo.h -- entries of the process table, as getprocs64 gives them.
 *
 * Names and meaning are those of the manual page; the layout is this project's own, since the real one is not public: a
 * program built elsewhere passes another size and is told ENOSYS. The fields are those that getprocs64 fills.
 */
#ifndef _H_PROCINFO
#define _H_PROCINFO

#include <sys/types.h>

#define MAXCOMLEN 32

struct procentry64 {
    pid_t pi_pid, pi_ppid, pi_pgrp, pi_sid;
    uid_t pi_uid;
    char pi_comm[MAXCOMLEN + 1]; /* name of the program file, cut off */
};

int getprocs64(struct procentry64 *, int, void *, int, pid_t *, int);

#endif
