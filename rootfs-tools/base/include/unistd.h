/* unistd.h -- processes and files [aix-abi 4.4, 4.14: _SC_ and _PC_ numbers]. */
#ifndef _H_UNISTD
#define _H_UNISTD

#include <stddef.h>
#include <sys/types.h>

#define _POSIX_VERSION  200112L
#define _POSIX2_VERSION 200112L
#define _XOPEN_VERSION  600
#define _POSIX_JOB_CONTROL 1
#define _POSIX_SAVED_IDS 1
#define _POSIX_ADVISORY_INFO            200112L
#define _POSIX_ASYNCHRONOUS_IO          200112L
#define _POSIX_BARRIERS                 200112L
#define _POSIX_CLOCK_SELECTION          200112L
#define _POSIX_CPUTIME                  200112L
#define _POSIX_FSYNC                    200112L
#define _POSIX_MAPPED_FILES             200112L
#define _POSIX_MEMLOCK                  200112L
#define _POSIX_MEMLOCK_RANGE            200112L
#define _POSIX_MEMORY_PROTECTION        200112L
#define _POSIX_MESSAGE_PASSING          200112L
#define _POSIX_MONOTONIC_CLOCK          200112L
#define _POSIX_PRIORITY_SCHEDULING      200112L
#define _POSIX_READER_WRITER_LOCKS      200112L
#define _POSIX_REALTIME_SIGNALS         200112L
#define _POSIX_SEMAPHORES               200112L
#define _POSIX_SHARED_MEMORY_OBJECTS    200112L
#define _POSIX_SPIN_LOCKS               200112L
#define _POSIX_THREADS                  200112L
#define _POSIX_THREAD_ATTR_STACKADDR    200112L
#define _POSIX_THREAD_ATTR_STACKSIZE    200112L
#define _POSIX_THREAD_CPUTIME           200112L
#define _POSIX_THREAD_PRIO_INHERIT      200112L
#define _POSIX_THREAD_PRIO_PROTECT      200112L
#define _POSIX_THREAD_PRIORITY_SCHEDULING 200112L
#define _POSIX_THREAD_PROCESS_SHARED    200112L
#define _POSIX_THREAD_SAFE_FUNCTIONS    200112L
#define _POSIX_TIMEOUTS                 200112L
#define _POSIX_TIMERS                   200112L
#define _POSIX_VDISABLE 0xff
#define STDIN_FILENO  0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define F_ULOCK 0
#define F_LOCK  1
#define F_TLOCK 2
#define F_TEST  3
#define ACC_SELF    0x00
#define ACC_INVOKER 0x01
#define ACC_OTHERS  0x08
#define ACC_ALL     0x20

