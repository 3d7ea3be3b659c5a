/* keycheck_read: one statement tells all of a license; from the server that
 * is written to or, while that is away, from one that follows it. */

#include <stdatomic.h>

#include "base/arena.h"
#include "base/log.h"
#include "data/license_check.h"
#include "data/work.h"
#include "gate/keycheck.h"

enum { PATIENCE = 1 }; /* seconds, when another can be asked */

/* Live as long as the process. */
static struct db *replica;
static atomic_bool away; /* the thread of the notes looks whether it is back */
static bool was_away;

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

static enum db_status
ask(struct work *work, struct db *db, const struct question *question,
    const struct license_check **check_r)
{
	struct work other = *work;

	other.db = db;
	return license_for_check(&other,
	    question_ascii(work->arena, question->serial),
	    key_wanted(&question->typed), check_r);
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
