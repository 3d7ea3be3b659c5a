-- oracle: what can never be true of the shop's tables, each as a sentence.
-- No line comes out of a shop that is right.

-- Codes count up without holes, and none is there twice.
SELECT CONCAT('counter ', c.name, ' is at ', c.last, ' and there are ',
	t.n, ' up to ', t.most)
FROM counter c JOIN (
	SELECT 'K' AS name, COUNT(*) AS n,
		COALESCE(MAX(0 + SUBSTR(contract_code, 2)), 0) AS most
	FROM contract
	UNION ALL SELECT 'T', COUNT(*), COALESCE(MAX(0 + SUBSTR(contact_code, 2)), 0) FROM contact
	UNION ALL SELECT 'C', COUNT(*), COALESCE(MAX(0 + SUBSTR(company_code, 2)), 0) FROM company
	UNION ALL SELECT 'I', COUNT(*), COALESCE(MAX(0 + SUBSTR(invoice_no, 2)), 0) FROM invoice
	UNION ALL SELECT 'L', COUNT(certificate_no),
		COALESCE(MAX(0 + SUBSTR(certificate_no, 2)), 0) FROM license
	UNION ALL SELECT CONCAT('serial-', LEFT(serial, 4)), COUNT(*),
		MAX(0 + SUBSTR(serial, 6)) FROM license GROUP BY LEFT(serial, 4)
) t ON t.name = c.name WHERE c.last <> t.n OR c.last <> t.most;

-- A license and its jobs.
SELECT CONCAT(serial, ' has no job') FROM license l
WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.serial = l.serial);
SELECT CONCAT(serial, ' has ', COUNT(*), ' jobs under way') FROM job
WHERE state IN ('waiting', 'running') GROUP BY serial HAVING COUNT(*) > 1;
SELECT CONCAT(serial, ' was installed ', COUNT(*), ' times') FROM job
WHERE state = 'done' GROUP BY serial, action HAVING COUNT(*) > 1;
SELECT CONCAT(l.serial, ' is ', l.status, ' after install ', j.state)
FROM license l JOIN job j ON j.serial = l.serial AND j.action = 'install'
WHERE (l.status IN ('1', '2', '3') AND j.state <> 'done')
	OR (l.status = '0' AND j.state = 'done');
SELECT CONCAT(l.serial, ' is ', l.status, ' after uninstall ', j.state)
FROM license l JOIN job j ON j.serial = l.serial AND j.action = 'uninstall'
WHERE (j.state = 'done') <> (l.status = 'U');
SELECT CONCAT(serial, ' is ', status, ' without its time') FROM license
WHERE (status <> '0' AND installed_at IS NULL)
	OR (status = 'U') <> (uninstalled_at IS NOT NULL);

-- A purchase is whole or not there.
SELECT CONCAT(l.serial, ': a purchase that is not whole') FROM license l
LEFT JOIN contract k ON k.contract_code = l.contract_code
LEFT JOIN contact t ON t.contact_code = k.contact_code
LEFT JOIN company c ON c.company_code = t.company_code
WHERE l.contract_code IS NOT NULL AND (c.company_code IS NULL
	OR l.license_key IS NULL OR l.key_digest IS NULL OR l.users = 0
	OR l.status NOT IN ('3', 'U'));
SELECT CONCAT(serial, ' is ', status, ' without a contract') FROM license
WHERE contract_code IS NULL AND (status IN ('2', '3')
	OR license_key IS NOT NULL OR key_digest IS NOT NULL);
SELECT CONCAT(contract_code, ' belongs to ', COUNT(serial), ' licenses')
FROM contract LEFT JOIN license USING (contract_code)
GROUP BY contract_code HAVING COUNT(serial) <> 1;
SELECT CONCAT(contact_code, ' has no contract') FROM contact
WHERE contact_code NOT IN (SELECT contact_code FROM contract);
SELECT CONCAT(company_code, ' has no contact') FROM company
WHERE company_code NOT IN (SELECT company_code FROM contact);

