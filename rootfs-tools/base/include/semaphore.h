/* semaphore.h -- POSIX semaphores: sem_t is an int [aix-abi 5.3]. */
#ifndef _H_SEMAPHORE
#define _H_SEMAPHORE

#include <limits.h>
#include <sys/types.h>
#include <sys/time_types.h>

typedef int sem_t;
#define SEM_FAILED ((sem_t *)-1)    /* recalled */

int sem_init(sem_t *, int, unsigned int);
int sem_destroy(sem_t *);
int sem_wait(sem_t *);
int sem_trywait(sem_t *);
int sem_timedwait(sem_t *__restrict, const struct timespec *__restrict);
int sem_post(sem_t *);
int sem_getvalue(sem_t *__restrict, int *__restrict);
sem_t *sem_open(const char *, int, ...);
int sem_close(sem_t *);
int sem_unlink(const char *);

#endif
