/* part: what several screens show or ask in the same way. */

#include "screen/part.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "data/version.h"
#include "shop/tax.h"

bool
part_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

bool
part_is_get(const struct visit *visit)
{
	return !part_same(visit->method, "POST");
}

bool
part_came(struct visit *visit, const char *name)
{
	if (form_text(visit, name)[0] != '\0')
		return true;
	if (!form_wrong(visit))
		form_problem(visit, name, "problem.missing", NULL);
	return false;
}

void
part_texts(struct page *page, const char *language, const char *name,
    const char *summary, const char *maker)
{
	page_text_in(page, "name", language, name);
	page_text_in(page, "summary", language, summary);
	page_text(page, "maker", maker);
}

void
part_each_line(struct visit *visit, const char *element, const char *text)
{
	while (*text != '\0') {
		const size_t length = strcspn(text, "\n");

		if (length > 0)
			page_text(visit->page, element,
			    arena_copy_n(visit->work->arena, text, length));
		text += length + (text[length] == '\n');
	}
}

void
part_lines(struct visit *visit, const char *element, const char *text)
{
	if (text[0] == '\0')
		return;
	page_open(visit->page, element);
	part_each_line(visit, "line", text);
	page_close(visit->page);
}

enum db_status
part_license(struct visit *visit, bool live, const struct license **license_r)
{
	const enum db_status status = license_by_serial(visit->work,
	    visit->language, form_text(visit, "serial"), license_r);

	if (status == DB_OK && live && part_same((*license_r)->status, "U"))
		return DB_NONE;
	return status;
}

const char *
part_license_url(struct visit *visit, const struct license *license)
{
	if (license->installed_at == 0 || part_same(license->status, "U"))
		return NULL;
	return license_url(visit->work, license);
}

const char *
part_update(const struct license *license)
{
	if (license->latest == NULL || part_same(license->status, "U") ||
	    part_same(license->latest, license->version))
		return NULL;
	return license->latest;
}

const char *
part_some(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

const char *
part_language(const struct visit *visit, const char *language)
{
	return part_same(visit->language, language) ? NULL : language;
}

const char *
part_number(struct arena *arena, int64_t number)
{
	return arena_print(arena, "%" PRId64, number);
}

int64_t
part_with_tax(int64_t amount, int64_t percent)
{
	const struct tax_line line = { .percent = percent, .amount = amount };
	struct tax_sum sum;

	tax_of(&line, 1, TAX_DOWN, &sum, 1);
	return amount + sum.tax;
}

const char *
part_feature(struct visit *visit, const char *features)
{
	const struct version version = { .features =
					     features != NULL ? features : "" };

	return part_some(
	    version_feature(visit->work, &version, visit->language));
}

/* The job page shows what has been ordered, wherever it was ordered. */
enum outcome
part_wish(struct visit *visit, enum wish_result result,
    const struct wish_done *done, const char *other)
{
	static const struct {
		enum wish_result result;
		const char *field;
		const char *problem;
	} refusals[] = {
		{ WISH_BUSY, NULL, "license.busy" },
		{ WISH_REQUIREMENT, NULL, "install.requirement" },
		{ WISH_NOT_YOUR_AREA, "area", "install.not-your-area" },
		{ WISH_BAD_DIRECTORY, "directory", "problem.bad-directory" },
		{ WISH_DIRECTORY_IN_USE, "directory",
		    "install.directory-in-use" },
		{ WISH_SAME_PLACE, "directory", "license.same-place" },
		{ WISH_AWAY, "area", "license.server-away" },
	};

	if (result == WISH_DONE)
		return go_to(
		    visit, "job", "serial", form_text(visit, "serial"));
	if (result == WISH_MISSING)
		return MISSING;
	if (result == WISH_RETRY || result == WISH_BROKEN)
		return result == WISH_RETRY ? RETRY : BROKEN;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
		if (refusals[i].result == result) {
			/* The job page's button has no such field. */
			const char *field = refusals[i].field;

			if (field != NULL && !form_brought(visit, field))
				field = NULL;
			form_problem(visit, field, refusals[i].problem,
			    done->requirement);
			return SHOW;
		}
	form_problem(visit, NULL, other, NULL);
	return SHOW;
}

struct enter_from
part_from(const struct visit *visit)
{
	return (struct enter_from){
		.address = visit->address,
		.user_agent = visit->user_agent,
		.session = visit->session,
	};
}

void
part_enter_problem(
    struct visit *visit, enum enter end, const char *old, const char *new)
{
	struct arena *arena = visit->work->arena;

	switch (end) {
	case ENTER_OK:
		break;
	case ENTER_WRONG:
		form_problem(visit, old, "login.wrong-password", NULL);
		break;
	case ENTER_TOO_MANY:
		form_problem(visit, old, "login.too-many", NULL);
		break;
	case ENTER_TOO_SHORT:
		form_problem(visit, new, "login.too-short",
		    arena_print(arena, "%d", ENTER_LEAST));
		break;
	case ENTER_TOO_LONG:
		form_problem(visit, new, "problem.too-long",
		    arena_print(arena, "%d", ENTER_MOST));
		break;
	case ENTER_TOO_COMMON:
		form_problem(visit, new, "login.too-common", NULL);
		break;
	}
}
