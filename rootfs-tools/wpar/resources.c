/* resources.c -- see resources.h.
 *
 * Percentages are of this machine. When both shares and a percentage are set, the percentage decides. Linux counts threads where AIX
 * counts processes and threads: the smaller of the two limits holds for threads. Not mapped, kept and shown only: minima, CPU soft
 * maxima, shares_memory, procVirtMem, totalLargePages, pct_pinMem.
 */
#include "rootfs-tools/wpar/resources.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CPU_PERIOD = 100000, MSG_IDS = 32000, SEM_IDS = 32000, SHM_IDS = 4096 };

struct limits { unsigned minimum, soft, hard; };

/* "m%-S%,H%", checked when it was set. */
static struct limits limits_of(const struct definition *d, enum attribute a)
{
    struct limits l;
    char *p = (char *)definition_get(d, a);
    l.minimum = (unsigned)strtoul(p, &p, 10);
    l.soft = (unsigned)strtoul(p + 2, &p, 10);
    l.hard = (unsigned)strtoul(p + 2, &p, 10);
    return l;
}

/* 0 for "unlimited". */
static unsigned long count_of(const struct definition *d, enum attribute a) { return strtoul(definition_get(d, a), NULL, 10); }

static json_int_t memory_part(unsigned percent)
{
    return (json_int_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE) / 100 * percent;
}

static void add_cpu(json_t *all, const struct definition *d)
{
    struct limits cpu = limits_of(d, ATTR_resources_CPU);
    const char *set = definition_get(d, ATTR_resources_rset);
    unsigned long shares = count_of(d, ATTR_resources_shares_CPU);
    json_t *part = json_object();
    if (cpu.hard < 100) {
        json_object_set_new(part, "period", json_integer(CPU_PERIOD));
        json_object_set_new(part, "quota", json_integer((json_int_t)CPU_PERIOD * sysconf(_SC_NPROCESSORS_ONLN) * cpu.hard / 100));
    } else if (shares) {
        json_object_set_new(part, "shares", json_integer((json_int_t)(shares < 2 ? 2 : shares)));
    }
    if (*set)
        json_object_set_new(part, "cpus", json_string(set));
    json_object_set_new(all, "cpu", part);
}

static void add_memory(json_t *all, const struct definition *d)
{
    struct limits memory = limits_of(d, ATTR_resources_memory);
    json_t *part = json_object();
    const char *total = definition_get(d, ATTR_resources_totalVirtMem);
    if (memory.hard < 100)
        json_object_set_new(part, "limit", json_integer(memory_part(memory.hard)));
    if (memory.soft < memory.hard)
        json_object_set_new(part, "reservation", json_integer(memory_part(memory.soft)));
    if (strcmp(total, "unlimited") != 0) {
        json_int_t bytes = (json_int_t)strtoul(total, NULL, 10) << (strchr(total, 'G') ? 30 : 20);
        json_object_set_new(part, "swap", json_integer(bytes));
        if (!json_object_get(part, "limit"))
            json_object_set_new(part, "limit", json_integer(bytes));
    }
    json_object_set_new(all, "memory", part);
}

json_t *resources_json(const struct definition *d)
{
    json_t *all = json_object();
    if (!definition_is(d, ATTR_resources_active))
        return all;
    add_cpu(all, d);
    add_memory(all, d);
    unsigned long processes = count_of(d, ATTR_resources_totalProcesses), threads = count_of(d, ATTR_resources_totalThreads);
    unsigned long least = !processes ? threads : !threads || processes < threads ? processes : threads;
    if (least)
        json_object_set_new(all, "pids", json_pack("{s:I}", "limit", (json_int_t)least));
    return all;
}

json_t *resources_sysctl(const struct definition *d)
{
    json_t *all = json_object();
    unsigned long msg = count_of(d, ATTR_resources_pct_msgIDs), sem = count_of(d, ATTR_resources_pct_semIDs),
                  shm = count_of(d, ATTR_resources_pct_shmIDs);
    if (!definition_is(d, ATTR_resources_active))
        return all;
    if (msg < 100)
        json_object_set_new(all, "kernel.msgmni", json_sprintf("%lu", MSG_IDS * msg / 100));
    if (sem < 100)
        json_object_set_new(all, "kernel.sem", json_sprintf("32000 1024000000 500 %lu", SEM_IDS * sem / 100));
    if (shm < 100)
        json_object_set_new(all, "kernel.shmmni", json_sprintf("%lu", SHM_IDS * shm / 100));
    return all;
}

unsigned long resources_ptys(const struct definition *d)
{
    return definition_is(d, ATTR_resources_active) ? count_of(d, ATTR_resources_totalPTYs) : 0;
}