#define _SC_ARG_MAX                      0
#define _SC_CHILD_MAX                    1
#define _SC_CLK_TCK                      2
#define _SC_NGROUPS_MAX                  3
#define _SC_OPEN_MAX                     4
#define _SC_STREAM_MAX                   5
#define _SC_TZNAME_MAX                   6
#define _SC_JOB_CONTROL                  7
#define _SC_SAVED_IDS                    8
#define _SC_VERSION                      9
#define _SC_BC_BASE_MAX                  23
#define _SC_BC_DIM_MAX                   24
#define _SC_BC_SCALE_MAX                 25
#define _SC_BC_STRING_MAX                26
#define _SC_EXPR_NEST_MAX                28
#define _SC_LINE_MAX                     29
#define _SC_RE_DUP_MAX                   30
#define _SC_2_VERSION                    31
#define _SC_2_C_DEV                      32
#define _SC_2_FORT_DEV                   33
#define _SC_2_FORT_RUN                   34
#define _SC_2_LOCALEDEF                  35
#define _SC_2_SW_DEV                     36
#define _SC_PASS_MAX                     45
#define _SC_XOPEN_VERSION                46
#define _SC_ATEXIT_MAX                   47
#define _SC_PAGE_SIZE                    48
#define _SC_COLL_WEIGHTS_MAX             50
#define _SC_2_C_BIND                     51
#define _SC_2_C_VERSION                  52
#define _SC_2_UPE                        53
#define _SC_2_CHAR_TERM                  54
#define _SC_XOPEN_SHM                    55
#define _SC_XOPEN_CRYPT                  56
#define _SC_XOPEN_ENH_I18N               57
#define _SC_IOV_MAX                      58
#define _SC_THREAD_SAFE_FUNCTIONS        59
#define _SC_THREADS                      60
#define _SC_THREAD_ATTR_STACKADDR        61
#define _SC_THREAD_ATTR_STACKSIZE        62
#define _SC_THREAD_PRIORITY_SCHEDULING   64
#define _SC_THREAD_PRIO_INHERIT          65
#define _SC_THREAD_PRIO_PROTECT          66
#define _SC_THREAD_PROCESS_SHARED        67
#define _SC_THREAD_KEYS_MAX              68
#define _SC_THREAD_STACK_MIN             69
#define _SC_THREAD_THREADS_MAX           70
#define _SC_NPROCESSORS_CONF             71
#define _SC_NPROCESSORS_ONLN             72
#define _SC_XOPEN_UNIX                   73
#define _SC_AIO_LISTIO_MAX               75
#define _SC_AIO_MAX                      76
#define _SC_AIO_PRIO_DELTA_MAX           77
#define _SC_ASYNCHRONOUS_IO              78
#define _SC_DELAYTIMER_MAX               79
#define _SC_FSYNC                        80
#define _SC_GETGR_R_SIZE_MAX             81
#define _SC_GETPW_R_SIZE_MAX             82
#define _SC_LOGIN_NAME_MAX               83
#define _SC_MAPPED_FILES                 84
#define _SC_MEMLOCK                      85
#define _SC_MEMLOCK_RANGE                86
#define _SC_MEMORY_PROTECTION            87
#define _SC_MESSAGE_PASSING              88
#define _SC_MQ_OPEN_MAX                  89
#define _SC_MQ_PRIO_MAX                  90
#define _SC_PRIORITIZED_IO               91
#define _SC_PRIORITY_SCHEDULING          92
#define _SC_REALTIME_SIGNALS             93
#define _SC_RTSIG_MAX                    94
#define _SC_SEMAPHORES                   95
#define _SC_SEM_NSEMS_MAX                96
#define _SC_SEM_VALUE_MAX                97
#define _SC_SHARED_MEMORY_OBJECTS        98
#define _SC_SIGQUEUE_MAX                 99
#define _SC_SYNCHRONIZED_IO              100
#define _SC_THREAD_DESTRUCTOR_ITERATIONS 101
#define _SC_TIMERS                       102
#define _SC_TIMER_MAX                    103
#define _SC_TTY_NAME_MAX                 104
#define _SC_XOPEN_XCU_VERSION            109
#define _SC_PHYS_PAGES                   113
#define _SC_AVPHYS_PAGES                 114
#define _SC_HOST_NAME_MAX                126
#define _SC_REGEXP                       127
#define _SC_SHELL                        128
#define _SC_SYMLOOP_MAX                  129
#define _SC_ADVISORY_INFO                130
#define _SC_BARRIERS                     138
#define _SC_CLOCK_SELECTION              139
#define _SC_CPUTIME                      140
#define _SC_MONOTONIC_CLOCK              141
#define _SC_READER_WRITER_LOCKS          142
#define _SC_SPAWN                        143
#define _SC_SPIN_LOCKS                   144
#define _SC_SPORADIC_SERVER              145
#define _SC_THREAD_CPUTIME               146
#define _SC_THREAD_SPORADIC_SERVER       147
#define _SC_TIMEOUTS                     148
#define _SC_TYPED_MEMORY_OBJECTS         153
#define _SC_PAGESIZE                     _SC_PAGE_SIZE
#define _PC_CHOWN_RESTRICTED             10
#define _PC_LINK_MAX                     11
#define _PC_MAX_CANON                    12
#define _PC_MAX_INPUT                    13
#define _PC_NAME_MAX                     14
#define _PC_NO_TRUNC                     15
#define _PC_PATH_MAX                     16
#define _PC_PIPE_BUF                     17
#define _PC_VDISABLE                     18
#define _PC_ASYNC_IO                     19
#define _PC_SYNC_IO                      20
#define _PC_PRIO_IO                      21
#define _PC_FILESIZEBITS                 22
#define _PC_SYMLINK_MAX                  25
#define _PC_ALLOC_SIZE_MIN               26
#define _CS_PATH 1              /* recalled */

