/* account: who may log in. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "data/account.h"
#include "data/audit.h"
#include "shop/enter.h"
#include "tool/tool.h"

static const char *
read_password(const char *path)
{
	char line[ENTER_MOST + 2];
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");

	if (file == NULL || fgets(line, sizeof(line), file) == NULL) {
		if (file != NULL && file != stdin)
			fclose(file);
		tool_say(TOOL_FAILED, "%s: no password can be read", path);
		return NULL;
	}
	if (file != stdin)
		fclose(file);
	line[strcspn(line, "\n")] = '\0';
	return arena_copy(tool_work()->arena, line);
}

/* Four groups of letters and digits that are not taken for each other. */
static const char *
make_password(void)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789x";
	unsigned char random[20];
	struct text *text = text_new(tool_work()->arena, 40);

	secret_random(random, sizeof(random));
	for (size_t i = 0; i < sizeof(random); i++) {
		if (i > 0 && i % 5 == 0)
			text_add(text, "-");
		text_add_n(text, &letters[random[i] & 31], 1);
	}
	return text->bytes;
}

static enum db_status
add_account(struct work *work, void *context)
{
	const struct account *account = context;
	int64_t id;
	enum db_status status = account_add(work, account, &id);

	if (status != DB_OK)
		return status;
	return audit_add(work, "account.add", account->login, account->kind);
}

static bool
is_fit(const struct account *account, const char *password, bool final)
{
	if (account->name == NULL || account->email == NULL ||
	    strchr(account->email, '@') == NULL)
		return tool_say(TOOL_USAGE, "add wants --name and --email"),
		       false;
	if (strcmp(account->kind, "customer") != 0 &&
	    strcmp(account->kind, "staff") != 0)
		return tool_say(TOOL_USAGE, "--kind is customer or staff"),
		       false;
	if (strcmp(account->language, "ja") != 0 &&
	    strcmp(account->language, "en") != 0)
		return tool_say(TOOL_USAGE, "--language is ja or en"), false;
	if (final &&
	    enter_rules(tool_work(), account->login, password) != ENTER_OK)
		return tool_say(TOOL_REFUSED,
			   "the password is too short or too common"),
		       false;
	return true;
}

static int
add(int argc, char **argv)
{
	struct account account = {
		.name = tool_option(&argc, argv, "--name", NULL),
		.email = tool_option(&argc, argv, "--email", NULL),
		.kind = tool_option(&argc, argv, "--kind", "customer"),
		.language = tool_option(&argc, argv, "--language", "ja"),
	};
	const char *file = tool_option(&argc, argv, "--password", NULL);
	int code;

	if (!tool_words(argc, argv, 2))
		return TOOL_USAGE;
	account.login = argv[2];
	const char *password = file ? read_password(file) : make_password();
	if (password == NULL)
		return TOOL_FAILED;
	if (!is_fit(&account, password, file != NULL))
		return TOOL_REFUSED;
	account.password_initial = file == NULL;
	account.password_hash =
	    secret_password_hash(tool_work()->arena, password);
	if (tool_commit(account.login, add_account, &account, &code) &&
	    file == NULL)
		printf("%s\n", password);
	return code;
}

struct renewal {
	const char *login;
	const char *hash;
};

static enum db_status
renew(struct work *work, void *context)
{
	const struct renewal *renewal = context;
	const struct account *account;
	enum db_status status =
	    account_by_login(work, renewal->login, &account);

	if (status == DB_OK)
		status = account_set_password(
		    work, account->account_id, renewal->hash, true);
	if (status != DB_OK)
		return status;
	return audit_add(work, "account.password", account->login, "");
}

static int
password(int argc, char **argv)
{
	const char *made = make_password();
	struct renewal renewal = { .hash = secret_password_hash(
				       tool_work()->arena, made) };
	int code;

	if (!tool_words(argc, argv, 2))
		return TOOL_USAGE;
	renewal.login = argv[2];
	if (tool_commit(renewal.login, renew, &renewal, &code))
		printf("%s\n", made);
	return code;
}

static enum db_status
end_account(struct work *work, void *context)
{
	const struct account *account;
	enum db_status status = account_by_login(work, context, &account);

	if (status == DB_OK)
		status = account_disable(work, account->account_id);
	if (status != DB_OK)
		return status;
	return audit_add(work, "account.disable", account->login, "");
}

static int
disable(int argc, char **argv)
{
	int code;

	if (!tool_words(argc, argv, 2))
		return TOOL_USAGE;
	tool_commit(argv[2], end_account, argv[2], &code);
	return code;
}

static int
list(int argc, char **argv)
{
	const struct account *accounts;
	size_t count;

	if (!tool_words(argc, argv, 1))
		return TOOL_USAGE;
	enum db_status status = account_list(tool_work(), &accounts, &count);
	if (status != DB_OK)
		return tool_status(status, "accounts");
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\t%s\t%s\n", accounts[i].login,
		    accounts[i].kind, accounts[i].name, accounts[i].email,
		    accounts[i].disabled_at != 0        ? "disabled"
		    : accounts[i].password_initial != 0 ? "initial"
							: "active");
	return TOOL_DONE;
}

int
tool_account(int argc, char **argv)
{
	if (tool_is(argc, argv, "add"))
		return add(argc, argv);
	if (tool_is(argc, argv, "password"))
		return password(argc, argv);
	if (tool_is(argc, argv, "disable"))
		return disable(argc, argv);
	if (tool_is(argc, argv, "list"))
		return list(argc, argv);
	return TOOL_USAGE;
}
