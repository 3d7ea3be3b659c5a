/* test_db: values there and back, transactions, and a server that goes away. */

#include "data_lab.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

struct round {
	int64_t number;
	const char *text;
	struct db_bytes bytes;
	int32_t day;
	int64_t time;
};

static const struct db_column columns[] = {
	DB_INT_AT(struct round, number),
	DB_TEXT_AT(struct round, text),
	DB_BYTES_AT(struct round, bytes),
	DB_DAY_AT(struct round, day),
	DB_TIME_AT(struct round, time),
};

static const struct db_statement make = { .name = "round_make",
	.sql = "CREATE TABLE IF NOT EXISTS round (number BIGINT PRIMARY KEY,"
	       " text MEDIUMTEXT, bytes LONGBLOB, day DATE, time DATETIME)" };
static const struct db_statement clear = { .name = "round_clear",
	.sql = "DELETE FROM round" };
static const struct db_statement add = { .name = "round_add",
	.sql = "INSERT INTO round (number, text, bytes, day, time)"
	       " VALUES (?, ?, ?, ?, ?)" };
static const struct db_statement list = { "round_list",
	"SELECT number, text, bytes, day, time FROM round ORDER BY number",
	DB_ROW(struct round, columns) };
static const struct db_statement one = { "round_one",
	"SELECT number, text, bytes, day, time FROM round WHERE number = ?",
	DB_ROW(struct round, columns) };
static const struct db_statement touch = { .name = "round_touch",
	.sql = "UPDATE round SET text = text WHERE number = ?" };
static const struct db_statement wrong = { .name = "round_wrong",
	.sql = "UPDATE round SET day = '2026-02-30' WHERE number = ?" };
static const struct db_statement unknown = { .name = "round_unknown",
	.sql = "DELETE FROM no_such_table" };

static enum db_status
put(int64_t number, const char *text, struct db_bytes bytes, int32_t day,
    int64_t time)
{
	return db_change(data_lab_work(), &add,
	    DB_ARGS(db_int(number), db_text(text),
		db_bytes(bytes.bytes, bytes.length), db_day(day),
		db_time(time)));
}

static const struct db_bytes none = { NULL, 0 };

static int
begin_empty(void **state)
{
	(void)state;
	struct work *work = data_lab_work();
	enum db_status status;

	data_lab_begin();
	status = db_change(work, &make, DB_NO_ARGS);
	assert_true(status == DB_OK || status == DB_NONE);
	data_lab_commit();
	data_lab_begin();
	status = db_change(work, &clear, DB_NO_ARGS);
	assert_true(status == DB_OK || status == DB_NONE);
	data_lab_commit();
	return 0;
}

static const struct round *
only(void)
{
	const struct round *rows;
	size_t count;

	assert_int_equal(
	    db_rows(data_lab_work(), &list, DB_NO_ARGS, &rows, &count), DB_OK);
	assert_int_equal(count, 1);
	return rows;
}

static void
every_kind_comes_back(void **state)
{
	static const char text[] = "鍵屋 ' \" \\ % 𠮷 a\nb";
	static const unsigned char bytes[] = { 0, 1, 0xff, 0, '\'' };
	const struct db_bytes sent = { bytes, sizeof(bytes) };
	const struct round *row;
	int32_t day;

	(void)state;
	assert_true(clock_day_parse("2024-02-29", &day));
	data_lab_begin();
	assert_int_equal(put(INT64_MAX, text, sent, day, 1709251199), DB_OK);
	data_lab_commit();
	row = only();
	assert_int_equal(row->number, INT64_MAX);
	assert_string_equal(row->text, text);
	assert_int_equal(row->bytes.length, sizeof(bytes));
	assert_memory_equal(row->bytes.bytes, bytes, sizeof(bytes));
	assert_int_equal(row->day, day);
	assert_int_equal(row->time, 1709251199);
}

static void
nothing_comes_back_as_nothing(void **state)
{
	const struct round *row;

	(void)state;
	data_lab_begin();
	assert_int_equal(put(-5, NULL, none, CLOCK_NO_DAY, 0), DB_OK);
	data_lab_commit();
	row = only();
	assert_int_equal(row->number, -5);
	assert_null(row->text);
	assert_null(row->bytes.bytes);
	assert_int_equal(row->bytes.length, 0);
	assert_int_equal(row->day, CLOCK_NO_DAY);
	assert_int_equal(row->time, 0);
}

