-- Who uses the shop, and how the shop remembers what was done.
-- Every statement may be run again: a file that was cut short is repeated.

-- Exact comparing everywhere: what should be alike is folded before it is
-- stored ('admin', 'ADMIN ' and an accented one are three logins).
ALTER DATABASE CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS schema_change (
	number INT UNSIGNED NOT NULL PRIMARY KEY,
	name VARCHAR(80) NOT NULL,
	sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	applied_at DATETIME NOT NULL
) COMMENT 'numbered files of schema/sql that were applied';

CREATE TABLE IF NOT EXISTS counter (
	name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL PRIMARY KEY,
	last BIGINT UNSIGNED NOT NULL
) COMMENT 'codes without holes: counted up in the transaction that uses them';

CREATE TABLE IF NOT EXISTS account (
	account_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	login VARCHAR(80) NOT NULL UNIQUE
		COMMENT 'folded: NFKC, case, blanks',
	kind ENUM('customer', 'staff') NOT NULL,
	name VARCHAR(80) NOT NULL,
	email VARCHAR(254) NOT NULL,
	language CHAR(2) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	password_initial TINYINT UNSIGNED NOT NULL DEFAULT 1
		COMMENT '1: given by staff, must be replaced at the first login',
	notice_mail TINYINT UNSIGNED NOT NULL DEFAULT 1,
	failures INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'wrong passwords since the last right one',
	failed_at DATETIME NULL,
	disabled_at DATETIME NULL,
	created_at DATETIME NOT NULL
);

CREATE TABLE IF NOT EXISTS guess (
	subject BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of a login, known or not, or of a network',
	failures INT UNSIGNED NOT NULL COMMENT 'since the last right one',
	failed_at DATETIME NOT NULL,
	hour_failures INT UNSIGNED NOT NULL,
	hour_start DATETIME NOT NULL,
	KEY (failed_at)
) COMMENT 'wrong passwords: the brake on guessing';

CREATE TABLE IF NOT EXISTS account_network (
	account_id BIGINT UNSIGNED NOT NULL,
	network VARBINARY(16) NOT NULL COMMENT 'IPv4 /32 or IPv6 /64',
	seen_at DATETIME NOT NULL,
	PRIMARY KEY (account_id, network),
	FOREIGN KEY (account_id) REFERENCES account (account_id)
) COMMENT 'where an account has logged in: guesses from elsewhere do not lock it out there';

CREATE TABLE IF NOT EXISTS session (
	token_hash BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the cookie',
	account_id BIGINT UNSIGNED NOT NULL,
	form_secret BINARY(32) NOT NULL COMMENT 'key of the form tokens',
	user_agent VARCHAR(200) NOT NULL,
	address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	created_at DATETIME NOT NULL,
	seen_at DATETIME NOT NULL,
	FOREIGN KEY (account_id) REFERENCES account (account_id),
	KEY (seen_at)
);

CREATE TABLE IF NOT EXISTS request (
	request_id BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the form''s one-time id',
	account_id BIGINT UNSIGNED NULL,
	screen VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	location VARCHAR(500) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL COMMENT 'where the answer led',
	created_at DATETIME NOT NULL,
	KEY (created_at)
) COMMENT 'idempotency: a form is carried out once';

CREATE TABLE IF NOT EXISTS audit (
	audit_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	at DATETIME NOT NULL,
	actor VARCHAR(80) NOT NULL,
	action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	object VARCHAR(80) NOT NULL,
	detail VARCHAR(1000) NOT NULL
) COMMENT 'only ever added to';
