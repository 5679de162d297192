/* spawn.h -- start xlated from inside a guest process, unseen by the guest. */
#ifndef XLATE_RUN_SPAWN_H
#define XLATE_RUN_SPAWN_H

/* Starts the program as a process of its own (session, empty descriptors, default signals). 0 or a negative errno of the start; the
 * program itself may still fail. */
int spawn_detached(const char *path, char *const argv[]);

#endif
