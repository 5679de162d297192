/* reserve.c -- the versions of granules, and what becomes of their locks when the holder cannot go on. */
#include "runtime/reserve.h"

struct reserve_version reserve_versions[RESERVE_VERSIONS];

void reserve_thread_init(struct cpu *cpu, int tid)
{
    cpu->reserve_ea = CPU_NO_RESERVATION;
    cpu->reserve_versions = reserve_versions;
    cpu->reserve_owner = RESERVE_OWNER(tid);
}

void reserve_abandon(struct cpu *cpu)
{
    uint64_t *lock = reserve_version(cpu->reserve_ea), locked = cpu->reserve_version | cpu->reserve_owner;

    __atomic_compare_exchange_n(lock, &locked, cpu->reserve_version, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
}

void reserve_after_fork(void)
{
    for (unsigned i = 0; i < RESERVE_VERSIONS; i++)
        if (reserve_versions[i].value & ~RESERVE_VERSION_MASK)
            reserve_versions[i].value = (reserve_versions[i].value + RESERVE_VERSION_STEP) & RESERVE_VERSION_MASK;
}
