/* head: what every page says before its own element. */

#include "web/head.h"

#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "data/account.h"
#include "data/session.h"
#include "web/page.h"
#include "web/query.h"
#include "web/visit.h"

static void
add_site(struct visit *visit, struct page *page)
{
	const char *legal = setting_text("site.legal_url");

	page_part_open(page, PAGE_SITE, "site");
	page_attribute(page, "url", setting_text("site.url"));
	page_attribute(page, "zone", setting_text("site.zone"));
	page_attribute(page, "legal", legal[0] != '\0' ? legal : NULL);
	page_attribute(
	    page, "asset", visit_address(visit, setting_text("asset.url")));
	page_attribute(
	    page, "media", visit_address(visit, setting_text("media.url")));
	page_text(page, "name", setting_text("site.name"));
	page_close(page);
}

static void
add_session(struct visit *visit, struct page *page)
{
	const struct account *account = visit->account;

	if (account == NULL)
		return;
	page_part_open(page, PAGE_SESSION, "session");
	page_attribute(page, "kind", account->kind);
	page_attribute(page, "login", account->login);
	page_number(page, "unread", visit->session->unread);
	page_flag(page, "initial", account->password_initial != 0);
	page_text(page, "name", account->name);
	page_close(page);
}

static void
add_languages(struct visit *visit, struct page *page)
{
	static const char *const codes[] = { "ja", "en" };

	for (size_t i = 0; i < 2; i++) {
		page_part_open(page, PAGE_LANGUAGE, "language");
		page_attribute(page, "code", codes[i]);
		page_flag(
		    page, "current", strcmp(codes[i], visit->language) == 0);
		page_close(page);
	}
}

/* Only "screen.done" and "screen.something-done": an address made by others
 * must not say just anything. */
static bool
is_done(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t n = strspn(id, letters);
	size_t whole = strlen(id);

	if (n == 0 || id[n] != '.' || whole > 60 || whole < n + 5 ||
	    strcmp(id + whole - 4, "done") != 0)
		return false;
	if (strspn(id + n + 1, "abcdefghijklmnopqrstuvwxyz-") != whole - n - 1)
		return false;
	return whole == n + 5 || id[whole - 5] == '-';
}

static void
add_message(struct visit *visit, struct page *page)
{
	const struct query_pair *pair;

	if (query_find(visit->query, "done", &pair) == 1 &&
	    is_done(pair->value))
		page_message(page, pair->value, NULL);
}

void
head_add(struct visit *visit, struct page *page, int status)
{
	page_attribute(page, "base", visit->base);
	page_attribute(page, "request", visit->request_id);
	if (status != 200)
		page_number(page, "status", status);
	else
		add_message(visit, page);
	add_site(visit, page);
	add_session(visit, page);
	add_languages(visit, page);
}
