-- Jobs for agents, invoices, payments, notices, mail.

CREATE TABLE IF NOT EXISTS job (
	job_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'job number, rises',
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	server_id BIGINT UNSIGNED NOT NULL,
	action ENUM('install', 'upgrade', 'move', 'uninstall') NOT NULL,
	version_id BIGINT UNSIGNED NOT NULL,
	state ENUM('waiting', 'running', 'done', 'failed', 'cancelled') NOT NULL DEFAULT 'waiting',
	step VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '' COMMENT 'last step reported',
	reason VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'message id and detail of a failure',
	bytes_done BIGINT UNSIGNED NOT NULL DEFAULT 0,
	bytes_total BIGINT UNSIGNED NOT NULL DEFAULT 0,
	backup TINYINT UNSIGNED NOT NULL DEFAULT 0,
	left_over TEXT NOT NULL COMMENT 'what an uninstall left, a path per line',
	sent_at DATETIME NULL COMMENT 'last handed to the agent',
	created_at DATETIME NOT NULL,
	ended_at DATETIME NULL,
	KEY (server_id, state, job_id),
	KEY (serial, job_id),
	FOREIGN KEY (serial) REFERENCES license (serial),
	FOREIGN KEY (version_id) REFERENCES version (version_id),
	FOREIGN KEY (server_id) REFERENCES server (server_id)
);

CREATE TABLE IF NOT EXISTS job_step (
	job_id BIGINT UNSIGNED NOT NULL,
	step VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	state ENUM('running', 'done', 'failed') NOT NULL,
	at DATETIME NOT NULL,
	detail VARCHAR(500) NOT NULL DEFAULT '',
	PRIMARY KEY (job_id, step),
	FOREIGN KEY (job_id) REFERENCES job (job_id)
);

CREATE TABLE IF NOT EXISTS invoice (
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL PRIMARY KEY COMMENT 'I0001, without holes',
	contract_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL UNIQUE,
	account_id BIGINT UNSIGNED NOT NULL,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	issued_on DATE NOT NULL,
	due_on DATE NOT NULL,
	seller TEXT NOT NULL COMMENT 'issuer as printed, a line each',
	registration_no VARCHAR(14) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'T and 13 digits',
	buyer TEXT NOT NULL COMMENT 'recipient as printed, a line each',
	total BIGINT UNSIGNED NOT NULL COMMENT 'yen with tax',
	paid_amount BIGINT UNSIGNED NOT NULL DEFAULT 0,
	paid_on DATE NULL,
	created_at DATETIME NOT NULL,
	KEY (account_id),
	KEY (paid_on, due_on),
	FOREIGN KEY (contract_code) REFERENCES contract (contract_code),
	FOREIGN KEY (serial) REFERENCES license (serial)
) COMMENT 'immutable once issued, but for what was paid';

CREATE TABLE IF NOT EXISTS invoice_line (
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	position INT UNSIGNED NOT NULL,
	description VARCHAR(200) NOT NULL,
	quantity INT UNSIGNED NOT NULL,
	unit_price BIGINT UNSIGNED NOT NULL,
	amount BIGINT UNSIGNED NOT NULL,
	tax_percent INT UNSIGNED NOT NULL,
	PRIMARY KEY (invoice_no, position),
	FOREIGN KEY (invoice_no) REFERENCES invoice (invoice_no)
);

CREATE TABLE IF NOT EXISTS invoice_tax (
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	tax_percent INT UNSIGNED NOT NULL,
	taxable BIGINT UNSIGNED NOT NULL,
	tax BIGINT UNSIGNED NOT NULL COMMENT 'rounded down once per rate and invoice',
	PRIMARY KEY (invoice_no, tax_percent),
	FOREIGN KEY (invoice_no) REFERENCES invoice (invoice_no)
);

CREATE TABLE IF NOT EXISTS payment (
	payment_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	amount BIGINT UNSIGNED NOT NULL,
	received_on DATE NOT NULL,
	reference VARCHAR(80) NOT NULL UNIQUE COMMENT 'the same payment is recorded once',
	actor VARCHAR(80) NOT NULL,
	created_at DATETIME NOT NULL,
	FOREIGN KEY (invoice_no) REFERENCES invoice (invoice_no)
);

CREATE TABLE IF NOT EXISTS daily_step (
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	rule VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	day DATE NOT NULL,
	done_at DATETIME NOT NULL,
	PRIMARY KEY (serial, rule, day),
	FOREIGN KEY (serial) REFERENCES license (serial)
) COMMENT 'the daily step is done once for a license, a rule and a day';

CREATE TABLE IF NOT EXISTS notice (
	notice_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	account_id BIGINT UNSIGNED NOT NULL,
	kind ENUM('upgrade', 'feature', 'related') NOT NULL COMMENT 'figure 12 (i), in its order',
	software_id BIGINT UNSIGNED NOT NULL COMMENT 'what the customer has or had',
	version_id BIGINT UNSIGNED NULL COMMENT 'upgrade, feature: the new version',
	related_id BIGINT UNSIGNED NULL COMMENT 'related: the software offered',
	about VARCHAR(60) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'kind, software, version or related: told once',
	created_at DATETIME NOT NULL,
	read_at DATETIME NULL,
	UNIQUE (account_id, about),
	KEY (account_id, read_at),
	FOREIGN KEY (account_id) REFERENCES account (account_id),
	FOREIGN KEY (software_id) REFERENCES software (software_id)
);

CREATE TABLE IF NOT EXISTS mail (
	mail_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	about VARCHAR(100) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL UNIQUE COMMENT 'kind and object: sent once',
	kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'stylesheet in xslt/stock/mail',
	account_id BIGINT UNSIGNED NOT NULL,
	recipient VARCHAR(254) NOT NULL,
	language CHAR(2) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL,
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL,
	notice_id BIGINT UNSIGNED NULL,
	day DATE NULL COMMENT 'the date the mail speaks of',
	state ENUM('waiting', 'sent', 'failed') NOT NULL DEFAULT 'waiting',
	tries INT UNSIGNED NOT NULL DEFAULT 0,
	next_try DATETIME NOT NULL,
	last_error VARCHAR(200) NOT NULL DEFAULT '',
	sent_at DATETIME NULL,
	created_at DATETIME NOT NULL,
	KEY (state, next_try)
) COMMENT 'what the worker is to send';
