/* notify: from history to notices, one at a time. */

#include "shop/notify.h"

#include "base/arena.h"
#include "data/mail.h"
#include "data/notice.h"
#include "data/work.h"

enum { AT_ONCE = 500 }; /* as many as notice_wanted gives */

struct batch {
	enum notice_kind kind;
	const struct notice_wanted *list;
	size_t count;
};

struct one {
	enum notice_kind kind;
	const struct notice_wanted *wanted;
};

static enum db_status
look(struct work *work, void *context)
{
	struct batch *batch = context;

	return notice_wanted(work, batch->kind, &batch->list, &batch->count);
}

static enum db_status
tell(struct work *work, void *context)
{
	const struct one *one = context;
	enum db_status status = notice_add(work, one->kind, one->wanted);

	if (status != DB_OK || one->wanted->notice_mail == 0)
		return status;
	int64_t number = db_insert_id(work);
	const struct mail_new mail = {
		.kind = "notice",
		.object = arena_print(work->arena, "%lld", (long long)number),
		.account_id = one->wanted->account_id,
		.notice_id = number,
	};
	return mail_add(work, &mail);
}

static enum db_status
tell_all(struct work *work, const struct batch *batch, size_t *count)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; status == DB_OK && i < batch->count; i++) {
		struct one one = { batch->kind, &batch->list[i] };

		status = db_transact(work, tell, &one);
		*count += status == DB_OK;
		/* Another worker was quicker. */
		if (status == DB_DUPLICATE)
			status = DB_OK;
	}
	return status;
}

static enum db_status
notify(struct work *work, enum notice_kind kind, size_t *count)
{
	struct batch batch = { .kind = kind };
	enum db_status status;

	do {
		struct work own = *work;

		own.arena = arena_new();
		status = db_transact(&own, look, &batch);
		if (status == DB_OK)
			status = tell_all(&own, &batch, count);
		arena_free(own.arena);
	} while (status == DB_OK && batch.count == AT_ONCE);
	return status;
}

enum db_status
notify_all(struct work *work, size_t *count_r)
{
	enum db_status status;

	*count_r = 0;
	status = notify(work, NOTICE_UPGRADE, count_r);
	if (status == DB_OK)
		status = notify(work, NOTICE_FEATURE, count_r);
	if (status == DB_OK)
		status = notify(work, NOTICE_RELATED, count_r);
	return status;
}
