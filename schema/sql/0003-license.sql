-- The seed's four tables (figures 7 to 11), numerals in the comments.

CREATE TABLE IF NOT EXISTS company (
	company_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL PRIMARY KEY COMMENT '101 顧客会社コード C0001',
	name VARCHAR(120) NOT NULL COMMENT '会社名',
	postcode VARCHAR(8) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT '郵便番号',
	address1 VARCHAR(80) NOT NULL COMMENT '住所(県・市)',
	address2 VARCHAR(200) NOT NULL COMMENT '住所(区・番地)',
	kana VARCHAR(120) NOT NULL DEFAULT '' COMMENT 'payer''s name at the bank',
	fold BINARY(32) NOT NULL UNIQUE COMMENT 'SHA-256 of the folded fields: the same company once',
	created_at DATETIME NOT NULL
) COMMENT '74 顧客会社テーブル';

CREATE TABLE IF NOT EXISTS contact (
	contact_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL PRIMARY KEY COMMENT '92 顧客担当者コード T0001',
	company_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT '101 顧客会社コード',
	department VARCHAR(80) NOT NULL COMMENT '部署',
	name VARCHAR(80) NOT NULL COMMENT '担当',
	tel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'TEL',
	fax VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'FAX',
	email VARCHAR(254) NOT NULL COMMENT 'E-MAIL',
	fold BINARY(32) NOT NULL UNIQUE COMMENT 'SHA-256 of the folded fields and the company',
	created_at DATETIME NOT NULL,
	FOREIGN KEY (company_code) REFERENCES company (company_code)
) COMMENT '73 顧客担当者テーブル';

CREATE TABLE IF NOT EXISTS contract (
	contract_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL PRIMARY KEY COMMENT '82 契約管理コード K0001',
	received_on DATE NOT NULL COMMENT '91 受付日',
	contact_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT '92 顧客担当者コード',
	payment_method ENUM('E', 'C', 'P') NOT NULL COMMENT '93 支払い方法: E 電子商取引, C クレジットカード, P 請求書',
	payment_state TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '94 支払い管理システムキー: 0 未払い, 1 支払い完了',
	users INT UNSIGNED NOT NULL,
	unit_price BIGINT UNSIGNED NOT NULL COMMENT 'yen per user without tax, as ordered',
	tax_percent INT UNSIGNED NOT NULL,
	account_id BIGINT UNSIGNED NOT NULL,
	created_at DATETIME NOT NULL,
	KEY (account_id),
	CHECK (payment_state IN (0, 1)),
	FOREIGN KEY (contact_code) REFERENCES contact (contact_code),
	FOREIGN KEY (account_id) REFERENCES account (account_id)
) COMMENT '72 契約管理テーブル';

CREATE TABLE IF NOT EXISTS license (
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL PRIMARY KEY COMMENT '81 管理連番 2026-0001',
	contract_code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL COMMENT '82 契約管理コード',
	trial_start DATE NULL COMMENT '83 試用開始日',
	status CHAR(1) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '0' COMMENT '84 状況: 0 requested, 1 installed, 2 purchase requested, 3 key issued, U uninstalled',
	users INT UNSIGNED NOT NULL DEFAULT 0 COMMENT '85 ユーザ数',
	os_model VARCHAR(80) NOT NULL COMMENT '86 OS/機種',
	ip_address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT '87 IPアドレス',
	directory VARCHAR(500) NOT NULL COMMENT '88 ディレクトリ, relative to the area',
	permission_code TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '89 許可コード: 0 OK, 1 NG',
	license_key VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL COMMENT '8A ライセンスキー',
	certificate_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL UNIQUE COMMENT '8B ライセンス証書番号 L0001',
	account_id BIGINT UNSIGNED NOT NULL,
	software_id BIGINT UNSIGNED NOT NULL,
	version_id BIGINT UNSIGNED NOT NULL,
	area_id BIGINT UNSIGNED NOT NULL,
	product VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'software.code, for the key check',
	instance CHAR(26) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL UNIQUE COMMENT 'random id of this install',
	key_digest BINARY(32) NULL UNIQUE COMMENT 'HMAC-SHA-256 of the folded key',
	key_revoked TINYINT UNSIGNED NOT NULL DEFAULT 0,
	trial_end DATE NULL COMMENT 'last day of the trial',
	key_entered_at DATETIME NULL COMMENT 'first right check with the key: the trial watch ends',
	ng_from DATE NULL COMMENT 'first day on which permission is NG if nothing is paid',
	ng_rule VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '' COMMENT 'after-install, after-trial, invoice-due or waived',
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL,
	suspended TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1: stopped by staff',
	paid TINYINT UNSIGNED NOT NULL DEFAULT 0,
	settings TEXT NOT NULL COMMENT 'answers to the package''s settings, JSON, no secrets',
	revision BIGINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'goes up with each change of the verdict',
	installed_at DATETIME NULL,
	uninstalled_at DATETIME NULL,
	created_at DATETIME NOT NULL,
	KEY (account_id, software_id),
	KEY (contract_code),
	KEY (status, ng_from),
	CHECK (status IN ('0', '1', '2', '3', 'U')),
	CHECK (permission_code IN (0, 1)),
	FOREIGN KEY (contract_code) REFERENCES contract (contract_code),
	FOREIGN KEY (account_id) REFERENCES account (account_id),
	FOREIGN KEY (software_id) REFERENCES software (software_id),
	FOREIGN KEY (version_id) REFERENCES version (version_id),
	FOREIGN KEY (area_id) REFERENCES area (area_id)
) COMMENT '71 ライセンス管理テーブル';

CREATE TABLE IF NOT EXISTS trial (
	account_id BIGINT UNSIGNED NOT NULL,
	software_id BIGINT UNSIGNED NOT NULL,
	trial_start DATE NOT NULL,
	trial_end DATE NOT NULL COMMENT 'last day',
	version_id BIGINT UNSIGNED NOT NULL COMMENT 'the version it was last granted for',
	PRIMARY KEY (account_id, software_id),
	FOREIGN KEY (account_id) REFERENCES account (account_id),
	FOREIGN KEY (software_id) REFERENCES software (software_id)
) COMMENT 'one trial for a customer and a software';

CREATE TABLE IF NOT EXISTS verdict_change (
	change_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	at DATETIME NOT NULL,
	permission_code TINYINT UNSIGNED NOT NULL,
	reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'message id: installed, purchased, key-issued, key-entered, invoice-issued, paid, overdue, trial-ended, waived, uninstalled ...',
	rule VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	day DATE NULL,
	invoice_no VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NULL,
	actor VARCHAR(80) NOT NULL,
	KEY (serial, change_id),
	FOREIGN KEY (serial) REFERENCES license (serial)
) COMMENT 'every change of the right to run, with its reason';

CREATE TABLE IF NOT EXISTS keycheck_event (
	event_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	at DATETIME NOT NULL,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	instance VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	why ENUM('start', 'daily', 'activate') NOT NULL,
	code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	key_state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	done TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1: the worker has acted on it',
	KEY (serial, event_id),
	KEY (done, event_id)
) COMMENT 'appended by the gate, read by the worker';
