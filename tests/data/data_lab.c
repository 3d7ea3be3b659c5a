/* data_lab: a connection and rows to begin with. */

#include "data_lab.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/setting.h"
#include "data/account.h"
#include "data/depot.h"

static struct work work;

int
data_lab_open(void **state)
{
	(void)state;
	if (!setting_load("test"))
		return -1;
	work = work_now(arena_new(), db_new());
	return 0;
}

int
data_lab_close(void **state)
{
	(void)state;
	db_free(work.db);
	arena_free(work.arena);
	return 0;
}

struct work *
data_lab_work(void)
{
	return &work;
}

void
data_lab_begin(void)
{
	assert_int_equal(db_begin(&work, DB_READ_WRITE), DB_OK);
}

void
data_lab_commit(void)
{
	assert_int_equal(db_commit(&work), DB_OK);
}

void
data_lab_restart_server(void)
{
	assert_int_equal(system(getenv("MARIADB_AGAIN")), 0);
}

int64_t
data_lab_account(const char *login, const char *password)
{
	const struct account account = {
		.login = login,
		.kind = "customer",
		.name = "鈴木",
		.email = "suzuki@example.jp",
		.language = "ja",
		.password_hash = secret_password_hash(work.arena, password),
		.password_initial = 1,
	};
	int64_t account_id;

	assert_int_equal(account_add(&work, &account, &account_id), DB_OK);
	return account_id;
}

int64_t
data_lab_depot(const char *name)
{
	static const unsigned char key[SECRET_PUBLIC] = { 7 };
	const struct depot depot = {
		.name = name,
		.url = "http://127.0.0.3:8080/",
		.public_key = { key, sizeof(key) },
	};
	int64_t depot_id;

	assert_int_equal(depot_add(&work, &depot, &depot_id), DB_OK);
	return depot_id;
}
