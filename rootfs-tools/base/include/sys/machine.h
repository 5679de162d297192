/* sys/machine.h -- byte order. */
#ifndef _H_MACHINE
#define _H_MACHINE

#define LITTLE_ENDIAN 1234
#define BIG_ENDIAN    4321
#define PDP_ENDIAN    3412
#define BYTE_ORDER    BIG_ENDIAN

#endif
