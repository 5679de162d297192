/* sys/wait.h -- children [aix-abi 4.5]. */
#ifndef _H_WAIT
#define _H_WAIT

#include <sys/types.h>
#include <sys/resource.h>
#include <signal.h>

#define WNOHANG    1
#define WUNTRACED  2
#define WEXITED    4
#define WNOWAIT    0x10
#define WCONTINUED 0x01000000
#define WSTOPPED   WUNTRACED

#define WIFEXITED(s)    (((s) & 0xff) == 0)
#define WEXITSTATUS(s)  (WIFEXITED(s) ? ((s) >> 8) & 0xff : -1)
#define WIFSTOPPED(s)   (((s) & 0xff) != 0 && ((s) & 0x40) != 0)
#define WSTOPSIG(s)     (WIFSTOPPED(s) ? ((s) >> 8) & 0xff : -1)
#define WIFSIGNALED(s)  (((s) & 0xff) != 0 && ((s) & 0x40) == 0)
#define WTERMSIG(s)     (WIFSIGNALED(s) ? ((s) >> 16) & 0xff : -1)
#define WCOREDUMP(s)    ((s) & 0x80)
#define WIFCONTINUED(s) (((s) & WCONTINUED) != 0)

typedef enum { P_ALL = 0, P_PID = 1, P_PGID = 2 } idtype_t;

pid_t wait(int *);
pid_t wait3(int *, int, struct rusage *);
pid_t wait4(pid_t, int *, int, struct rusage *);
pid_t waitpid(pid_t, int *, int);
int waitid(idtype_t, id_t, siginfo_t *, int);

#endif
