/* keys.c -- thread-specific data, and once. */
#include "thread.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

enum { DESTRUCTOR_ROUNDS = 4, ONCE_STATE = 0, ONCE_RUNNING = 1, ONCE_DONE = 0x444f4e45 };

struct key {
    int used;
    unsigned generation;
    void (*destructor)(void *);
};

static struct key keys[KEY_COUNT];
static int keys_lock;

/* Values are kept in groups, made when first set. */
static void **slot(struct tcb *t, pthread_key_t key, int make)
{
    void ***group = &t->keys[key / KEY_GROUP];
    if (!*group && make)
        *group = calloc(KEY_GROUP, sizeof **group);
    return *group ? &(*group)[key % KEY_GROUP] : NULL;
}

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    lock(&keys_lock);
    unsigned i = 0;
    while (i < PTHREAD_KEYS_MAX && keys[i].used)
        i++;
    if (i < PTHREAD_KEYS_MAX) {
        keys[i].used = 1;
        keys[i].destructor = destructor;
    }
    unlock(&keys_lock);
    if (i == PTHREAD_KEYS_MAX)
        return EAGAIN;
    *key = i;
    return 0;
}

static void forget_value(struct tcb *t, unsigned key)
{
    void **value = slot(t, key, 0);
    if (value)
        *value = NULL;
}

int pthread_key_delete(pthread_key_t key)
{
    if (key >= KEY_COUNT || !keys[key].used)
        return EINVAL;
    threads_each(forget_value, key); /* the number may be given out again: nobody may then see an old value */
    lock(&keys_lock);
    keys[key].used = 0;
    keys[key].destructor = NULL;
    unlock(&keys_lock);
    return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
    void **value = key < KEY_COUNT ? slot(thread_self(), key, 0) : NULL;
    return value ? *value : NULL;
}

int pthread_setspecific(pthread_key_t key, const void *value)
{
    if (key >= KEY_COUNT || !keys[key].used)
        return EINVAL;
    void **place = slot(thread_self(), key, value != NULL);
    if (!place)
        return value ? ENOMEM : 0;
    *place = (void *)value;
    return 0;
}

void thread_run_destructors(struct tcb *t)
{
    int found = 1;
    for (int round = 0; round < DESTRUCTOR_ROUNDS && found; round++) {
        found = 0;
        for (pthread_key_t key = 0; key < KEY_COUNT; key++) {
            void **place = slot(t, key, 0), *value = place ? *place : NULL;
            void (*destructor)(void *) = keys[key].destructor;
            if (!value || !destructor)
                continue;
            *place = NULL;
            destructor(value);
            found = 1;
        }
    }
    for (unsigned i = 0; i < KEY_COUNT / KEY_GROUP; i++) {
        free(t->keys[i]);
        t->keys[i] = NULL;
    }
}

int pthread_once(pthread_once_t *once, void (*routine)(void))
{
    int *state = &words(once)[ONCE_STATE], seen = __atomic_load_n(state, __ATOMIC_ACQUIRE);
    while (seen != ONCE_DONE) {
        if (seen != ONCE_RUNNING) {
            if (!__atomic_compare_exchange_n(state, &seen, ONCE_RUNNING, 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE))
                continue;
            routine();
            __atomic_store_n(state, ONCE_DONE, __ATOMIC_RELEASE);
            __vwpar_futex_wake(state, 0x7fffffff, 0);
            return 0;
        }
        futex_wait(state, ONCE_RUNNING, NULL, 0);
        seen = __atomic_load_n(state, __ATOMIC_ACQUIRE);
    }
    return 0;
}
