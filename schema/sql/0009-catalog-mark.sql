-- What is offered to all customers has a mark, another after each change of
-- it, so that a program can keep what it has read for as long as it is true.

CREATE TABLE IF NOT EXISTS catalog_mark (
	only TINYINT UNSIGNED NOT NULL PRIMARY KEY COMMENT '1: the one row',
	mark CHAR(36) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL COMMENT 'never the same for other contents, not even after a restore'
) COMMENT 'changes in the transaction that changes software, its texts, versions or prices';

INSERT IGNORE INTO catalog_mark (only, mark) VALUES (1, UUID());

CREATE TRIGGER IF NOT EXISTS software_added AFTER INSERT ON software
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS software_changed AFTER UPDATE ON software
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS software_removed AFTER DELETE ON software
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();

CREATE TRIGGER IF NOT EXISTS software_text_added AFTER INSERT ON software_text
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS software_text_changed AFTER UPDATE ON software_text
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS software_text_removed AFTER DELETE ON software_text
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();

CREATE TRIGGER IF NOT EXISTS version_added AFTER INSERT ON version
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS version_changed AFTER UPDATE ON version
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS version_removed AFTER DELETE ON version
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();

CREATE TRIGGER IF NOT EXISTS price_added AFTER INSERT ON price
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS price_changed AFTER UPDATE ON price
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
CREATE TRIGGER IF NOT EXISTS price_removed AFTER DELETE ON price
	FOR EACH ROW UPDATE catalog_mark SET mark = UUID();
