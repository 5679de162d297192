/* layout_check.c -- sizes and offsets that programs have compiled in, asserted for both widths [aix-abi 4]. No code. */
#include <stdio.h>
#include <setjmp.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <netdb.h>
#include <utmp.h>
#include <net/if.h>
#include <sys/systemcfg.h>
#include <pthread.h>
#define S(t,a,b) _Static_assert(sizeof(t)==(sizeof(long)==8?(b):(a)),#t)
#define O(t,f,a,b) _Static_assert(offsetof(t,f)==(sizeof(long)==8?(b):(a)),#t #f)
S(FILE,32,88);
O(FILE,_cnt,4,40);
O(FILE,_flag,16,52);
S(jmp_buf,256,680);
S(struct stat,116,176);
O(struct stat,st_size,28,168);
O(struct stat,st_atime,32,48);
O(struct stat,st_mtime,40,64);
O(struct stat,st_ctime,48,80);
O(struct stat,st_blksize,56,96);
O(struct stat,st_vfstype,64,112);
O(struct stat,st_reserved,80,128);
S(struct stat64,128,176);
O(struct stat64,st_size,120,168);
S(struct stat64x,176,176);
O(struct stat64x,st_size,40,40);
O(struct stat64x,st_blksize,96,96);
O(struct stat64x,st_vfstype,112,112);
O(struct dirent,d_name,12,20);
O(struct dirent64,d_name,20,20);
S(struct flock,24,32);
S(struct flock64,32,32);
S(struct sigaction,16,48);
S(stack_t,28,40);
S(siginfo_t,64,64);
S(struct termios,32,32);
S(struct sockaddr_un,1025,1025);
S(struct sockaddr_in6,28,28);
S(struct msghdr,28,48);
O(struct addrinfo,ai_addr,24,32);
O(struct addrinfo,ai_eflags,32,48);
S(struct mstsave,592,592);
S(struct __context64,576,576);
O(ucontext_t,uc_mcontext,16,48);
O(ucontext_t,uc_link,608,624);
O(ucontext_t,uc_stack,612,632);
O(ucontext_t,__extctx,640,672);
O(ucontext_t,__extctx_magic,644,680);
S(struct statfs,132,176);
S(struct utmp,648,648);
S(struct ifreq,40,40);
O(struct _system_configuration,physmem,128,128);
S(struct timeval,8,16);
S(pthread_mutex_t,52,64);
S(struct sockaddr_storage,1280,1280);
