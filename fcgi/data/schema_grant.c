/* schema_grant: a database user for each program, with the rights that
 * grant.sql gives and no others. */

#include "data/schema.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/db_admin.h"
#include "data/schema_file.h"

enum { PASSWORD_MOST = 200, STATEMENT_MOST = 20000 };

/* What grant.sql writes before and after a user's name. */
static const char user_begin[] = "TO 'kagiya_";
static const char user_end[] = "'@'localhost'";

struct giving {
	struct arena *arena;
	struct db *db;
	const char *host; /* from where the users come */
	struct schema_report *report;
};

static const char safe[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.";

/* The program a statement names: "login" of 'kagiya_login'@'localhost'. */
static const char *
program_of(struct arena *arena, const char *sql)
{
	const char *begin = strstr(sql, user_begin);
	const char *end = begin ? strstr(begin, user_end) : NULL;
	const char *name;

	if (end == NULL)
		return NULL;
	begin += strlen(user_begin);
	name = arena_copy_n(arena, begin, (size_t)(end - begin));
	return strspn(name, safe) == strlen(name) ? name : NULL;
}

static const char *
user_of(struct giving *giving, const char *program)
{
	return arena_print(giving->arena, "'%s'@'%s'",
	    setting_text_for("database.user", program), giving->host);
}

/* An empty name means no password: on a socket of one's own. */
static const char *
password_for(struct giving *giving, const char *program)
{
	const char *path = setting_text_for("database.password_file", program);
	const char *password;

	if (*path == '\0')
		return "";
	password = file_read(giving->arena, path, PASSWORD_MOST, NULL);
	if (password == NULL && errno == ENOENT) {
		password = secret_token(giving->arena);
		if (!file_replace(path, password, strlen(password), 0600))
			password = NULL;
	}
	if (password == NULL)
		giving->report->trouble =
		    arena_print(giving->arena, "%s: %s", path, strerror(errno));
	else
		password = text_trim(giving->arena, password);
	return password;
}

static enum schema_end
end_of(struct giving *giving, enum db_status status, const char *what)
{
	const char **trouble = &giving->report->trouble;

	if (status == DB_OK) {
		*trouble = "";
		return SCHEMA_DONE;
	}
	if (status == DB_LOST) {
		*trouble = "the database server does not answer";
		return SCHEMA_NO_SERVER;
	}
	*trouble = arena_print(giving->arena, "%s: %s", what, *trouble);
	return SCHEMA_FAILED;
}

static enum db_status
tell(struct giving *giving, const char *format, const char *user,
    const char *password)
{
	struct text *sql = text_new(giving->arena, STATEMENT_MOST);

	text_add(sql, format);
	text_add(sql, user);
	if (password)
		text_print(sql, " IDENTIFIED BY '%s'", password);
	return db_admin_run(
	    giving->arena, giving->db, sql->bytes, &giving->report->trouble);
}

/* The user with this password and without any right. */
static enum schema_end
make_user(struct giving *giving, const char *program)
{
	const char *user = user_of(giving, program);
	const char *password = password_for(giving, program);
	enum db_status status;

	if (password == NULL)
		return SCHEMA_NO_FILE;
	if (strspn(password, safe) != strlen(password)) {
		giving->report->trouble = arena_print(giving->arena,
		    "the password of %s has signs other than A-Z a-z 0-9 _ - .",
		    user);
		return SCHEMA_FAILED;
	}
	status = tell(giving, "CREATE USER IF NOT EXISTS ", user, password);
	if (status == DB_OK)
		status = tell(giving, "ALTER USER ", user, password);
	if (status == DB_OK)
		status = tell(giving,
		    "REVOKE ALL PRIVILEGES, GRANT OPTION FROM ", user, NULL);
	return end_of(giving, status, user);
}

static enum schema_end
give(struct giving *giving, const char *sql, const char *program)
{
	const char *begin = strstr(sql, user_begin);
	const char *end = strstr(begin, user_end) + strlen(user_end);
	struct text *text = text_new(giving->arena, STATEMENT_MOST);

	text_add_n(text, sql, (size_t)(begin - sql));
	text_print(text, "TO %s%s", user_of(giving, program), end);
	return end_of(giving,
	    db_admin_run(giving->arena, giving->db, text->bytes,
		&giving->report->trouble),
	    sql);
}

/* The rights of one user stand together: he is made at the first. */
static enum schema_end
give_all(struct giving *giving, const char *text)
{
	const char *sql, *last = "";
	enum schema_end end = SCHEMA_DONE;

	while (end == SCHEMA_DONE &&
	       (sql = schema_statement(giving->arena, &text)) != NULL) {
		const char *program = program_of(giving->arena, sql);

		if (program == NULL) {
			giving->report->trouble = arena_print(giving->arena,
			    "grant.sql: no program's user in: %s", sql);
			return SCHEMA_FAILED;
		}
		if (strcmp(program, last) != 0)
			end = make_user(giving, program);
		if (end == SCHEMA_DONE)
			end = give(giving, sql, program);
		last = program;
	}
	return end;
}

enum schema_end
schema_grant(struct arena *arena, const struct schema_admin *admin,
    const char *folder, struct schema_report *report_r)
{
	const char *text = schema_text(arena, folder, "grant.sql");
	struct giving giving = {
		.arena = arena,
		.host = admin->host && *admin->host ? "%" : "localhost",
		.report = report_r,
	};
	enum schema_end end;

	*report_r = (struct schema_report){ .trouble = "" };
	if (text == NULL) {
		report_r->trouble = arena_print(
		    arena, "%s/grant.sql: %s", folder, strerror(errno));
		return SCHEMA_NO_FILE;
	}
	giving.db = db_admin_new(admin);
	end = end_of(&giving,
	    db_admin_run(arena, giving.db,
		arena_print(arena, "USE `%s`", admin->database),
		&report_r->trouble),
	    admin->database);
	if (end == SCHEMA_DONE)
		end = give_all(&giving, text);
	db_free(giving.db);
	return end;
}
