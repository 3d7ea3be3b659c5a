-- What happens to a program between its install and its end.

ALTER TABLE version
	ADD COLUMN IF NOT EXISTS upgrade_from VARCHAR(40) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL DEFAULT '' COMMENT 'oldest version that can become this one; empty for any';

ALTER TABLE depot
	ADD COLUMN IF NOT EXISTS key_number INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'of public_key in the maker''s keys.xml; 0: not known yet';

ALTER TABLE license
	ADD COLUMN IF NOT EXISTS kept_version_id BIGINT UNSIGNED NULL COMMENT 'what a roll-back would bring back',
	ADD COLUMN IF NOT EXISTS kept_until DATETIME NULL;

CREATE TABLE IF NOT EXISTS move (
	move_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	from_area_id BIGINT UNSIGNED NOT NULL,
	from_directory VARCHAR(500) NOT NULL,
	to_area_id BIGINT UNSIGNED NOT NULL,
	to_directory VARCHAR(500) NOT NULL,
	parcel_sha256 BINARY(32) NULL COMMENT 'of what the source packed',
	parcel_size BIGINT UNSIGNED NULL COMMENT 'bytes',
	created_at DATETIME NOT NULL,
	ended_at DATETIME NULL COMMENT 'there, or back again',
	KEY (serial),
	KEY (to_area_id, ended_at),
	FOREIGN KEY (serial) REFERENCES license (serial),
	FOREIGN KEY (from_area_id) REFERENCES area (area_id),
	FOREIGN KEY (to_area_id) REFERENCES area (area_id)
) COMMENT 'a program on its way to another place: export, import, drop or return';

CREATE TABLE IF NOT EXISTS backup (
	backup_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'of the license whose program it was made of',
	area_id BIGINT UNSIGNED NOT NULL COMMENT 'in whose root it lies',
	version_id BIGINT UNSIGNED NOT NULL,
	name VARCHAR(200) NOT NULL COMMENT 'of the file',
	bytes BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0: not told',
	made_at DATETIME NOT NULL,
	missing_at DATETIME NULL COMMENT 'the agent did not find it any more',
	UNIQUE (area_id, name),
	KEY (serial),
	FOREIGN KEY (serial) REFERENCES license (serial),
	FOREIGN KEY (area_id) REFERENCES area (area_id),
	FOREIGN KEY (version_id) REFERENCES version (version_id)
) COMMENT 'backups in the customers'' areas, as the agents told of them';

ALTER TABLE job
	MODIFY action ENUM('install', 'upgrade', 'uninstall', 'rollback', 'backup', 'restore', 'export', 'import', 'drop', 'return') NOT NULL,
	ADD COLUMN IF NOT EXISTS from_version_id BIGINT UNSIGNED NULL COMMENT 'installed when it was ordered',
	ADD COLUMN IF NOT EXISTS backup_id BIGINT UNSIGNED NULL COMMENT 'restore: which one',
	ADD COLUMN IF NOT EXISTS move_id BIGINT UNSIGNED NULL COMMENT 'export, import, drop, return: of which move',
	ADD COLUMN IF NOT EXISTS cancel_at DATETIME NULL COMMENT 'the customer called it off; the agent was not heard on it yet',
	ADD KEY IF NOT EXISTS move_id (move_id, job_id),
	ADD KEY IF NOT EXISTS sent_at (server_id, sent_at);
