/* sys/un.h -- local sockets: 1023 bytes of path. */
#ifndef _H_UN
#define _H_UN

#include <sys/types.h>

struct sockaddr_un {
    unsigned char sun_len, sun_family;
    char sun_path[1023];
};
#define SUN_LEN(su) (sizeof(*(su)) - sizeof((su)->sun_path) + strlen((su)->sun_path))

#endif
