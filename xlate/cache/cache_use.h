/* cache_use.h -- what is known of units beside their code: when they were last used, which ones were hot.
 *
 * Days and counts: eviction and statistics go by them.
 *
 * One file a build beside its segments, apart from the code: a page of counts, then a table of days, one for all keys that are the same
 * modulo its size. Runners read it when they end and write what differs, so that a process that uses what was used
 * today writes nothing but its counts. All of it is a hint: processes that write at the same time may lose counts, a full disk
 * loses days, and nothing else depends on it.
 */
#ifndef XLATE_CACHE_USE_H
#define XLATE_CACHE_USE_H

#include <stdbool.h>
#include <stdint.h>

enum { CACHE_USE_SLOTS = 1 << 17 };

struct cache_counts { uint64_t processes, found, requested; };  /* units: found in the cache, asked of the translator */

struct cache_use { int fd; };

/* False: there is no such file (and none could be made), or it is not ours to read. */
bool cache_use_open(struct cache_use *u, int dir, bool write);
void cache_use_close(struct cache_use *u);

uint16_t cache_use_today(void);
uint16_t cache_use_day(const struct cache_use *u, uint64_t key);
void cache_use_mark(const struct cache_use *u, uint64_t key, uint16_t day);
struct cache_counts cache_use_counts(const struct cache_use *u);
void cache_use_count(const struct cache_use *u, const struct cache_counts *more);

/* Which units were hot: a program that runs again has them translated at once, or looked up before it has interpreted them for long. One
 * file for all builds, found by the lookup key, which has nothing of the translator in it: after an upgrade it is as good as before. Two
 * keys in 2^15 that share a place are taken for each other, which costs a translation too many. */
struct cache_hot { int fd; };
enum { CACHE_HOT_SLOTS = 1 << 17 };
#define CACHE_HOT_NAME "units.hot"

bool cache_hot_open(struct cache_hot *h, int dir, bool write);
void cache_hot_close(struct cache_hot *h);
bool cache_hot_has(const struct cache_hot *h, uint64_t key);
void cache_hot_add(const struct cache_hot *h, uint64_t key);

/* The file's table mapped, for one who keeps no descriptor; NULL when there is none. Reading it may fault as the file's pages do. Then what
 * lies at a key's place is to be compared with its tag. */
const uint16_t *cache_hot_map(int dir);
uint16_t cache_hot_tag(uint64_t key);
uint64_t cache_hot_place(uint64_t key);

#endif