static void
empty_is_not_nothing(void **state)
{
	const struct db_bytes empty = { "", 0 };

	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "", empty, 0, 1), DB_OK);
	data_lab_commit();
	assert_string_equal(only()->text, "");
	assert_non_null(only()->bytes.bytes);
	assert_int_equal(only()->day, 0);
	assert_int_equal(only()->time, 1);
}

static void
long_texts_come_back_whole(void **state)
{
	enum { LENGTH_MOST = 3000000 };
	struct work *work = data_lab_work();
	char *text = arena_alloc(work->arena, LENGTH_MOST + 1);
	const struct db_bytes bytes = { text, LENGTH_MOST };

	(void)state;
	memset(text, 'x', LENGTH_MOST);
	text[LENGTH_MOST - 1] = 'z';
	data_lab_begin();
	assert_int_equal(put(1, text, bytes, 0, 0), DB_OK);
	assert_int_equal(put(2, "short", none, 0, 0), DB_OK);
	assert_int_equal(put(3, text, none, 0, 0), DB_OK);
	data_lab_commit();

	const struct round *rows;
	size_t count;
	assert_int_equal(
	    db_rows(work, &list, DB_NO_ARGS, &rows, &count), DB_OK);
	assert_int_equal(count, 3);
	assert_string_equal(rows[0].text, text);
	assert_int_equal(rows[0].bytes.length, LENGTH_MOST);
	assert_string_equal(rows[1].text, "short");
	assert_string_equal(rows[2].text, text);
}

static void
no_row_is_none(void **state)
{
	const struct round *row;

	(void)state;
	assert_int_equal(
	    db_row(data_lab_work(), &one, DB_ARGS(db_int(9)), &row), DB_NONE);
	data_lab_begin();
	assert_int_equal(
	    db_change(data_lab_work(), &touch, DB_ARGS(db_int(9))), DB_NONE);
	data_lab_commit();
}

static void
a_met_row_counts_though_unaltered(void **state)
{
	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "a", none, 0, 0), DB_OK);
	assert_int_equal(
	    db_change(data_lab_work(), &touch, DB_ARGS(db_int(1))), DB_OK);
	data_lab_commit();
}

static void
errors_have_their_status(void **state)
{
	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "a", none, 0, 0), DB_OK);
	assert_int_equal(put(1, "b", none, 0, 0), DB_DUPLICATE);
	assert_int_equal(
	    db_change(data_lab_work(), &wrong, DB_ARGS(db_int(1))), DB_FAILED);
	assert_int_equal(
	    db_change(data_lab_work(), &unknown, DB_NO_ARGS), DB_FAILED);
	data_lab_commit();
	assert_string_equal(only()->text, "a");
}

static void
a_roll_back_leaves_nothing(void **state)
{
	const struct round *rows;
	size_t count;

	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "a", none, 0, 0), DB_OK);
	db_rollback(data_lab_work());
	assert_int_equal(
	    db_rows(data_lab_work(), &list, DB_NO_ARGS, &rows, &count), DB_OK);
	assert_int_equal(count, 0);
}

static void
reading_cannot_write(void **state)
{
	struct work *work = data_lab_work();

	(void)state;
	assert_int_equal(db_begin(work, DB_READ_ONLY), DB_OK);
	assert_int_equal(put(1, "a", none, 0, 0), DB_FAILED);
	db_rollback(work);
	data_lab_begin();
	assert_int_equal(put(1, "a", none, 0, 0), DB_OK);
	data_lab_commit();
}

static void
a_restarted_server_is_found_again(void **state)
{
	struct work *work = data_lab_work();

	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "before", none, 0, 0), DB_OK);
	data_lab_commit();
	data_lab_restart_server();
	assert_string_equal(only()->text, "before");
	data_lab_restart_server();
	data_lab_begin();
	assert_int_equal(db_change(work, &touch, DB_ARGS(db_int(1))), DB_OK);
	data_lab_commit();
}

/* What was done before the break is gone, so nothing may go on after it. */
static void
a_broken_transaction_stays_broken(void **state)
{
	struct work *work = data_lab_work();

	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "a", none, 0, 0), DB_OK);
	data_lab_restart_server();
	assert_int_equal(put(2, "b", none, 0, 0), DB_LOST);
	assert_int_equal(put(3, "c", none, 0, 0), DB_LOST);
	assert_int_equal(db_commit(work), DB_LOST);
	data_lab_begin();
	assert_int_equal(put(4, "d", none, 0, 0), DB_OK);
	data_lab_commit();
	assert_int_equal(only()->number, 4);
}

