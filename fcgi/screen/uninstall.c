/* uninstall: what will be deleted, and the order to do so (figure 12 f). */

#include "shop/uninstall.h"
#include "data/job.h"
#include "screen/part.h"
#include "web/screen.h"

static const struct field fields[] = {
	{ .name = "serial",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .required = true,
	    .longest = 20 },
	{ .name = "confirm", .kind = FIELD_FLAG },
	{ .name = "backup", .kind = FIELD_FLAG },
	{ .name = NULL },
};

static enum db_status
find_running(
    struct visit *visit, const struct license *license, bool *running_r)
{
	const struct job *job;
	const enum db_status status =
	    job_latest(visit->work, license->serial, &job);

	*running_r = status == DB_OK && job->ended_at == 0;
	return status == DB_NONE ? DB_OK : status;
}

static void
show_license(struct page *page, const struct license *license, bool running)
{
	page_open(page, "uninstall");
	page_attribute(page, "serial", license->serial);
	page_attribute(page, "software", license->product);
	page_attribute(page, "version", license->version);
	page_attribute(page, "os_model", license->os_model);
	page_attribute(page, "ip_address", license->ip_address);
	page_attribute(page, "directory", license->directory);
	page_attribute(page, "area", license->area_name);
	page_flag(page, "running", running);
	page_text(page, "name", license->name);
	page_text(page, "deleted", license->directory);
	page_close(page);
}

static enum outcome
show(struct visit *visit)
{
	const struct license *license;
	bool running = false;
	enum db_status status = part_license(visit, true, &license);

	if (status == DB_OK)
		status = find_running(visit, license, &running);
	if (status != DB_OK)
		return outcome_of(status);
	form_prefill(visit, "serial", license->serial);
	if (!running)
		form_show(visit, "uninstall", "post", "uninstall",
		    "serial confirm backup");
	show_license(visit->page, license, running);
	return SHOW;
}

static enum outcome
order(struct visit *visit)
{
	const char *serial = form_text(visit, "serial");
	int64_t job_id = 0;

	switch (uninstall_request(
	    visit->work, serial, form_flag(visit, "backup"), &job_id)) {
	case UNINSTALL_REQUESTED:
		return go_to(
		    visit, job_id != 0 ? "job" : "license", "serial", serial);
	case UNINSTALL_MISSING:
		return MISSING;
	case UNINSTALL_RUNNING:
		form_problem(visit, NULL, "uninstall.running", NULL);
		return show(visit);
	case UNINSTALL_RETRY:
		return RETRY;
	case UNINSTALL_BROKEN:
		break;
	}
	return BROKEN;
}

static enum outcome
act(struct visit *visit)
{
	if (form_flag(visit, "confirm"))
		return order(visit);
	form_problem(visit, "confirm", "uninstall.not-confirmed", NULL);
	return show(visit);
}

const struct screen screen = {
	.name = "uninstall",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
