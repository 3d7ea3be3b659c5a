/* letter: mails are documents as pages are; the skin gives the words. */

#include "worker/letter.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/contact.h"
#include "data/contract.h"
#include "data/invoice.h"
#include "data/job.h"
#include "data/license.h"
#include "data/mail.h"
#include "data/notice.h"
#include "data/version.h"
#include "data/work.h"
#include "shop/action.h"
#include "web/page.h"

static void
put_lines(struct page *page, struct arena *arena, const char *element,
    const char *lines)
{
	if (lines[0] == '\0')
		return;
	page_open(page, element);
	while (lines[0] != '\0') {
		const size_t length = strcspn(lines, "\n");
		page_text(page, "line", arena_copy_n(arena, lines, length));
		lines += length + (lines[length] == '\n');
	}
	page_close(page);
}

static void
put_license(struct page *page, const struct license *license)
{
	page_open(page, "license");
	page_attribute(page, "serial", license->serial);
	page_attribute(page, "software", license->product);
	page_attribute(page, "version", license->version);
	page_number(page, "users", license->users);
	page_attribute(page, "directory", license->directory);
	page_day(page, "trial_end", license->trial_end);
	page_day(page, "ng_from", license->ng_from);
	page_attribute(page, "certificate", license->certificate_no);
	page_text(page, "name", license->name);
	page_close(page);
}

static void
put_invoice(
    struct page *page, struct arena *arena, const struct invoice *invoice)
{
	page_open(page, "invoice");
	page_attribute(page, "no", invoice->invoice_no);
	page_number(page, "total", invoice->total);
	page_day(page, "due", invoice->due_on);
	page_number(page, "open", invoice->total - invoice->paid_amount);
	put_lines(page, arena, "bank", setting_text("seller.bank"));
	page_close(page);
}

static enum db_status
put_notice(struct work *work, struct page *page, const struct mail *mail,
    const char **url_r)
{
	const struct notice *notice;
	const enum db_status status =
	    notice_any(work, mail->language, mail->notice_id, &notice);

	if (status != DB_OK)
		return status;
	page_open(page, "notice");
	page_attribute(page, "kind", notice->kind);
	page_attribute(page, "software", notice->software);
	page_attribute(page, "version", notice->version);
	page_attribute(page, "related", notice->related);
	page_text(page, "name", notice->name);
	page_text(page, "related_name", notice->related_name);
	if (notice->features != NULL) {
		const struct version version = { .features = notice->features };
		page_text(page, "feature",
		    version_feature(work, &version, mail->language));
	}
	page_close(page);
	*url_r = arena_print(work->arena, "%ssoftware?code=%s",
	    setting_text("site.url"),
	    notice->related != NULL ? notice->related : notice->software);
	return DB_OK;
}

/* Why it came to nothing: the job's own reason, or that of the part of a move
 * after which it was put back. */
static enum db_status
reason_of(struct work *work, const struct job *job, const char **reason_r)
{
	const struct job *jobs = job;
	size_t count = 1;
	enum db_status status = DB_OK;

	*reason_r = NULL;
	if (job->move_id != 0)
		status = job_list_of_move(work, job->move_id, &jobs, &count);
	for (size_t i = 0; status == DB_OK && i < count; i++)
		if (strcmp(jobs[i].state, "failed") == 0)
			*reason_r = arena_copy_n(work->arena, jobs[i].reason,
			    strcspn(jobs[i].reason, " "));
	return status;
}

/* about is "job-failed 17". */
static enum db_status
put_job(struct work *work, struct page *page, const struct mail *mail)
{
	const char *number = strchr(mail->about, ' ');
	const struct job *job;
	const char *reason;
	int64_t job_id;
	enum db_status status;

	if (number == NULL || !text_number(number + 1, 1, INT64_MAX, &job_id))
		return DB_NONE;
	status = job_any(work, job_id, &job);
	if (status == DB_OK)
		status = reason_of(work, job, &reason);
	if (status != DB_OK)
		return status;
	page_open(page, "job");
	page_attribute(page, "action", action_word(job));
	if (strcmp(mail->kind, "job-failed") == 0)
		page_attribute(page, "reason", reason);
	page_close(page);
	return DB_OK;
}

