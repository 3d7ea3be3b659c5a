<?php
// The catalog page as PHP-FPM would serve it: session and list from MariaDB
// by mysqli, the same document by DOMDocument, the same skin by XSLTProcessor.
declare(strict_types=1);

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = mysqli_init();
$db->options(MYSQLI_OPT_LOCAL_INFILE, false);
$db->real_connect('p:localhost', $_SERVER['PEER_USER'], $_SERVER['PEER_PASSWORD'],
    $_SERVER['PEER_DATABASE'], 0, $_SERVER['PEER_SOCKET']);
$db->set_charset('utf8mb4');

function rows(mysqli $db, string $sql, string $types, array $values): array
{
	$statement = $db->prepare($sql);
	if ($values)
		$statement->bind_param($types, ...$values);
	$statement->execute();
	return $statement->get_result()->fetch_all(MYSQLI_ASSOC);
}

function state(?array $license, string $today): string
{
	return match (true) {
		$license === null => 'none',
		$license['status'] === '0' => 'requested',
		$license['status'] === '2' => 'purchased',
		$license['status'] === '3' => 'licensed',
		$license['trial_end'] !== null && $license['trial_end'] < $today => 'ended',
		default => 'installed',
	};
}

$now = gmdate('Y-m-d H:i:s');
$today = date('Y-m-d');
$token = hash('sha256', $_COOKIE['session'] ?? '', true);
$db->begin_transaction(MYSQLI_TRANS_START_READ_ONLY);
$session = rows($db, 'SELECT s.account_id, a.login, a.name, a.kind, a.language,'
    . ' (SELECT COUNT(*) FROM notice n WHERE n.account_id = a.account_id AND n.read_at IS NULL) AS unread'
    . ' FROM session s JOIN account a ON a.account_id = s.account_id'
    . ' WHERE s.token_hash = ? AND s.seen_at > ? - INTERVAL 30 MINUTE'
    . ' AND s.created_at > ? - INTERVAL 12 HOUR AND a.disabled_at IS NULL',
    'sss', [$token, $now, $now])[0] ?? null;
if ($session === null) {
	header('Location: login', true, 303);
	return;
}

$items = rows($db, 'SELECT s.software_id, s.code, v.version, s.category, s.kind, s.model, s.maker,'
    . ' v.icon, t.name, t.summary, s.trial_days, COALESCE(p.amount, 0) AS price,'
    . ' COALESCE(p.amount + p.amount * p.tax_percent DIV 100, 0) AS price_total,'
    . ' COUNT(*) OVER () AS total'
    . ' FROM software s JOIN version v ON v.version_id = s.latest_version_id'
    . ' LEFT JOIN price p ON p.price_id = (SELECT q.price_id FROM price q'
    . '  WHERE q.software_id = s.software_id AND q.users_from <= 1 AND q.valid_from <= ?'
    . '  ORDER BY q.users_from DESC, q.valid_from DESC LIMIT 1)'
    . ' JOIN software_text t ON t.software_id = s.software_id AND t.language ='
    . '  IF(EXISTS (SELECT 1 FROM software_text x'
    . '   WHERE x.software_id = s.software_id AND x.language = ?), ?,'
    . '   (SELECT MIN(y.language) FROM software_text y WHERE y.software_id = s.software_id))'
    . ' WHERE s.visible = 1'
    . ' ORDER BY t.name COLLATE utf8mb4_unicode_520_ci, s.code LIMIT 20',
    'sss', [$today, $session['language'], $session['language']]);
$total = (int)($items[0]['total'] ?? 0);
$licenses = array_column(rows($db, 'SELECT software_id, serial, status, trial_end FROM license'
    . " WHERE account_id = ? AND status <> 'U' ORDER BY created_at, serial",
    'i', [(int)$session['account_id']]), null, 'software_id');
$categories = rows($db, 'SELECT category AS code, COUNT(*) AS count FROM software'
    . ' WHERE visible = 1 AND latest_version_id IS NOT NULL GROUP BY category ORDER BY category', '', []);
$db->commit();

$document = new DOMDocument('1.0', 'UTF-8');

function add(DOMNode $parent, string $name, array $attributes = [], ?string $text = null): DOMElement
{
	$element = $parent->ownerDocument ? $parent->ownerDocument->createElement($name)
	    : $parent->createElement($name);
	foreach ($attributes as $key => $value)
		if ($value !== null)
			$element->setAttribute($key, (string)$value);
	if ($text !== null)
		$element->appendChild($parent->ownerDocument->createTextNode($text));
	return $parent->appendChild($element);
}

$page = $document->appendChild($document->createElement('page'));
$page->setAttribute('screen', 'catalog');
$page->setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:lang', $session['language']);
$page->setAttribute('base', '/');
$page->setAttribute('request', bin2hex(random_bytes(8)));
$site = add($page, 'site', ['url' => $_SERVER['PEER_URL'], 'zone' => 'Asia/Tokyo',
    'asset' => 'asset/', 'media' => 'media/']);
add($site, 'name', [], '鍵屋');
$who = add($page, 'session', ['kind' => $session['kind'], 'login' => $session['login'],
    'unread' => $session['unread'], 'initial' => 'N']);
add($who, 'name', [], $session['name']);
foreach (['ja', 'en'] as $code)
	add($page, 'language', ['code' => $code, 'current' => $code === $session['language'] ? 'Y' : 'N']);
$form = add($page, 'form', ['name' => 'search', 'method' => 'get', 'action' => 'catalog']);
foreach (['q' => 'text', 'category' => 'choice', 'os' => 'text', 'price_max' => 'number', 'kind' => 'choice'] as $name => $kind) {
	$field = add($form, 'field', ['name' => $name, 'kind' => $kind, 'required' => 'N']);
	if ($name === 'category')
		foreach ($categories as $category)
			add($field, 'choice', ['value' => $category['code']], $category['code']);
}
$catalog = add($page, 'catalog', ['total' => $total, 'page' => 1, 'pages' => (int)ceil($total / 20)]);
foreach ($categories as $category)
	add($catalog, 'category', $category);
foreach ($items as $item) {
	$license = $licenses[$item['software_id']] ?? null;
	$element = add($catalog, 'item', ['code' => $item['code'], 'version' => $item['version'],
	    'category' => $item['category'], 'kind' => $item['kind'], 'model' => $item['model'],
	    'trial_days' => $item['trial_days'], 'price' => $item['price'],
	    'price_total' => $item['price_total'], 'icon' => $item['icon'] ?: null,
	    'state' => state($license, $today), 'serial' => $license['serial'] ?? null]);
	foreach (['name', 'summary', 'maker'] as $text)
		add($element, $text, [], $item[$text]);
}

$sheet = new DOMDocument();
$sheet->load($_SERVER['PEER_SKIN'] . '/screen/catalog.xsl');
$processor = new XSLTProcessor();
$processor->importStylesheet($sheet);
header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
echo $processor->transformToXml($document);
