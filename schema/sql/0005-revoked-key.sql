-- Keys that were revoked and replaced: they are answered KEY_REVOKED for ever.

CREATE TABLE IF NOT EXISTS revoked_key (
	key_digest BINARY(32) NOT NULL PRIMARY KEY COMMENT 'HMAC-SHA-256 of the folded key',
	serial VARCHAR(20) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
	revoked_at DATETIME NOT NULL,
	FOREIGN KEY (serial) REFERENCES license (serial)
) COMMENT 'license keys that count no more';