/* The page a kind of mail leads to. */
static const char *
place(struct work *work, const struct mail *mail, const struct license *license)
{
	static const struct {
		const char *kind;
		const char *screen;
	} places[] = {
		{ "trial-ending", "purchase" },
		{ "trial-ended", "purchase" },
		{ "job-failed", "job" },
	};
	const char *site = setting_text("site.url");

	if (strcmp(mail->kind, "installed") == 0)
		return license_url(work, license);
	if (mail->invoice_no != NULL)
		return arena_print(
		    work->arena, "%sinvoice?no=%s", site, mail->invoice_no);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(mail->kind, places[i].kind) == 0)
			return arena_print(work->arena, "%s%s?serial=%s", site,
			    places[i].screen, mail->serial);
	return arena_print(
	    work->arena, "%slicense?serial=%s", site, mail->serial);
}

static void
put_site(struct page *page)
{
	const char *legal = setting_text("site.legal_url");

	page_part_open(page, PAGE_SITE, "site");
	page_attribute(page, "url", setting_text("site.url"));
	page_attribute(page, "zone", setting_text("site.zone"));
	page_attribute(page, "legal", legal[0] != '\0' ? legal : NULL);
	page_attribute(page, "asset", setting_text("asset.url"));
	page_attribute(page, "media", setting_text("media.url"));
	page_text(page, "name", setting_text("site.name"));
	page_close(page);
}

static const char *
seller(struct arena *arena)
{
	return arena_print(arena, "%s\n%s\n%s\n%s", setting_text("seller.name"),
	    setting_text("seller.address"), setting_text("seller.tel"),
	    setting_text("seller.email"));
}

struct subject {
	const struct license *license; /* NULL for none */
	const struct invoice *invoice; /* NULL for none */
};

static enum db_status
find_subject(
    struct work *work, const struct mail *mail, struct subject *subject_r)
{
	enum db_status status = DB_OK;

	*subject_r = (struct subject){ NULL, NULL };
	if (mail->serial != NULL)
		status = license_any(work, mail->serial, &subject_r->license);
	if (status == DB_OK && mail->invoice_no != NULL)
		status =
		    invoice_any(work, mail->invoice_no, &subject_r->invoice);
	return status;
}

/* Whom the mail greets: who ordered, when it goes to him. */
static enum db_status
name_of(struct work *work, const struct mail *mail,
    const struct license *license, const char **name_r)
{
	const struct contract *contract;
	const struct contact *contact = NULL;
	enum db_status status;

	*name_r = mail->name;
	if (license == NULL || license->contract_code == NULL)
		return DB_OK;
	status = contract_any(work, license->contract_code, &contract);
	if (status == DB_OK)
		status =
		    contact_by_code(work, contract->contact_code, &contact);
	if (status == DB_OK && strcmp(contact->email, mail->recipient) == 0)
		*name_r = contact->name;
	return status;
}

enum db_status
letter_page(
    struct work *work, const struct mail *mail, const struct page **page_r)
{
	struct page *page = page_new(work->arena, mail->kind, mail->language);
	struct subject subject;
	const char *url = NULL;
	const char *name;
	enum db_status status = find_subject(work, mail, &subject);

	if (status == DB_OK)
		status = name_of(work, mail, subject.license, &name);
	if (status != DB_OK)
		return status;
	put_site(page);
	page_open(page, "mail");
	page_attribute(page, "kind", mail->kind);
	page_day(page, "day", mail->day);
	if (mail->day != CLOCK_NO_DAY && mail->day >= work->today)
		page_number(page, "days", mail->day - work->today);
	page_text(page, "name", name);
	if (subject.license != NULL) {
		put_license(page, subject.license);
		if (strncmp(mail->kind, "job-", 4) == 0)
			status = put_job(work, page, mail);
		if (strcmp(mail->kind, "key-issued") == 0)
			page_text(page, "key", subject.license->license_key);
		url = place(work, mail, subject.license);
	}
	if (mail->notice_id == 0)
		page_text(page, "url", url);
	if (subject.invoice != NULL)
		put_invoice(page, work->arena, subject.invoice);
	if (mail->notice_id != 0)
		status = put_notice(work, page, mail, &url);
	put_lines(page, work->arena, "seller", seller(work->arena));
	page_close(page);
	*page_r = page;
	return status;
}
