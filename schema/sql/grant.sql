-- The rights of each program's database user: 'kagiya_' and the program's name.
-- `kagiya schema grant` makes the users, takes all rights from them and then
-- runs this file: one GRANT to one user in a statement, a user's statements
-- together. 'localhost' becomes '%' when database.host is set.

-- Before login nobody is known: hashes are read here and in account only.
GRANT SELECT ON schema_change TO 'kagiya_login'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_login'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_login'@'localhost';
GRANT INSERT ON audit TO 'kagiya_login'@'localhost';
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON session TO 'kagiya_login'@'localhost';
GRANT SELECT ON account TO 'kagiya_login'@'localhost';
GRANT SELECT, INSERT, UPDATE ON guess TO 'kagiya_login'@'localhost';
GRANT SELECT, INSERT, UPDATE ON account_network TO 'kagiya_login'@'localhost';
GRANT UPDATE (password_hash, password_initial, failures, failed_at, language)
	ON account TO 'kagiya_login'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_logout'@'localhost';
GRANT SELECT, UPDATE (seen_at), DELETE ON session TO 'kagiya_logout'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_logout'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_logout'@'localhost';
GRANT INSERT ON audit TO 'kagiya_logout'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_logout'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_account'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_account'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_account'@'localhost';
GRANT INSERT ON audit TO 'kagiya_account'@'localhost';
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON session TO 'kagiya_account'@'localhost';
GRANT SELECT ON account TO 'kagiya_account'@'localhost';
GRANT SELECT, INSERT, UPDATE ON guess TO 'kagiya_account'@'localhost';
GRANT SELECT, INSERT, UPDATE ON account_network TO 'kagiya_account'@'localhost';
GRANT UPDATE (name, email, language, password_hash, password_initial, failures, failed_at)
	ON account TO 'kagiya_account'@'localhost';

-- What is offered, with the state of the customer's own installs.
GRANT SELECT ON schema_change TO 'kagiya_catalog'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_catalog'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_catalog'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_catalog'@'localhost';
GRANT INSERT ON audit TO 'kagiya_catalog'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON software TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON version TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON price TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON catalog_mark TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON area TO 'kagiya_catalog'@'localhost';
GRANT SELECT ON server TO 'kagiya_catalog'@'localhost';
GRANT SELECT (serial, account_id, software_id, status, trial_end, created_at)
	ON license TO 'kagiya_catalog'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_software'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_software'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_software'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_software'@'localhost';
GRANT INSERT ON audit TO 'kagiya_software'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_software'@'localhost';
GRANT SELECT ON software TO 'kagiya_software'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_software'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_software'@'localhost';
GRANT SELECT ON version TO 'kagiya_software'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_software'@'localhost';
GRANT SELECT ON price TO 'kagiya_software'@'localhost';
GRANT SELECT ON license TO 'kagiya_software'@'localhost';
GRANT SELECT ON area TO 'kagiya_software'@'localhost';
GRANT SELECT ON server TO 'kagiya_software'@'localhost';
GRANT SELECT ON job TO 'kagiya_software'@'localhost';
GRANT SELECT ON trial TO 'kagiya_software'@'localhost';

