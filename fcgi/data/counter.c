/* counter: codes without holes. The row stays locked until the transaction
 * ends, so the next one waits and sees whether the number was used. */

#include "data/counter.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "data/work.h"

static const struct db_statement next = { .name = "counter_next",
	.sql = "INSERT INTO counter (name, last) VALUES (?, LAST_INSERT_ID(1))"
	       " ON DUPLICATE KEY UPDATE last = LAST_INSERT_ID(last + 1)" };

static const struct db_statement *const statements[] = { &next };
DB_REGISTER("counter", statements)

enum db_status
counter_next(struct work *work, const char *name, int64_t *number_r)
{
	enum db_status status = db_change(work, &next, DB_ARGS(db_text(name)));

	*number_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}

enum db_status
counter_code(struct work *work, const char *prefix, const char **code_r)
{
	int64_t number;
	enum db_status status = counter_next(work, prefix, &number);

	*code_r = arena_print(work->arena, "%s%04" PRId64, prefix, number);
	return status;
}

enum db_status
counter_serial(struct work *work, const char **serial_r)
{
	const int year = clock_year(work->today);
	int64_t number;
	enum db_status status = counter_next(
	    work, arena_print(work->arena, "serial-%d", year), &number);

	*serial_r = arena_print(work->arena, "%d-%04" PRId64, year, number);
	return status;
}
