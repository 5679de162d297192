/* attr.c -- attribute objects: a pointer to a block that the init function makes [aix-abi 5.3]. */
#include "thread.h"

#include <errno.h>
#include <stdlib.h>

#define FULL(attr)   ((struct attributes *)*(attr))
#define SIMPLE(attr) ((struct simple_attributes *)*(attr))

/* ---- threads */

int pthread_attr_init(pthread_attr_t *attr)
{
    struct attributes *a = calloc(1, sizeof *a);
    if (!a)
        return ENOMEM;
    a->stack_size = STACK_DEFAULT;
    a->guard_size = PAGE;
    a->detached = PTHREAD_CREATE_JOINABLE;
    a->param.sched_priority = SCHED_PRIORITY_MIN;
    *attr = (pthread_attr_t)a;
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *attr)
{
    if (!attr || !*attr)
        return EINVAL;
    free(*attr);
    *attr = NULL;
    return 0;
}

/* One accessor pair: field, and what a new value must satisfy. */
#define ATTRIBUTE(prefix, object, view, name, type, field, valid)                 \
    int prefix##_get##name(const object *attr, type *value)                       \
    {                                                                             \
        if (!attr || !*attr)                                                      \
            return EINVAL;                                                        \
        *value = view(attr)->field;                                               \
        return 0;                                                                 \
    }                                                                             \
    int prefix##_set##name(object *attr, type value)                              \
    {                                                                             \
        if (!attr || !*attr || !(valid))                                                   \
            return EINVAL;                                                        \
        view(attr)->field = value;                                                \
        return 0;                                                                 \
    }

#define IS_POLICY(v) ((v) == SCHED_OTHER || (v) == SCHED_FIFO || (v) == SCHED_RR)
#define IS_BIT(v)    ((v) == 0 || (v) == 1)

ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, detachstate,  int,    detached,   IS_BIT(value))
ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, stacksize,    size_t, stack_size, value >= STACK_LEAST)
ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, guardsize,    size_t, guard_size, 1)
ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, stackaddr,    void *, stack,      value)
ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, scope,        int,    scope,      IS_BIT(value))
ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, inheritsched, int,    inherit,    IS_BIT(value))
ATTRIBUTE(pthread_attr, pthread_attr_t, FULL, schedpolicy,  int,    policy,     IS_POLICY(value))

int pthread_attr_getschedparam(const pthread_attr_t *attr, struct sched_param *param)
{
    *param = FULL(attr)->param;
    return 0;
}

int pthread_attr_setschedparam(pthread_attr_t *attr, const struct sched_param *param)
{
    if (!attr || !*attr || param->sched_priority < SCHED_PRIORITY_MIN || param->sched_priority > SCHED_PRIORITY_MAX)
        return EINVAL;
    FULL(attr)->param = *param;
    return 0;
}

int pthread_attr_setstack(pthread_attr_t *attr, void *low, size_t size)
{
    if (!low || size < STACK_LEAST)
        return EINVAL;
    FULL(attr)->stack = low;
    FULL(attr)->stack_size = size;
    return 0;
}

int pthread_attr_getstack(const pthread_attr_t *attr, void **low, size_t *size)
{
    *low = FULL(attr)->stack;
    *size = FULL(attr)->stack_size;
    return 0;
}

/* ---- mutexes, conditions, read-write locks, barriers */

static int make_simple(struct __pt_attr **attr)
{
    struct simple_attributes *a = calloc(1, sizeof *a);
    if (!a)
        return ENOMEM;
    a->type = PTHREAD_MUTEX_DEFAULT;
    a->pshared = PTHREAD_PROCESS_PRIVATE;
    a->protocol = PTHREAD_PRIO_NONE;
    a->ceiling = SCHED_PRIORITY_MAX;
    a->clock = CLOCK_REALTIME;
    *attr = (struct __pt_attr *)a;
    return 0;
}

#define SIMPLE_KIND(prefix, object)                                               \
    int prefix##_init(object *attr) { return make_simple(attr); }                 \
    int prefix##_destroy(object *attr)                                            \
    {                                                                             \
        if (!attr || !*attr)                                                      \
            return EINVAL;                                                        \
        free(*attr);                                                              \
        *attr = NULL;                                                             \
        return 0;                                                                 \
    }                                                                             \
    ATTRIBUTE(prefix, object, SIMPLE, pshared, int, pshared, IS_BIT(value))

SIMPLE_KIND(pthread_mutexattr, pthread_mutexattr_t)
SIMPLE_KIND(pthread_condattr, pthread_condattr_t)
SIMPLE_KIND(pthread_rwlockattr, pthread_rwlockattr_t)
SIMPLE_KIND(pthread_barrierattr, pthread_barrierattr_t)
#define IS_TYPE(v)  ((v) >= PTHREAD_MUTEX_ERRORCHECK && (v) <= PTHREAD_MUTEX_NORMAL)
#define IS_PROTOCOL(v) ((v) >= PTHREAD_PRIO_NONE && (v) <= PTHREAD_PRIO_INHERIT)
#define IS_PRIORITY(v) ((v) >= SCHED_PRIORITY_MIN && (v) <= SCHED_PRIORITY_MAX)
#define IS_CLOCK(v) ((v) == CLOCK_REALTIME || (v) == CLOCK_MONOTONIC)

ATTRIBUTE(pthread_mutexattr, pthread_mutexattr_t, SIMPLE, type, int, type, IS_TYPE(value))
ATTRIBUTE(pthread_mutexattr, pthread_mutexattr_t, SIMPLE, protocol, int, protocol, IS_PROTOCOL(value))
ATTRIBUTE(pthread_mutexattr, pthread_mutexattr_t, SIMPLE, prioceiling, int, ceiling, IS_PRIORITY(value))
ATTRIBUTE(pthread_condattr, pthread_condattr_t, SIMPLE, clock, clockid_t, clock, IS_CLOCK(value))
