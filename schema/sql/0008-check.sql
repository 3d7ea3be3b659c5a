-- The key check: self-service moves of a key to another instance.

CREATE TABLE IF NOT EXISTS instance_move (
	instance_move_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	instance_before CHAR(26) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	instance CHAR(26) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	lifted TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1: staff let it not count',
	actor VARCHAR(80) NOT NULL COMMENT 'who moved it',
	created_at DATETIME NOT NULL,
	KEY (serial, created_at),
	FOREIGN KEY (serial) REFERENCES license (serial)
) COMMENT 'which install a key was bound to, and when that changed';

-- Checks are kept one by one for 30 days, then as numbers. A stranger's tries
-- are none of a license's: they are counted with an empty serial.

ALTER TABLE keycheck_event
	ADD COLUMN IF NOT EXISTS count INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'tries this row stands for';

CREATE TABLE IF NOT EXISTS keycheck_day (
	day DATE NOT NULL COMMENT 'in the provider''s zone',
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	count BIGINT UNSIGNED NOT NULL,
	PRIMARY KEY (day, serial, code)
) COMMENT 'key checks of former days';

-- A check reads one row of a license and one of its account, and counts nothing.

ALTER TABLE account
	ADD COLUMN IF NOT EXISTS unread INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'notices that were not read yet';

UPDATE account SET unread = (SELECT COUNT(*) FROM notice
	WHERE notice.account_id = account.account_id AND notice.read_at IS NULL);
