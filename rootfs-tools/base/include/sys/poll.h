/* sys/poll.h -- waiting for descriptors [aix-abi 4.9]. The high half of nfds counts message queues. */
#ifndef _H_POLL
#define _H_POLL

typedef unsigned long nfds_t;
struct pollfd {
    int fd;
    unsigned short events, revents;
};

#define POLLIN     0x0001
#define POLLNORM   POLLIN
#define POLLOUT    0x0002
#define POLLWRNORM POLLOUT
#define POLLPRI    0x0004
#define POLLRDNORM 0x0010
#define POLLRDBAND 0x0020
#define POLLWRBAND 0x0040
#define POLLMSG    0x0080
#define POLLHUP    0x2000
#define POLLERR    0x4000
#define POLLNVAL   0x8000

int poll(struct pollfd *, nfds_t, int);

#endif
