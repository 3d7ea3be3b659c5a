/* notice: news about software the customer has or had (figure 12 i). */

#include "data/notice.h"
#include "base/arena.h"
#include "base/text.h"
#include "data/account.h"
#include "data/version.h"
#include "screen/part.h"
#include "web/screen.h"

static const char *const switches[] = { "on", "off", NULL };

static const struct field fields[] = {
	{ .name = "read",
	    .kind = FIELD_HIDDEN,
	    .required = true,
	    .longest = 20,
	    .form = "read" },
	{ .name = "mail",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = switches,
	    .form = "mail" },
	{ .name = NULL },
};

static void
show_item(struct visit *visit, const struct notice *notice)
{
	struct page *page = visit->page;

	page_open(page, "item");
	page_number(page, "id", notice->notice_id);
	page_attribute(page, "kind", notice->kind);
	page_time(page, "at", notice->created_at);
	page_flag(page, "read", notice->read_at != 0);
	page_attribute(page, "software", notice->software);
	page_attribute(page, "version", notice->version);
	page_attribute(page, "related", notice->related);
	page_attribute(page, "serial", notice->serial);
	page_text(page, "name", notice->name);
	page_text(page, "related_name", notice->related_name);
	page_text(page, "feature", part_feature(visit, notice->features));
	page_close(page);
}

static void
show_forms(struct visit *visit, int64_t unread)
{
	form_prefill(visit, "read", "all");
	form_prefill(
	    visit, "mail", visit->account->notice_mail != 0 ? "on" : "off");
	if (unread > 0)
		form_show(visit, "read", "post", "notice", "read");
	form_show(visit, "mail", "post", "notice", "mail");
}

static enum outcome
show(struct visit *visit)
{
	const struct notice *notices;
	size_t count;
	int64_t unread;
	enum db_status status =
	    notice_list(visit->work, visit->language, &notices, &count);

	if (status == DB_OK)
		status = notice_unread(visit->work, &unread);
	if (status != DB_OK)
		return outcome_of(status);
	show_forms(visit, unread);
	page_open(visit->page, "notice");
	page_flag(visit->page, "mail", visit->account->notice_mail != 0);
	page_number(visit->page, "unread", unread);
	for (size_t i = 0; i < count; i++)
		show_item(visit, &notices[i]);
	page_close(visit->page);
	return SHOW;
}

static enum db_status
set_read(struct visit *visit)
{
	const char *read = form_text(visit, "read");
	int64_t id;

	if (part_same(read, "all"))
		return notice_set_all_read(visit->work);
	if (!text_number(read, 1, INT64_MAX, &id))
		return DB_NONE;
	return notice_set_read(visit->work, id);
}

static enum db_status
set_mail(struct visit *visit)
{
	return account_set_notice_mail(visit->work, visit->account->account_id,
	    part_same(form_text(visit, "mail"), "on"));
}

static enum outcome
answer(struct visit *visit, enum db_status status, const char *message)
{
	if (status != DB_OK)
		return outcome_of(status);
	go_with(visit, message);
	return go_to(visit, "notice", NULL, NULL);
}

static enum outcome
act(struct visit *visit)
{
	if (form_has(visit, "mail"))
		return answer(visit, set_mail(visit), "notice.mail-done");
	if (part_came(visit, "read"))
		return answer(visit, set_read(visit), "notice.read-done");
	return show(visit);
}

const struct screen screen = {
	.name = "notice",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
