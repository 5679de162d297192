/* lswpar_ps.h -- the processes of this machine that belong to WPARs, with their WPARs' names: `lswpar --ps`. */
#ifndef ROOTFS_TOOLS_LSWPAR_PS_H
#define ROOTFS_TOOLS_LSWPAR_PS_H

#include "rootfs-tools/wpar/lswpar_fields.h"

/* A line a process: name, pid here, pid inside, seconds of processor time, command. */
void print_processes(const struct listed *wpars, size_t count, bool header);

#endif
