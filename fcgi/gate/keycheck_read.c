/* keycheck_read: one statement tells all of a license; from the server that
 * is written to or, while that is away, from one that follows it. */

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "data/license_check.h"
#include "data/work.h"
#include "gate/keycheck.h"

enum {
	PATIENCE = 1, /* seconds, when another can be asked */
	SOFTWARE = 1024,
	SOFTWARE_MS = 5000,
	VERSION_MOST = 40,
};

/* Live as long as the process. */
static struct db *replica;
static atomic_bool away; /* the thread of the notes looks whether it is back */
static bool was_away;
static struct known {
	int64_t software_id;
	int64_t read_ms;
	bool free;
	char latest[VERSION_MOST + 1];
} software[SOFTWARE];

void
read_start(void)
{
	replica = db_new_replica();
	if (replica != NULL)
		db_hurry(replica, PATIENCE);
}

void
read_end(void)
{
	db_free(replica);
}

bool
read_is_away(void)
{
	return atomic_load(&away);
}

void
read_is_back(void)
{
	if (atomic_exchange(&away, false))
		log_event(LOG_NOTE, "keycheck.writer", "state=back");
}

/* The software's own facts, which change with a new version only. */
static enum db_status
add_software(struct work *work, struct license_check *check)
{
	struct known *known = &software[check->software_id % SOFTWARE];
	const int64_t now_ms = clock_monotonic_ms();
	const struct software_check *found;
	enum db_status status = DB_OK;

	if (known->software_id != check->software_id ||
	    now_ms - known->read_ms >= SOFTWARE_MS) {
		status =
		    license_check_software(work, check->software_id, &found);
		if (status != DB_OK)
			return status;
		known->software_id = check->software_id;
		known->read_ms = now_ms;
		known->free = strcmp(found->model, "free") == 0;
		snprintf(known->latest, sizeof(known->latest), "%s",
		    found->latest == NULL ? "" : found->latest);
	}
	check->model = known->free ? "free" : "license";
	check->latest = known->latest[0] == '\0' ? NULL : known->latest;
	return status;
}

/* A nobody's license costs the same statements as a real one, so that the
 * time does not tell which serials exist. */
static enum db_status
add_revoked(struct work *work, const struct question *question,
    struct license_check *check)
{
	enum db_status status;

	if (!question->typed.well_formed ||
	    key_compare(check, &question->typed) != KEY_WRONG)
		return DB_OK;
	status = license_key_was_revoked(
	    work, check->serial, question->typed.digest);
	check->was_revoked = status == DB_OK;
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status
ask(struct work *work, struct db *db, const struct question *question,
    const struct license_check **check_r)
{
	struct license_check nobody = { .serial = "" };
	struct license_check *check = &nobody;
	struct work other = *work;
	const char *serial = question_ascii(work->arena, question->serial);
	enum db_status found, status;

	other.db = db;
	found = license_for_check(&other, serial, &check);
	if (found != DB_OK && found != DB_NONE)
		return found;
	status = found == DB_OK ? add_software(&other, check) : DB_OK;
	if (status == DB_OK)
		status = add_revoked(&other, question, check);
	*check_r = found == DB_OK ? check : NULL;
	return status == DB_OK ? found : status;
}

static bool
is_told(enum db_status status)
{
	return status == DB_OK || status == DB_NONE;
}

/* In the server that is written to. */
static enum db_status
ask_writer(struct work *work, const struct question *question,
    const struct license_check **check_r)
{
	if (replica != NULL && was_away && !read_is_away())
		db_wake(work->db);
	if (replica != NULL)
		db_hurry(work->db, PATIENCE);
	was_away = read_is_away();
	return ask(work, work->db, question, check_r);
}

enum db_status
read_license(struct work *work, const struct question *question,
    const struct license_check **check_r)
{
	enum db_status status = DB_LOST;

	if (replica != NULL && read_is_away())
		status = ask(work, replica, question, check_r);
	if (is_told(status))
		return status;
	status = ask_writer(work, question, check_r);
	if (is_told(status) || replica == NULL || read_is_away())
		return status;
	log_event(LOG_WARN, "keycheck.writer", "state=away");
	was_away = true;
	atomic_store(&away, true);
	return ask(work, replica, question, check_r);
}
