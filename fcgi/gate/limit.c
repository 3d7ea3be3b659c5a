/* limit: a file mapped by all processes, in it words that are changed whole.
 * A word is the time at which its bucket is full again (the generic cell rate
 * algorithm) and a part of its owner's name. */

#include "gate/limit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"

enum {
	BUCKETS = 1 << 16,
	KNOWN = 1 << 18,
	WAYS = 8,       /* places that a name may take */
	TIME_BITS = 40, /* milliseconds of 34 years */
	TRIES = 4,
};

struct shared {
	_Atomic uint64_t buckets[BUCKETS];
	_Atomic uint32_t known[KNOWN];
};

struct limit {
	struct shared *shared;
	uint64_t key[2];
};

static const uint64_t time_mask = (UINT64_C(1) << TIME_BITS) - 1;

/* Memory is set aside now: a full disk must not kill us later. */
static struct shared *
map_file(const char *path)
{
	const int fd =
	    open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	void *memory = MAP_FAILED;

	if (fd < 0)
		return NULL;
	errno = posix_fallocate(fd, 0, sizeof(struct shared));
	if (errno == 0)
		memory = mmap(NULL, sizeof(struct shared),
		    PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return memory == MAP_FAILED ? NULL : memory;
}

static struct shared *
map_own(void)
{
	void *memory = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	must(memory != MAP_FAILED);
	return memory;
}

struct limit *
limit_open(const char *path, const unsigned char secret[SECRET_DIGEST])
{
	static struct limit limit;

	memcpy(limit.key, secret, sizeof(limit.key));
	limit.shared = map_file(path);
	if (limit.shared == NULL) {
		log_event(LOG_WARN, "limit.no-file", "file=%s why=%s", path,
		    strerror(errno));
		limit.shared = map_own();
	}
	return &limit;
}

static uint64_t
turn(uint64_t word, int bits)
{
	return word << bits | word >> (64 - bits);
}

/* SipHash-2-4 (Aumasson, Bernstein 2012). */
static void
rounds(uint64_t v[4], int count)
{
	while (count-- > 0) {
		v[0] += v[1];
		v[2] += v[3];
		v[1] = turn(v[1], 13) ^ v[0];
		v[3] = turn(v[3], 16) ^ v[2];
		v[0] = turn(v[0], 32) + v[3];
		v[2] += v[1];
		v[3] = turn(v[3], 21) ^ v[0];
		v[1] = turn(v[1], 17) ^ v[2];
		v[2] = turn(v[2], 32);
	}
}

static void
put(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	rounds(v, 2);
	v[0] ^= word;
}

uint64_t
limit_name(
    const struct limit *limit, uint64_t kind, const void *bytes, size_t n)
{
	const unsigned char *at = bytes;
	uint64_t v[4] = { limit->key[0] ^ UINT64_C(0x736f6d6570736575),
		limit->key[1] ^ UINT64_C(0x646f72616e646f6d),
		limit->key[0] ^ UINT64_C(0x6c7967656e657261),
		limit->key[1] ^ UINT64_C(0x7465646279746573) };
	uint64_t last = 0;

	put(v, kind);
	for (size_t left = n; left >= 8; left -= 8, at += 8) {
		uint64_t word;

		memcpy(&word, at, sizeof(word));
		put(v, word);
	}
	memcpy(&last, at, n % 8);
	put(v, last | (uint64_t)(n + sizeof(kind)) << 56);
	v[2] ^= 0xff;
	rounds(v, 4);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static uint64_t
tag_of(uint64_t name)
{
	return (name & ~time_mask) | (name < UINT64_C(1) << TIME_BITS);
}

struct place {
	_Atomic uint64_t *word;
	uint64_t seen;
};

/* The name's own place or, when it has none, the one that has been full for
 * the longest time: who was there is forgotten. */
static struct place
find(const struct limit *limit, uint64_t name)
{
	_Atomic uint64_t *row =
	    &limit->shared->buckets[name % (BUCKETS / WAYS) * WAYS];
	struct place best = { row, atomic_load(row) };

	for (size_t i = 0; i < WAYS; i++) {
		const uint64_t seen = atomic_load(&row[i]);

		if ((seen & ~time_mask) == (tag_of(name) & ~time_mask))
			return (struct place){ &row[i], seen };
		if ((seen & time_mask) < (best.seen & time_mask))
			best = (struct place){ &row[i], seen };
	}
	return best;
}

/* When the bucket is full again. A time that no count could have made is of
 * another start of the machine. */
static int64_t
full_at(const struct limit_rule *rule, const struct place *place, uint64_t name,
    int64_t now_ms)
{
	const int64_t time = (int64_t)(place->seen & time_mask);

	if ((place->seen & ~time_mask) != (tag_of(name) & ~time_mask) ||
	    time > now_ms + rule->each_ms * rule->burst)
		return now_ms;
	return time > now_ms ? time : now_ms;
}

static int64_t
wait_of(const struct limit_rule *rule, int64_t full, int64_t now_ms)
{
	const int64_t wait =
	    full + rule->each_ms - now_ms - rule->each_ms * rule->burst;

	return wait > 0 ? wait : 0;
}

int64_t
limit_wait(const struct limit *limit, const struct limit_rule *rule,
    uint64_t name, int64_t now_ms)
{
	const struct place place = find(limit, name);

	return wait_of(rule, full_at(rule, &place, name, now_ms), now_ms);
}

int64_t
limit_take(struct limit *limit, const struct limit_rule *rule, uint64_t name,
    int64_t now_ms)
{
	for (int i = 0; i < TRIES && rule->each_ms > 0; i++) {
		struct place place = find(limit, name);
		const int64_t full = full_at(rule, &place, name, now_ms);
		const int64_t wait = wait_of(rule, full, now_ms);

		if (wait > 0)
			return wait;
		if (atomic_compare_exchange_strong(place.word, &place.seen,
			(tag_of(name) & ~time_mask) |
			    (uint64_t)(full + rule->each_ms)))
			break;
	}
	return 0;
}

static _Atomic uint32_t *
known_row(const struct limit *limit, uint64_t name)
{
	return &limit->shared->known[(name >> 32) % (KNOWN / WAYS) * WAYS];
}

static uint32_t
known_tag(uint64_t name)
{
	return (uint32_t)name == 0 ? 1 : (uint32_t)name;
}

bool
limit_knows(const struct limit *limit, uint64_t name)
{
	_Atomic uint32_t *row = known_row(limit, name);

	for (size_t i = 0; i < WAYS; i++)
		if (atomic_load_explicit(&row[i], memory_order_relaxed) ==
		    known_tag(name))
			return true;
	return false;
}

/* The newest comes first, the last of the row is forgotten. */
void
limit_learn(struct limit *limit, uint64_t name)
{
	_Atomic uint32_t *row = known_row(limit, name);
	uint32_t tag = known_tag(name);

	for (size_t i = 0; i < WAYS && tag != 0; i++) {
		const uint32_t before = atomic_exchange_explicit(
		    &row[i], tag, memory_order_relaxed);

		tag = before == known_tag(name) ? 0 : before;
	}
}
