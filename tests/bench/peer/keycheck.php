<?php
// The key check as PHP-FPM would serve it: one prepared statement over a
// persistent connection, Ed25519 by sodium, opcache on. It keeps no trace of the
// check, as ours does: that would only slow it down.
declare(strict_types=1);

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

const WANTED = ['v', 'product', 'serial', 'instance', 'key', 'version', 'nonce',
    'why'];
const DAY = 86400;

function refuse(int $status, string $line): void
{
	http_response_code($status);
	header('Content-Type: text/plain; charset=utf-8');
	echo $line, "\n";
}

function base64url(string $bytes): string
{
	return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function folded(string $key): string
{
	return strtr(strtoupper(str_replace(['-', ' '], '', $key)), 'OIL', '011');
}

function ask(mysqli $db, string $serial): ?array
{
	$statement = $db->prepare('SELECT l.serial, l.product, l.instance, l.status,'
	    . ' l.users, l.permission_code, l.key_digest, l.key_revoked, l.trial_end,'
	    . ' l.ng_from, l.invoice_no, l.suspended, l.paid, l.revision, s.model,'
	    . ' v.version AS latest, a.language, (SELECT COUNT(*) FROM notice n'
	    . '  WHERE n.account_id = l.account_id AND n.read_at IS NULL) AS unread'
	    . ' FROM license l JOIN software s ON s.software_id = l.software_id'
	    . ' JOIN account a ON a.account_id = l.account_id'
	    . ' LEFT JOIN version v ON v.version_id = s.latest_version_id'
	    . ' WHERE l.serial = ?');
	$statement->bind_param('s', $serial);
	$statement->execute();
	return $statement->get_result()->fetch_assoc();
}

function judge(array $row, array $field, string $key): array
{
	if ($row['product'] !== $field['product'])
		return ['NG', 'PRODUCT_MISMATCH'];
	if ($row['instance'] !== $field['instance'])
		return ['NG', 'INSTANCE_MISMATCH'];
	if ($row['status'] === 'U')
		return ['NG', 'UNINSTALLED'];
	if ((int)$row['suspended'] !== 0)
		return ['NG', 'SUSPENDED'];
	if ((int)$row['permission_code'] !== 0)
		return ['NG', 'PAYMENT_OVERDUE'];
	if ($key === 'valid')
		return ['OK', $row['invoice_no'] !== null && !$row['paid'] ?
		    'PAYMENT_DUE' : 'VALID'];
	if ($row['trial_end'] !== null && date('Y-m-d') <= $row['trial_end'])
		return ['OK', 'TRIAL'];
	return ['NG', 'KEY_UNKNOWN'];
}

foreach (WANTED as $name)
	if (!isset($_POST[$name]) || !is_string($_POST[$name]) ||
	    strlen($_POST[$name]) > 200 || !mb_check_encoding($_POST[$name], 'UTF-8')) {
		refuse(400, "$name is missing or wrong");
		return;
	}
$db = mysqli_init();
$db->options(MYSQLI_OPT_LOCAL_INFILE, false);
$db->real_connect('p:localhost', $_SERVER['PEER_USER'], $_SERVER['PEER_PASSWORD'],
    $_SERVER['PEER_DATABASE'], 0, $_SERVER['PEER_SOCKET']);
$row = ask($db, $_POST['serial']);
$digest = hash_hmac('sha256', folded($_POST['key']),
    hex2bin($_SERVER['PEER_KEY_SECRET']), true);
$key = $row !== null && hash_equals((string)$row['key_digest'], $digest) ?
    'valid' : 'wrong';
[$result, $code] = $row === null ? ['NG', 'KEY_UNKNOWN'] :
    judge($row, $_POST, $key);

$now = time();
$payload = base64url(json_encode([
	'result' => $result, 'code' => $code, 'key' => $key,
	'permission' => (int)($row['permission_code'] ?? 0),
	'product' => $_POST['product'], 'serial' => $_POST['serial'],
	'instance' => $_POST['instance'], 'users' => (int)($row['users'] ?? 0),
	'nonce' => $_POST['nonce'], 'trial_end' => $row['trial_end'] ?? '',
	'ng_from' => $row['ng_from'] ?? '', 'iat' => $now,
	'next_check' => $now + DAY, 'cache_until' => $now + 7 * DAY,
	'grace_until' => $now + 14 * DAY, 'revision' => (int)($row['revision'] ?? 0),
	'latest' => $row['latest'] ?? '', 'notices' => (int)($row['unread'] ?? 0),
	'text' => 'ご利用いただけます。',
	'url' => 'https://shop.example/license?serial=' . rawurlencode($_POST['serial']),
], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
$head = base64url('{"alg":"EdDSA","kid":"bench","typ":"kagiya-check"}');
$secret = hex2bin($_SERVER['PEER_SIGNER']);
header('Content-Type: application/jose');
header('Cache-Control: no-store');
echo "$head.$payload.", base64url(
    sodium_crypto_sign_detached("$head.$payload", $secret));
