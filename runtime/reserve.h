/* reserve.h -- reservations of lwarx and ldarx, and the conditional stores that end them. [ISA II 1.7.3]
 *
 * A reservation is lost when anybody else stores to its granule, even if the old value comes back: lock-free lists rest on that.
 * So a conditional store succeeds only when, since the load,
 *
 *   no other conditional store to the granule succeeded: each granule has a version that every successful one raises, and
 *   the value in memory is unchanged: the store is a compare-and-swap, so it and others' ordinary stores never mix.
 *
 * A version is locked, by adding the thread's owner word to it, from its comparison to the end of the swap. A load never waits
 * for that: when the holder's store succeeds, the version will differ; when it fails, nothing happened.
 *
 * Not seen: ordinary stores that leave the reserved bytes as they were (of the same value, of values that change back, or
 * elsewhere in the granule), and conditional stores by other processes to shared memory where the value changes back.
 * Ordinary stores are a plain host instruction here; to see each would cost every store of every program.
 */
#ifndef RUNTIME_RESERVE_H
#define RUNTIME_RESERVE_H

#include <stdbool.h>
#include "runtime/cpu.h"

/* The granule is POWER4's and 5's cache line. Granules share versions by hash: that can make a store fail, never succeed. */
enum { RESERVE_GRANULE_SHIFT = 7, RESERVE_VERSIONS = 4096 };

/* The word: bit 0 says locked, 41 bits count, the rest is the holder's thread id. */
struct reserve_version {
    uint64_t value;
} __attribute__((aligned(64)));

#define RESERVE_VERSION_STEP UINT64_C(2)
#define RESERVE_VERSION_MASK ((UINT64_C(1) << 42) - 2)
#define RESERVE_OWNER(tid) ((uint64_t)(tid) << 42 | 1)

extern struct reserve_version reserve_versions[RESERVE_VERSIONS];

static inline uint64_t *reserve_version(uint64_t ea)
{
    uint64_t granule = ea >> RESERVE_GRANULE_SHIFT;
    return &reserve_versions[(granule ^ granule >> 12) % RESERVE_VERSIONS].value;
}

static inline uint64_t reserve_peek(const uint8_t *p, unsigned bytes)
{
    switch (bytes) {
    case 4:  return __builtin_bswap32(__atomic_load_n((const uint32_t *)p, __ATOMIC_ACQUIRE));
    case 8:  return __builtin_bswap64(__atomic_load_n((const uint64_t *)p, __ATOMIC_ACQUIRE));
    case 2:  return __builtin_bswap16(__atomic_load_n((const uint16_t *)p, __ATOMIC_ACQUIRE));
    default: return __atomic_load_n(p, __ATOMIC_ACQUIRE);
    }
}

#define RESERVE_SWAP(type, swap)                                                                \
    ({                                                                                          \
        type seen_ = (type)swap((type)seen), value_ = (type)swap((type)value);                  \
        __atomic_compare_exchange_n((type *)p, &seen_, value_, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
    })
#define RESERVE_BYTE(x) (x)

static inline bool reserve_swap(uint8_t *p, uint64_t seen, uint64_t value, unsigned bytes)
{
    switch (bytes) {
    case 4:  return RESERVE_SWAP(uint32_t, __builtin_bswap32);
    case 8:  return RESERVE_SWAP(uint64_t, __builtin_bswap64);
    case 2:  return RESERVE_SWAP(uint16_t, __builtin_bswap16);
    default: return RESERVE_SWAP(uint8_t, RESERVE_BYTE);
    }
}

/* `p` is the host address of ea in both. */
static inline uint64_t reserve_load(struct cpu *cpu, uint64_t ea, const uint8_t *p, unsigned bytes)
{
    uint64_t version = __atomic_load_n(reserve_version(ea), __ATOMIC_ACQUIRE), value = reserve_peek(p, bytes);

    cpu->reserve_ea = ea;
    cpu->reserve_size = bytes;
    cpu->reserve_value = value;
    cpu->reserve_version = version & RESERVE_VERSION_MASK;
    return value;
}

/* The swap may fault: reserve_abandon() then unlocks. */
static inline bool reserve_store(struct cpu *cpu, uint64_t ea, uint8_t *p, uint64_t value, unsigned bytes)
{
    uint64_t *lock = reserve_version(ea), version = cpu->reserve_version, expected = version;
    bool stored = false;

    if (cpu->reserve_ea == ea && cpu->reserve_size == bytes &&
        __atomic_compare_exchange_n(lock, &expected, version | cpu->reserve_owner, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) {
        stored = reserve_swap(p, cpu->reserve_value, value, bytes);
        if (stored)
            version = (version + RESERVE_VERSION_STEP) & RESERVE_VERSION_MASK;
        __atomic_store_n(lock, version, __ATOMIC_RELEASE);
    }
    cpu->reserve_ea = CPU_NO_RESERVATION;
    return stored;
}

void reserve_thread_init(struct cpu *cpu, int tid);
void reserve_abandon(struct cpu *cpu);          /* the thread's conditional store faulted */
void reserve_after_fork(void);                  /* in the child: locks of threads that are not here */

#endif
