/* sys/utsname.h -- names of the system; release is the minor and version the major number [aix-abi 4.13]. */
#ifndef _H_UTSNAME
#define _H_UTSNAME

#define SYS_NMLN 32
struct utsname {
    char sysname[SYS_NMLN], nodename[SYS_NMLN], release[SYS_NMLN], version[SYS_NMLN], machine[SYS_NMLN];
};
struct xutsname {
    unsigned int nid;
    int reserved;
    unsigned long long longnid;
};
int uname(struct utsname *);
int unamex(struct xutsname *);

#endif
