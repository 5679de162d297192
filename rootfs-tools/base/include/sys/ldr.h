/* sys/ldr.h -- the system loader [aix-abi 2.6]. */
#ifndef _H_LDR
#define _H_LDR

#define L_NOAUTODEFER   1
#define L_LIBPATH_EXEC  2
#define L_GETMESSAGES   1
#define L_GETINFO       2
#define L_GETLIBPATH    3
#define L_GETKERNINFO   4
#define L_GETLIB32INFO  5
#define L_GETLIB64INFO  6
#define L_GETPROCINFO   7
#define L_GETXINFO      8

struct ld_info {
    unsigned int ldinfo_next;
#ifdef __64BIT__
    unsigned int ldinfo_flags;
#endif
    int ldinfo_fd;
    void *ldinfo_textorg;
    unsigned long ldinfo_textsize;
    void *ldinfo_dataorg;
    unsigned long ldinfo_datasize;
    char ldinfo_filename[2];
};

int (*load(char *, unsigned int, char *))(void);
int loadquery(int, void *, unsigned int);

#endif
