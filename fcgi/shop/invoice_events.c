/* invoice_events: from what the gate saw to an invoice. */

#include <string.h>

#include "base/arena.h"
#include "data/keycheck_event.h"
#include "data/work.h"
#include "shop/invoice.h"

enum { AT_ONCE = 500 };

/* A right key that was answered OK and is seen for the first time. */
static bool
matters(const struct keycheck_event *event)
{
	return event->entered == 0 && strcmp(event->key_state, "valid") == 0 &&
	       (strcmp(event->code, "VALID") == 0 ||
		   strcmp(event->code, "PAYMENT_DUE") == 0);
}

static enum db_status
act(struct work *work, void *context)
{
	const struct keycheck_event *event = context;
	enum db_status status = keycheck_event_set_done(work, event->event_id);

	if (status != DB_OK)
		return status;
	switch (invoice_for_first_check(work, event->serial)) {
	case INVOICE_ISSUED:
	case INVOICE_NOTHING:
		return DB_OK;
	case INVOICE_RETRY:
		return DB_RETRY;
	case INVOICE_BROKEN:
		break;
	}
	return DB_FAILED;
}

struct batch {
	const struct keycheck_event *list;
	size_t count;
};

static enum db_status
look(struct work *work, void *context)
{
	struct batch *batch = context;

	return keycheck_event_waiting(
	    work, AT_ONCE, &batch->list, &batch->count);
}

/* Those that ask for nothing, together: one COMMIT for all. */
static enum db_status
pass_over(struct work *work, void *context)
{
	const struct batch *batch = context;

	for (size_t i = 0; i < batch->count; i++) {
		if (matters(&batch->list[i]))
			continue;
		enum db_status status =
		    keycheck_event_set_done(work, batch->list[i].event_id);
		/* DB_NONE: another worker was quicker. */
		if (status != DB_OK && status != DB_NONE)
			return status;
	}
	return DB_OK;
}

static enum db_status
act_on(struct work *work, const struct keycheck_event *event)
{
	struct work one = *work;
	struct keycheck_event copy = *event;

	one.arena = arena_new();
	enum db_status status = db_transact(&one, act, &copy);
	arena_free(one.arena);
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status
run(struct work *work, struct batch *batch)
{
	enum db_status status = db_transact(work, look, batch);

	for (size_t i = 0; status == DB_OK && i < batch->count; i++)
		if (matters(&batch->list[i]))
			status = act_on(work, &batch->list[i]);
	if (status == DB_OK && batch->count > 0)
		status = db_transact(work, pass_over, batch);
	return status;
}

enum db_status
invoice_from_events(struct work *work, size_t *count_r)
{
	struct work one = *work;
	struct batch batch = { 0 };

	one.arena = arena_new();
	enum db_status status = run(&one, &batch);
	*count_r = batch.count;
	arena_free(one.arena);
	return status;
}
