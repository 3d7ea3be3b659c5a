/* mail: what is to be sent, and how often it was tried. */

#include "data/mail.h"

#include "base/arena.h"
#include "base/clock.h"
#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct mail, mail_id),
	DB_TEXT_AT(struct mail, about),
	DB_TEXT_AT(struct mail, kind),
	DB_INT_AT(struct mail, account_id),
	DB_TEXT_AT(struct mail, recipient),
	DB_TEXT_AT(struct mail, language),
	DB_TEXT_AT(struct mail, name),
	DB_TEXT_AT(struct mail, serial),
	DB_TEXT_AT(struct mail, invoice_no),
	DB_INT_AT(struct mail, notice_id),
	DB_DAY_AT(struct mail, day),
	DB_INT_AT(struct mail, tries),
	DB_TIME_AT(struct mail, created_at),
};

static const struct db_statement add = { "mail_add",
	"INSERT INTO mail (about, kind, account_id, recipient, language,"
	" serial, invoice_no, notice_id, day, next_try, created_at)"
	" SELECT ?, ?, account_id, COALESCE(?, email), language, ?, ?,"
	" NULLIF(?, 0), ?, ?, ? FROM account WHERE account_id = ?",
	NULL, 0, 0 };

static const struct db_statement next = { "mail_next",
	"SELECT m.mail_id, m.about, m.kind, m.account_id, m.recipient,"
	" m.language, (SELECT name FROM account a WHERE a.account_id ="
	"  m.account_id) AS name, m.serial, m.invoice_no,"
	" COALESCE(m.notice_id, 0) AS notice_id, m.day, m.tries,"
	" m.created_at FROM mail m WHERE m.state = 'waiting'"
	" AND m.next_try <= ? ORDER BY m.next_try, m.mail_id LIMIT 1"
	" FOR UPDATE SKIP LOCKED",
	DB_ROW(struct mail, columns) };

static const struct db_statement take = { "mail_take",
	"UPDATE mail SET next_try = ? WHERE mail_id = ? AND state = 'waiting'",
	NULL, 0, 0 };

static const struct db_statement set_sent = { "mail_set_sent",
	"UPDATE mail SET state = 'sent', sent_at = ?, last_error = ''"
	" WHERE mail_id = ? AND state = 'waiting'",
	NULL, 0, 0 };

/* Assignments run from left to right: next_try still sees the old tries. */
static const struct db_statement set_failed = { "mail_set_failed",
	"UPDATE mail SET"
	" next_try = ? + INTERVAL LEAST(360, 1 << LEAST(tries, 9)) MINUTE,"
	" tries = tries + 1,"
	" state = IF(tries >= 20, 'failed', 'waiting'),"
	" last_error = LEFT(?, 200)"
	" WHERE mail_id = ? AND state = 'waiting'",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &add, &next, &take,
	&set_sent, &set_failed };
DB_REGISTER("mail", statements)

enum db_status
mail_add(struct work *work, const struct mail_new *mail)
{
	const char *about =
	    arena_print(work->arena, "%s %s", mail->kind, mail->object);
	int32_t day = mail->day == 0 ? CLOCK_NO_DAY : mail->day;
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_text(about), db_text(mail->kind),
		db_text(mail->recipient), db_text(mail->serial),
		db_text(mail->invoice_no), db_int(mail->notice_id), db_day(day),
		db_time(work->now), db_time(work->now),
		db_int(mail->account_id)));

	return status == DB_DUPLICATE ? DB_OK : status;
}

enum db_status
mail_next(struct work *work, const struct mail **mail_r)
{
	return db_row(work, &next, DB_ARGS(db_time(work->now)), mail_r);
}

enum db_status
mail_take(struct work *work, int64_t mail_id)
{
	enum { TAKEN_SECONDS = 600 };

	return db_change(work, &take,
	    DB_ARGS(db_time(work->now + TAKEN_SECONDS), db_int(mail_id)));
}

enum db_status
mail_set_sent(struct work *work, int64_t mail_id)
{
	return db_change(
	    work, &set_sent, DB_ARGS(db_time(work->now), db_int(mail_id)));
}

enum db_status
mail_set_failed(struct work *work, int64_t mail_id, const char *error)
{
	return db_change(work, &set_failed,
	    DB_ARGS(db_time(work->now), db_text(error), db_int(mail_id)));
}