-- Installing, watching and uninstalling: a license row and a job for the agent. An
-- area's row is locked while its directories are compared, which takes a right
-- to change it.
GRANT SELECT ON schema_change TO 'kagiya_install'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_install'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_install'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_install'@'localhost';
GRANT INSERT ON audit TO 'kagiya_install'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_install'@'localhost';
GRANT SELECT ON software TO 'kagiya_install'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_install'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_install'@'localhost';
GRANT SELECT ON version TO 'kagiya_install'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_install'@'localhost';
GRANT SELECT ON price TO 'kagiya_install'@'localhost';
GRANT SELECT ON server TO 'kagiya_install'@'localhost';
GRANT SELECT ON depot TO 'kagiya_install'@'localhost';
GRANT SELECT, UPDATE (area_id) ON area TO 'kagiya_install'@'localhost';
GRANT SELECT, INSERT ON license TO 'kagiya_install'@'localhost';
GRANT SELECT ON trial TO 'kagiya_install'@'localhost';
GRANT SELECT ON move TO 'kagiya_install'@'localhost';
GRANT SELECT, INSERT, UPDATE ON counter TO 'kagiya_install'@'localhost';
GRANT SELECT, INSERT ON job TO 'kagiya_install'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_job'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_job'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_job'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_job'@'localhost';
GRANT INSERT ON audit TO 'kagiya_job'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_job'@'localhost';
GRANT SELECT ON software TO 'kagiya_job'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_job'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_job'@'localhost';
GRANT SELECT ON version TO 'kagiya_job'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_job'@'localhost';
GRANT SELECT ON price TO 'kagiya_job'@'localhost';
GRANT SELECT ON server TO 'kagiya_job'@'localhost';
GRANT SELECT ON depot TO 'kagiya_job'@'localhost';
GRANT SELECT, UPDATE (area_id) ON area TO 'kagiya_job'@'localhost';
GRANT SELECT, UPDATE (status, settings, uninstalled_at, kept_version_id, kept_until, revision)
	ON license TO 'kagiya_job'@'localhost';
GRANT SELECT ON trial TO 'kagiya_job'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job TO 'kagiya_job'@'localhost';
GRANT SELECT ON job_step TO 'kagiya_job'@'localhost';
GRANT SELECT ON backup TO 'kagiya_job'@'localhost';
GRANT SELECT, INSERT, UPDATE (ended_at) ON move TO 'kagiya_job'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_job'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_uninstall'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_uninstall'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_uninstall'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_uninstall'@'localhost';
GRANT INSERT ON audit TO 'kagiya_uninstall'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON software TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON version TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON price TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON server TO 'kagiya_uninstall'@'localhost';
GRANT SELECT ON depot TO 'kagiya_uninstall'@'localhost';
GRANT SELECT, UPDATE (area_id) ON area TO 'kagiya_uninstall'@'localhost';
GRANT SELECT, UPDATE (status, settings, uninstalled_at, kept_version_id, kept_until, revision)
	ON license TO 'kagiya_uninstall'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job TO 'kagiya_uninstall'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_uninstall'@'localhost';

-- His own licenses, their keys and history; what he can have done with them,
-- as a job. Its row is locked, which takes a right to change it.
GRANT SELECT ON schema_change TO 'kagiya_license'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_license'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_license'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_license'@'localhost';
GRANT INSERT ON audit TO 'kagiya_license'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_license'@'localhost';
GRANT SELECT ON software TO 'kagiya_license'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_license'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_license'@'localhost';
GRANT SELECT ON version TO 'kagiya_license'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_license'@'localhost';
GRANT SELECT ON price TO 'kagiya_license'@'localhost';
GRANT SELECT, UPDATE (area_id) ON area TO 'kagiya_license'@'localhost';
GRANT SELECT ON server TO 'kagiya_license'@'localhost';
GRANT SELECT, INSERT, UPDATE (job_id) ON job TO 'kagiya_license'@'localhost';
GRANT SELECT ON job_step TO 'kagiya_license'@'localhost';
GRANT SELECT ON backup TO 'kagiya_license'@'localhost';
GRANT SELECT, INSERT ON move TO 'kagiya_license'@'localhost';
GRANT SELECT ON trial TO 'kagiya_license'@'localhost';
GRANT SELECT ON invoice TO 'kagiya_license'@'localhost';
GRANT SELECT ON keycheck_event TO 'kagiya_license'@'localhost';
GRANT SELECT, UPDATE (license_key, key_digest, key_revoked, key_entered_at, instance, settings, revision)
	ON license TO 'kagiya_license'@'localhost';
