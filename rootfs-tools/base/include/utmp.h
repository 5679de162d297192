/* utmp.h -- who is logged in: the record of 5.3 and later, 648 bytes [aix-abi 4.13]. */
#ifndef _H_UTMP
#define _H_UTMP

#include <sys/types.h>

#define UTMP_FILE "/etc/utmp"
#define WTMP_FILE "/var/adm/wtmp"
struct exit_status {
    short e_termination, e_exit;
};
struct utmp {
    char ut_user[256], ut_id[14], ut_line[64];
    pid_t ut_pid;
    short ut_type;
#ifdef __64BIT__
    time_t ut_time;
#else
    int __time_t_space;
    time_t ut_time;
#endif
    struct exit_status ut_exit;
    char ut_host[256];
    int __dbl_word_pad, __reservedA[2], __reservedV[6];
};
#define ut_name ut_user
#define EMPTY 0
#define RUN_LVL 1
#define BOOT_TIME 2
#define OLD_TIME 3
#define NEW_TIME 4
#define INIT_PROCESS 5
#define LOGIN_PROCESS 6
#define USER_PROCESS 7
#define DEAD_PROCESS 8
#define ACCOUNTING 9

void endutent(void);
struct utmp *getutent(void);
struct utmp *getutid(struct utmp *);
struct utmp *getutline(struct utmp *);
struct utmp *pututline(struct utmp *);
void setutent(void);
int utmpname(char *);

#endif