extern char **environ;
extern char *optarg;
extern int optind, opterr, optopt;

int access(const char *, int);
int accessx(const char *, int, int);
int faccessx(int, int, int);
int faccessat(int, const char *, int, int);
unsigned int alarm(unsigned int);
int brk(void *);
int chdir(const char *);
int chown(const char *, uid_t, gid_t);
int chroot(const char *);
int close(int);
size_t confstr(int, char *, size_t);
char *crypt(const char *, const char *);
int dup(int);
int dup2(int, int);
int execl(const char *, const char *, ...);
int execle(const char *, const char *, ...);
int execlp(const char *, const char *, ...);
int execv(const char *, char *const[]);
int execve(const char *, char *const[], char *const[]);
int execvp(const char *, char *const[]);
_Noreturn void _exit(int);
int fchdir(int);
int fchown(int, uid_t, gid_t);
pid_t fork(void);
pid_t vfork(void);
long fpathconf(int, int);
int fsync(int);
int fsync_range(int, int, off_t, off_t) __LARGE(fsync_range);
int fsync_range64(int, int, off64_t, off64_t);
int fdatasync(int);
int ftruncate(int, off_t) __LARGE(ftruncate);
int ftruncate64(int, off64_t);
char *getcwd(char *, size_t);
char *getwd(char *);
int getdomainname(char *, int);
int setdomainname(char *, int);
int getdtablesize(void);
gid_t getegid(void);
uid_t geteuid(void);
gid_t getgid(void);
int getgroups(int, gid_t[]);
long gethostid(void);
int gethostname(char *, size_t);
char *getlogin(void);
int getlogin_r(char *, size_t);
int getopt(int, char *const *, const char *);
int getpagesize(void);
char *getpass(const char *);
pid_t getpgid(pid_t);
pid_t getpgrp(void);
pid_t getpid(void);
pid_t getppid(void);
pid_t getsid(pid_t);
uid_t getuid(void);
int isatty(int);
int lchown(const char *, uid_t, gid_t);
int link(const char *, const char *);
int lockf(int, int, off_t) __LARGE(lockf);
int lockf64(int, int, off64_t);
off_t lseek(int, off_t, int) __LARGE(lseek);
off64_t lseek64(int, off64_t, int);
int nice(int);
long pathconf(const char *, int);
int pause(void);
int pipe(int[2]);
ssize_t pread(int, void *, size_t, off_t) __LARGE(pread);
ssize_t pread64(int, void *, size_t, off64_t);
ssize_t pwrite(int, const void *, size_t, off_t) __LARGE(pwrite);
ssize_t pwrite64(int, const void *, size_t, off64_t);
ssize_t read(int, void *, size_t);
ssize_t readlink(const char *__restrict, char *__restrict, size_t);
ssize_t readlinkat(int, const char *__restrict, char *__restrict, size_t);
int rename(const char *, const char *);
int renameat(int, const char *, int, const char *);
int rmdir(const char *);
void *sbrk(ptrdiff_t);
int setegid(gid_t);
int seteuid(uid_t);
int setgid(gid_t);
int sethostname(char *, int);
int setpgid(pid_t, pid_t);
pid_t setpgrp(void);
int setregid(gid_t, gid_t);
int setreuid(uid_t, uid_t);
pid_t setsid(void);
int setuid(uid_t);
unsigned int sleep(unsigned int);
int symlink(const char *, const char *);
void sync(void);
long sysconf(int);
pid_t tcgetpgrp(int);
int tcsetpgrp(int, pid_t);
int truncate(const char *, off_t) __LARGE(truncate);
int truncate64(const char *, off64_t);
char *ttyname(int);
int ttyname_r(int, char *, size_t);
unsigned int ualarm(unsigned int, unsigned int);
int unlink(const char *);
int unlinkat(int, const char *, int);
int usleep(useconds_t);
int disclaim(char *, unsigned long, unsigned int);
int yield(void);
ssize_t write(int, const void *, size_t);

#endif