GRANT SELECT, INSERT ON instance_move TO 'kagiya_license'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_license'@'localhost';
GRANT SELECT, INSERT ON revoked_key TO 'kagiya_license'@'localhost';
GRANT INSERT ON mail TO 'kagiya_license'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_purchase'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_purchase'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_purchase'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_purchase'@'localhost';
GRANT INSERT ON audit TO 'kagiya_purchase'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON software TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON version TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON price TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON area TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON server TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON trial TO 'kagiya_purchase'@'localhost';
GRANT SELECT ON invoice TO 'kagiya_purchase'@'localhost';
GRANT SELECT, INSERT ON contract TO 'kagiya_purchase'@'localhost';
GRANT SELECT, INSERT ON contact TO 'kagiya_purchase'@'localhost';
GRANT SELECT, INSERT, UPDATE (kana) ON company TO 'kagiya_purchase'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_purchase'@'localhost';
GRANT SELECT, INSERT, UPDATE ON counter TO 'kagiya_purchase'@'localhost';
GRANT SELECT, UPDATE (status, contract_code, users, license_key, key_digest, revision)
	ON license TO 'kagiya_purchase'@'localhost';
GRANT INSERT ON mail TO 'kagiya_purchase'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_invoice'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_invoice'@'localhost';
GRANT SELECT (account_id, read_at) ON notice TO 'kagiya_invoice'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_invoice'@'localhost';
GRANT INSERT ON audit TO 'kagiya_invoice'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON software TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON version TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON price TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON area TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON license TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON contract TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON invoice TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON invoice_line TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON invoice_tax TO 'kagiya_invoice'@'localhost';
GRANT SELECT ON payment TO 'kagiya_invoice'@'localhost';

GRANT SELECT ON schema_change TO 'kagiya_notice'@'localhost';
GRANT SELECT, UPDATE (seen_at) ON session TO 'kagiya_notice'@'localhost';
GRANT SELECT, INSERT, UPDATE (location) ON request TO 'kagiya_notice'@'localhost';
GRANT INSERT ON audit TO 'kagiya_notice'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_notice'@'localhost';
GRANT SELECT ON software TO 'kagiya_notice'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_notice'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_notice'@'localhost';
GRANT SELECT ON version TO 'kagiya_notice'@'localhost';
GRANT SELECT ON screenshot TO 'kagiya_notice'@'localhost';
GRANT SELECT ON price TO 'kagiya_notice'@'localhost';
GRANT SELECT ON area TO 'kagiya_notice'@'localhost';
GRANT SELECT ON license TO 'kagiya_notice'@'localhost';
GRANT SELECT, UPDATE (read_at) ON notice TO 'kagiya_notice'@'localhost';
GRANT UPDATE (notice_mail, unread) ON account TO 'kagiya_notice'@'localhost';

-- What a verdict needs and an event to append: no key, no contract, no name.
GRANT SELECT ON schema_change TO 'kagiya_keycheck'@'localhost';
GRANT SELECT ON revoked_key TO 'kagiya_keycheck'@'localhost';
GRANT SELECT (serial, product, instance, status, users, permission_code, key_digest, key_revoked,
	trial_end, ng_from, invoice_no, suspended, paid, revision, account_id, software_id, version_id,
	key_entered_at)
	ON license TO 'kagiya_keycheck'@'localhost';
GRANT SELECT (software_id, code, model, latest_version_id)
	ON software TO 'kagiya_keycheck'@'localhost';
GRANT SELECT (version_id, version) ON version TO 'kagiya_keycheck'@'localhost';
GRANT SELECT (account_id, language, unread) ON account TO 'kagiya_keycheck'@'localhost';
GRANT INSERT ON keycheck_event TO 'kagiya_keycheck'@'localhost';

