/* account: who may log in: customers and staff. */

#ifndef DATA_ACCOUNT_H
#define DATA_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct account {
	int64_t account_id;
	const char *login;	/* folded */
	const char *kind;	/* "customer" or "staff" */
	const char *name;
	const char *email;
	const char *language;	/* "ja" or "en" */
	const char *password_hash;
	int64_t password_initial; /* 1: must be replaced at the first login */
	int64_t notice_mail;	/* 1: tells news by mail, too */
	int64_t failures;	/* wrong passwords since the last right one */
	int64_t failed_at;	/* 0 for never */
	int64_t disabled_at;	/* 0 for never */
	int64_t created_at;
};

bool account_is_staff(const struct account *account);

/* login as typed; it is folded here. */
enum db_status account_by_login(
    struct work *work, const char *login, const struct account **account_r);
enum db_status account_by_id(
    struct work *work, int64_t account_id, const struct account **account_r);
enum db_status account_list(
    struct work *work, const struct account **accounts_r, size_t *count_r);

/* Takes login, kind, name, email, language, password_hash and
 * password_initial. DB_DUPLICATE when the login is taken. */
enum db_status account_add(struct work *work, const struct account *account,
    int64_t *account_id_r);

enum db_status account_set_password(
    struct work *work, int64_t account_id, const char *hash, bool initial);
enum db_status account_set_profile(struct work *work, int64_t account_id,
    const char *name, const char *email, const char *language);
enum db_status account_set_language(
    struct work *work, int64_t account_id, const char *language);
enum db_status account_set_notice_mail(
    struct work *work, int64_t account_id, bool mail);

/* The account's own count, for showing; the brake on guesses is guess.h. */
enum db_status account_fail(struct work *work, int64_t account_id);
enum db_status account_clear_failures(struct work *work, int64_t account_id);

/* Ends its sessions, too. */
enum db_status account_disable(struct work *work, int64_t account_id);

#endif
