-- What happens to a program between its install and its end.

ALTER TABLE job
	MODIFY action ENUM('install', 'upgrade', 'move', 'uninstall', 'rollback', 'backup', 'restore', 'export', 'import', 'drop', 'return') NOT NULL;
