/* socket.c -- socket calls whose kernel names differ. The rest is the kernel's own under the same names; the forms with an n
 * before the name carry addresses with a length byte [aix-abi 3.5, 4.8].
 */
#include <sys/socket.h>
#include <netinet/in.h>
#include "../include/kernel.h"

const struct in6_addr in6addr_any = IN6ADDR_ANY_INIT;
const struct in6_addr in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    return connext(fd, address, length);
}
