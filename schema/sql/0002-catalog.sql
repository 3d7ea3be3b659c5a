-- Servers, areas, depots and what they offer.

CREATE TABLE IF NOT EXISTS server (
	server_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL UNIQUE,
	os_model VARCHAR(80) NOT NULL COMMENT 'as shown to customers: OS/機種',
	ip_address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	php VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '' COMMENT 'version, empty for none',
	mariadb VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	public_key BINARY(32) NOT NULL COMMENT 'the agent''s Ed25519 key',
	agent_version VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	last_contact DATETIME NULL,
	revoked_at DATETIME NULL
);

CREATE TABLE IF NOT EXISTS area (
	area_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	account_id BIGINT UNSIGNED NOT NULL,
	server_id BIGINT UNSIGNED NOT NULL,
	name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'the area''s folder on its server',
	owner VARCHAR(32) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'user of the hosting server',
	url VARCHAR(200) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'where the area is seen, ends in /',
	quota_mb INT UNSIGNED NOT NULL DEFAULT 1024,
	UNIQUE (server_id, name),
	KEY (account_id),
	FOREIGN KEY (account_id) REFERENCES account (account_id),
	FOREIGN KEY (server_id) REFERENCES server (server_id)
);

CREATE TABLE IF NOT EXISTS depot (
	depot_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL UNIQUE,
	url VARCHAR(200) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'ends in /',
	public_key BINARY(32) NOT NULL COMMENT 'the maker''s pinned Ed25519 key',
	index_serial BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'highest seen: never goes back',
	index_expires DATETIME NULL,
	checked_at DATETIME NULL,
	problem VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'why the last reading was refused',
	revoked_at DATETIME NULL
);

CREATE TABLE IF NOT EXISTS software (
	software_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL UNIQUE,
	depot_id BIGINT UNSIGNED NOT NULL,
	maker VARCHAR(80) NOT NULL,
	maker_url VARCHAR(200) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	category VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	kind ENUM('program', 'content', 'shareware') NOT NULL DEFAULT 'program',
	model ENUM('license', 'credit', 'free') NOT NULL DEFAULT 'license',
	trial_days INT UNSIGNED NOT NULL DEFAULT 60,
	ng_after_install INT UNSIGNED NOT NULL DEFAULT 120,
	ng_after_trial INT UNSIGNED NOT NULL DEFAULT 30,
	latest_version_id BIGINT UNSIGNED NULL,
	visible TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'staff show it to customers',
	created_at DATETIME NOT NULL,
	KEY (visible, category),
	FOREIGN KEY (depot_id) REFERENCES depot (depot_id)
);

CREATE TABLE IF NOT EXISTS software_text (
	software_id BIGINT UNSIGNED NOT NULL,
	language CHAR(2) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	name VARCHAR(80) NOT NULL,
	summary VARCHAR(300) NOT NULL,
	description TEXT NOT NULL COMMENT 'checked XHTML subset',
	search TEXT NOT NULL COMMENT 'name, summary and maker, folded',
	PRIMARY KEY (software_id, language),
	FOREIGN KEY (software_id) REFERENCES software (software_id)
);

CREATE TABLE IF NOT EXISTS software_related (
	software_id BIGINT UNSIGNED NOT NULL,
	code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	PRIMARY KEY (software_id, code),
	FOREIGN KEY (software_id) REFERENCES software (software_id)
);

CREATE TABLE IF NOT EXISTS version (
	version_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	software_id BIGINT UNSIGNED NOT NULL,
	version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	position BIGINT UNSIGNED NOT NULL COMMENT 'rises with each version of the software',
	released_on DATE NOT NULL,
	manifest_sha256 BINARY(32) NOT NULL,
	manifest MEDIUMTEXT NOT NULL,
	archive_size BIGINT UNSIGNED NOT NULL,
	unpacked_size BIGINT UNSIGNED NOT NULL,
	file_count INT UNSIGNED NOT NULL,
	os VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '' COMMENT 'empty for any',
	php_min VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	mariadb_min VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	entry VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'path of the start page inside the install',
	icon VARCHAR(200) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '',
	features VARCHAR(1000) NOT NULL DEFAULT '' COMMENT 'what is new, one language per line: ja=...',
	may_retry_trial TINYINT UNSIGNED NOT NULL DEFAULT 0,
	withdrawn_at DATETIME NULL,
	UNIQUE (software_id, version),
	UNIQUE (software_id, position),
	FOREIGN KEY (software_id) REFERENCES software (software_id)
);

CREATE TABLE IF NOT EXISTS screenshot (
	version_id BIGINT UNSIGNED NOT NULL,
	position INT UNSIGNED NOT NULL,
	file VARCHAR(200) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'below media.dir',
	PRIMARY KEY (version_id, position),
	FOREIGN KEY (version_id) REFERENCES version (version_id)
);

CREATE TABLE IF NOT EXISTS price (
	price_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	software_id BIGINT UNSIGNED NOT NULL,
	users_from INT UNSIGNED NOT NULL COMMENT 'the row with the highest users_from not above the users counts',
	amount BIGINT UNSIGNED NOT NULL COMMENT 'yen per user, without tax',
	tax_percent INT UNSIGNED NOT NULL DEFAULT 10,
	valid_from DATE NOT NULL,
	UNIQUE (software_id, users_from, valid_from),
	FOREIGN KEY (software_id) REFERENCES software (software_id)
);