-- Hands jobs to agents and writes down what they report.
GRANT SELECT ON schema_change TO 'kagiya_agent'@'localhost';
GRANT SELECT ON software TO 'kagiya_agent'@'localhost';
GRANT SELECT ON software_text TO 'kagiya_agent'@'localhost';
GRANT SELECT ON software_related TO 'kagiya_agent'@'localhost';
GRANT SELECT ON version TO 'kagiya_agent'@'localhost';
GRANT SELECT ON depot TO 'kagiya_agent'@'localhost';
GRANT SELECT ON contract TO 'kagiya_agent'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_agent'@'localhost';
GRANT SELECT, UPDATE (last_contact, agent_version)
	ON server TO 'kagiya_agent'@'localhost';
GRANT SELECT, UPDATE (area_id) ON area TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job_step TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT, UPDATE ON license TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT, UPDATE ON trial TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT, UPDATE ON backup TO 'kagiya_agent'@'localhost';
GRANT SELECT, UPDATE (parcel_sha256, parcel_size, ended_at)
	ON move TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT, UPDATE ON counter TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_agent'@'localhost';
GRANT SELECT, INSERT ON mail TO 'kagiya_agent'@'localhost';
GRANT INSERT ON audit TO 'kagiya_agent'@'localhost';

-- Takes and gives programs that move: is that job under way?
GRANT SELECT ON schema_change TO 'kagiya_parcel'@'localhost';
GRANT SELECT (job_id, move_id, server_id, action, state)
	ON job TO 'kagiya_parcel'@'localhost';
GRANT SELECT (server_id, name, revoked_at) ON server TO 'kagiya_parcel'@'localhost';

-- The manager's own hand: depots, trials, invoices, notices, mail, clearing up.
GRANT SELECT ON schema_change TO 'kagiya_worker'@'localhost';
GRANT SELECT ON price TO 'kagiya_worker'@'localhost';
GRANT SELECT ON server TO 'kagiya_worker'@'localhost';
GRANT SELECT ON area TO 'kagiya_worker'@'localhost';
GRANT SELECT ON move TO 'kagiya_worker'@'localhost';
GRANT SELECT (account_id, login, kind, name, email, language, password_initial, notice_mail,
	failures, failed_at, disabled_at, created_at)
	ON account TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON software TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON software_text TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON version TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON screenshot TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON license TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON trial TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON contract TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON counter TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job_step TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON invoice TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON mail TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON notice TO 'kagiya_worker'@'localhost';
GRANT UPDATE (unread) ON account TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON keycheck_event TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, UPDATE ON keycheck_day TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT, DELETE ON software_related TO 'kagiya_worker'@'localhost';
GRANT SELECT, UPDATE ON depot TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON revoked_key TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON invoice_line TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON invoice_tax TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON payment TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON daily_step TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON audit TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON contact TO 'kagiya_worker'@'localhost';
GRANT SELECT, INSERT ON company TO 'kagiya_worker'@'localhost';
GRANT SELECT, DELETE ON session TO 'kagiya_worker'@'localhost';
GRANT SELECT, DELETE ON request TO 'kagiya_worker'@'localhost';
GRANT SELECT, DELETE ON guess TO 'kagiya_worker'@'localhost';
GRANT DELETE ON mail TO 'kagiya_worker'@'localhost';

-- The staff's command. Nobody changes or removes what was audited, paid or invoiced.
GRANT SELECT ON schema_change TO 'kagiya_kagiya'@'localhost';

GRANT SELECT ON request TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON account TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON server TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON area TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON depot TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON software TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON software_text TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON version TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON screenshot TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON price TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON license TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON trial TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON contract TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON counter TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON job_step TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON invoice TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON mail TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON keycheck_event TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON notice TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON guess TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, UPDATE ON account_network TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT, DELETE ON software_related TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, DELETE ON session TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON company TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON contact TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON revoked_key TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, UPDATE (lifted) ON instance_move TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON verdict_change TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON invoice_line TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON invoice_tax TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON payment TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON daily_step TO 'kagiya_kagiya'@'localhost';
GRANT SELECT, INSERT ON audit TO 'kagiya_kagiya'@'localhost';