static enum db_status
put_and_break_once(struct work *work, void *context)
{
	int *turns = context;
	enum db_status status;

	(void)work;
	status = put(1, "a", none, 0, 0);
	if ((*turns)++ == 0)
		data_lab_restart_server();
	return status == DB_OK ? put(2, "b", none, 0, 0) : status;
}

static void
a_lost_transaction_is_repeated(void **state)
{
	const struct round *rows;
	size_t count;
	int turns = 0;

	(void)state;
	assert_int_equal(
	    db_transact(data_lab_work(), put_and_break_once, &turns), DB_OK);
	assert_int_equal(turns, 2);
	assert_int_equal(
	    db_rows(data_lab_work(), &list, DB_NO_ARGS, &rows, &count), DB_OK);
	assert_int_equal(count, 2);
}

static enum db_status
always_again(struct work *work, void *context)
{
	int *turns = context;

	(void)work;
	(*turns)++;
	return DB_RETRY;
}

static enum db_status
refuse(struct work *work, void *context)
{
	int *turns = context;

	(void)work;
	(*turns)++;
	return put(1, "a", none, 0, 0) == DB_OK ? DB_NONE : DB_FAILED;
}

static void
repeating_has_an_end(void **state)
{
	const struct round *rows;
	size_t count;
	int turns = 0;

	(void)state;
	assert_int_equal(
	    db_transact(data_lab_work(), always_again, &turns), DB_RETRY);
	assert_int_equal(turns, 5);
	turns = 0;
	assert_int_equal(db_transact(data_lab_work(), refuse, &turns), DB_NONE);
	assert_int_equal(turns, 1);
	assert_int_equal(
	    db_rows(data_lab_work(), &list, DB_NO_ARGS, &rows, &count), DB_OK);
	assert_int_equal(count, 0);
}

static void
change_outside(void)
{
	(void)!put(1, "a", none, 0, 0);
}

static void
changes_outside_a_transaction_are_bugs(void **state)
{
	(void)state;
	assert_true(lab_breaks(change_outside, "work->db->inside"));
}

/* Two rows taken in different order by two processes: one of them is told to
 * try again, and in the end both are done. */
static const struct db_statement grow = { .name = "round_grow",
	.sql = "UPDATE round SET text = CONCAT(text, '+') WHERE number = ?" };

static enum db_status
grow_both(struct work *work, void *context)
{
	const int64_t *order = context;
	enum db_status status =
	    db_change(work, &grow, DB_ARGS(db_int(order[0])));

	(void)usleep(200000);
	return status == DB_OK
		   ? db_change(work, &grow, DB_ARGS(db_int(order[1])))
		   : status;
}

static int
grow_in_child(void)
{
	int64_t order[] = { 2, 1 };
	struct work work = work_now(arena_new(), db_new());
	enum db_status status = db_transact(&work, grow_both, order);

	db_free(work.db);
	arena_free(work.arena);
	return status == DB_OK ? 0 : 1;
}

static void
a_deadlock_is_tried_again(void **state)
{
	int64_t order[] = { 1, 2 };
	const struct round *rows;
	size_t count;
	int ended = 1;
	pid_t child;

	(void)state;
	data_lab_begin();
	assert_int_equal(put(1, "", none, 0, 0), DB_OK);
	assert_int_equal(put(2, "", none, 0, 0), DB_OK);
	data_lab_commit();
	child = fork();
	if (child == 0)
		_exit(grow_in_child());
	assert_int_equal(db_transact(data_lab_work(), grow_both, order), DB_OK);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(ended, 0);
	assert_int_equal(
	    db_rows(data_lab_work(), &list, DB_NO_ARGS, &rows, &count), DB_OK);
	assert_string_equal(rows[0].text, "++");
	assert_string_equal(rows[1].text, "++");
}

#define TEST(name) cmocka_unit_test_setup(name, begin_empty)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_kind_comes_back),
		TEST(nothing_comes_back_as_nothing),
		TEST(empty_is_not_nothing),
		TEST(long_texts_come_back_whole),
		TEST(no_row_is_none),
		TEST(a_met_row_counts_though_unaltered),
		TEST(errors_have_their_status),
		TEST(a_roll_back_leaves_nothing),
		TEST(reading_cannot_write),
		TEST(a_restarted_server_is_found_again),
		TEST(a_broken_transaction_stays_broken),
		TEST(a_lost_transaction_is_repeated),
		TEST(repeating_has_an_end),
		TEST(changes_outside_a_transaction_are_bugs),
		TEST(a_deadlock_is_tried_again),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