-- What is noted once for each deed: history, audit, mail, the form's id.
SELECT CONCAT(l.serial, ': ', w.reason, ' is noted ', COUNT(v.change_id), ' times')
FROM license l
JOIN (SELECT 'installed' AS reason UNION SELECT 'purchased'
	UNION SELECT 'key-issued' UNION SELECT 'key-entered'
	UNION SELECT 'invoice-issued' UNION SELECT 'uninstalled') w
LEFT JOIN verdict_change v ON v.serial = l.serial AND v.reason = w.reason
GROUP BY l.serial, w.reason HAVING COUNT(v.change_id) <> CASE w.reason
	WHEN 'installed' THEN MAX(l.installed_at IS NOT NULL)
	WHEN 'uninstalled' THEN MAX(l.uninstalled_at IS NOT NULL)
	WHEN 'key-entered' THEN MAX(l.key_entered_at IS NOT NULL)
	WHEN 'invoice-issued' THEN MAX(l.invoice_no IS NOT NULL)
	ELSE MAX(l.contract_code IS NOT NULL) END;
SELECT CONCAT(l.serial, ': ', w.kind, ' is mailed ', COUNT(m.mail_id), ' times')
FROM license l
JOIN (SELECT 'installed' AS kind UNION SELECT 'key-issued'
	UNION SELECT 'invoice-issued' UNION SELECT 'uninstalled') w
LEFT JOIN mail m ON m.serial = l.serial AND m.kind = w.kind
GROUP BY l.serial, w.kind HAVING COUNT(m.mail_id) <> CASE w.kind
	WHEN 'installed' THEN MAX(l.installed_at IS NOT NULL)
	WHEN 'uninstalled' THEN MAX(l.uninstalled_at IS NOT NULL)
	WHEN 'invoice-issued' THEN MAX(l.invoice_no IS NOT NULL)
	ELSE MAX(l.contract_code IS NOT NULL) END;
SELECT CONCAT(l.serial, ': ', w.action, ' is in the audit ', COUNT(a.audit_id), ' times')
FROM license l
JOIN (SELECT 'install.request' AS action UNION SELECT 'purchase') w
LEFT JOIN audit a ON a.object = l.serial AND a.action = w.action
GROUP BY l.serial, w.action HAVING COUNT(a.audit_id) <>
	IF(w.action = 'purchase', MAX(l.contract_code IS NOT NULL), 1);
SELECT CONCAT(r.n, ' forms of ', r.screen, ' were carried out, ', d.n, ' deeds were done')
FROM (SELECT 'purchase' AS screen, COUNT(*) AS n FROM contract
	UNION ALL SELECT 'install', COUNT(*) FROM license
	UNION ALL SELECT 'uninstall', COUNT(*) FROM audit
	WHERE action = 'uninstall.request') d
JOIN (SELECT w.screen, COUNT(request_id) AS n FROM (SELECT 'purchase' AS screen
		UNION SELECT 'install' UNION SELECT 'uninstall') w
	LEFT JOIN request q ON q.screen = w.screen GROUP BY w.screen) r
	ON r.screen = d.screen
WHERE r.n <> d.n;
SELECT CONCAT('a form of ', screen, ' led nowhere') FROM request
WHERE location IS NULL AND screen IN ('purchase', 'install', 'uninstall');

-- An invoice is whole, and a contract has one at most.
SELECT CONCAT(i.invoice_no, ' is not whole') FROM invoice i
LEFT JOIN license l ON l.invoice_no = i.invoice_no
	AND l.serial = i.serial AND l.contract_code = i.contract_code
WHERE l.serial IS NULL OR l.key_entered_at IS NULL OR l.ng_from IS NULL
	OR i.total <> (SELECT SUM(taxable + tax) FROM invoice_tax x
		WHERE x.invoice_no = i.invoice_no)
	OR i.total <= (SELECT COALESCE(SUM(amount), i.total) FROM invoice_line n
		WHERE n.invoice_no = i.invoice_no);
SELECT CONCAT(serial, ' has a key that was entered and no invoice') FROM license
WHERE (key_entered_at IS NULL) <> (invoice_no IS NULL);
