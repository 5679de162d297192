/* fshelp.h -- what helpers of file systems include: programs take it for mntctl and its records. */
#ifndef _H_FSHELP
#define _H_FSHELP

#include <sys/mntctl.h>
#include <sys/types.h>
#include <sys/vmount.h>

#endif
