<?php
/* gate: a shop in the database, questions to the running gate, its answers.
 * To be required by those who judge them. */

declare(strict_types=1);

require getenv('top_srcdir') . '/fcgi/client/php/KagiyaLicense.php';

use Kagiya\Answer;

date_default_timezone_set('Asia/Tokyo');	/* the provider's zone */
const INSTANCE = 'abcdefghijklmnopqrstuvwxyz';
const DAY = 86400;
$lab = getenv('LAB');
$done = 0;

function ok(bool $good, string $name): void
{
	global $done;
	$done++;
	echo $good ? 'ok' : 'not ok', " $done - $name\n";
}

function same($got, $wanted, string $name): void
{
	ok($got === $wanted, $name);
	if ($got !== $wanted)
		echo '# got ', json_encode($got), ', wanted ',
		    json_encode($wanted), "\n";
}

/* --- the database */

function sql(string $text, ?string $user = 'root', string $password = ''): array
{
	mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
	$db = new mysqli('localhost', $user, $password, 'kagiya', 0,
	    getenv('MARIADB_SOCKET'));
	$db->set_charset('utf8mb4');
	$rows = [];
	$db->multi_query($text);
	do {
		$result = $db->store_result();
		if ($result !== false)
			$rows = $result->fetch_all(MYSQLI_ASSOC);
	} while ($db->more_results() && $db->next_result());
	$db->close();
	return $rows;
}

function day(int $distance): string
{
	return date('Y-m-d', time() + $distance * DAY);
}

/* Crockford's digits; the last is the sum of x^(24-i) c(i) in GF(32). */
function new_key(): string
{
	$digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
	$key = '';
	$sum = 0;
	for ($i = 0; $i < 24; $i++) {
		$digit = random_int(0, 31);
		$key .= $digits[$digit];
		$sum = times_x($sum) ^ $digit;
	}
	return implode('-', str_split($key . $digits[times_x($sum)], 5));
}

function times_x(int $element): int
{
	$element <<= 1;
	return $element & 32 ? $element ^ 0x25 : $element;
}

function digest(string $key): string
{
	global $lab;
	return hash_hmac('sha256', str_replace('-', '', $key),
	    hex2bin(trim(file_get_contents("$lab/secret/license-key"))));
}

sql("INSERT INTO account (account_id, login, kind, name, email, language,
    password_hash, created_at) VALUES
    (1, 'anna', 'customer', 'Anna', 'a@example.org', 'ja', '', UTC_TIMESTAMP()),
    (2, 'bob', 'customer', 'Bob', 'b@example.org', 'en', '', UTC_TIMESTAMP());
INSERT INTO server (server_id, name, os_model, ip_address, public_key)
    VALUES (1, 'web1', 'Linux', '192.0.2.1', REPEAT('x', 32));
INSERT INTO area (area_id, account_id, server_id, name, owner, url) VALUES
    (1, 1, 1, 'anna', 'anna', 'http://anna.example/'),
    (2, 2, 1, 'bob', 'bob', 'http://bob.example/');
INSERT INTO depot (depot_id, name, url, public_key)
    VALUES (1, 'depot', 'http://depot.example/', REPEAT('y', 32));
INSERT INTO software (software_id, code, depot_id, maker, category, created_at)
    VALUES (1, 'groupware', 1, 'M', 'office', UTC_TIMESTAMP());
INSERT INTO software (software_id, code, depot_id, maker, category, model,
    created_at) VALUES (2, 'free', 1, 'M', 'office', 'free', UTC_TIMESTAMP());
INSERT INTO version (version_id, software_id, version, position, released_on,
    manifest_sha256, manifest, archive_size, unpacked_size, file_count)
    VALUES (1, 1, '2.0', 1, '2026-01-01', REPEAT('m', 32), '', 1, 1, 1),
    (2, 1, '2.1', 2, '2026-02-01', REPEAT('n', 32), '', 1, 1, 1),
    (3, 2, '1.0', 1, '2026-02-01', REPEAT('o', 32), '', 1, 1, 1);
UPDATE software SET latest_version_id = 2 WHERE software_id = 1;
INSERT INTO notice (account_id, kind, software_id, about, created_at, read_at)
    VALUES (1, 'upgrade', 1, 'a', UTC_TIMESTAMP(), NULL),
    (1, 'feature', 1, 'b', UTC_TIMESTAMP(), NULL),
    (1, 'related', 1, 'c', UTC_TIMESTAMP(), UTC_TIMESTAMP());
UPDATE account SET unread = 2 WHERE account_id = 1");

/* A license; $columns as SQL. */
function license(string $serial, array $columns = []): void
{
	$columns += ['serial' => "'$serial'", 'os_model' => "'Linux'",
		'ip_address' => "'192.0.2.1'", 'directory' => "'d$serial'",
		'account_id' => 1, 'software_id' => 1, 'version_id' => 1,
		'area_id' => 1, 'product' => "'groupware'", 'instance' =>
		"'" . substr(md5($serial), 0, 26) . "'", 'settings' => "'{}'",
		'status' => "'1'", 'trial_start' => "'" . day(-10) . "'",
		'trial_end' => "'" . day(50) . "'", 'revision' => 7,
		'created_at' => 'UTC_TIMESTAMP()'];
	sql('INSERT INTO license (' . implode(',', array_keys($columns)) .
	    ') VALUES (' . implode(',', $columns) . ')');
}

function bought(string $key, array $columns = []): array
{
	return $columns + ['status' => "'3'", 'users' => 5,
		'license_key' => "'$key'",
		'key_digest' => "UNHEX('" . digest($key) . "')"];
}

/* Events are stored a little later: waits until there are more. */
function events(int $more_than): array
{
	for ($i = 0; $i < 200; $i++) {
		$rows = sql('SELECT * FROM keycheck_event ORDER BY event_id');
		if (count($rows) > $more_than)
			return $rows;
		usleep(50000);
	}
	return $rows;
}

/* --- asking */

/* Each from an address of its own, unless one is named: wrong keys are counted
 * by it. */
function address(): string
{
	static $count = 0;
	$count++;
	return '10.' . ($count >> 16 & 255) . '.' . ($count >> 8 & 255) . '.' .
	    ($count & 255);
}

function post(string $body, string $accept = '*/*',
    string $method = 'POST', string $address = ''): array
{
	global $lab;
	if ($address === '')
		$address = address();
	$headers = [];
	$handle = curl_init('http://shop/keycheck');
	curl_setopt_array($handle, [CURLOPT_UNIX_SOCKET_PATH => "$lab/web",
		CURLOPT_CUSTOMREQUEST => $method, CURLOPT_POSTFIELDS => $body,
		CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 20,
		CURLOPT_HTTPHEADER => ["Accept: $accept",
			"X-Test-Address: $address"],
		CURLOPT_HEADERFUNCTION => function ($h, $line) use (&$headers) {
			$pair = explode(':', $line, 2);
			if (count($pair) === 2)
				$headers[strtolower($pair[0])] = trim($pair[1]);
			return strlen($line);
		}]);
	$answer = curl_exec($handle);
	return [curl_getinfo($handle, CURLINFO_RESPONSE_CODE), (string)$answer,
		$headers];
}

function fields(string $serial, string $key, array $change = []): array
{
	static $count = 0;
	return $change + ['v' => '1', 'product' => 'groupware',
		'serial' => $serial, 'instance' => substr(md5($serial), 0, 26),
		'key' => $key, 'version' => '2.0', 'nonce' => 'nonce' . ++$count,
		'why' => 'daily'];
}

function public_key(): string
{
	global $lab;
	$pem = file_get_contents("$lab/key/check.pub");
	return substr(base64_decode(preg_replace('/-----.*?-----|\s/', '', $pem)),
	    -32);
}

/* The verified payload; [] when there is none. */
function ask(string $serial, string $key, array $change = [],
    string $address = ''): array
{
	$fields = fields($serial, $key, $change);
	[$status, $body] = post(http_build_query($fields), '*/*', 'POST',
	    $address);
	if ($status !== 200)
		return ['status' => $status];
	$answer = Answer::read($body, [public_key()]);
	if ($answer === null || $answer->fields['nonce'] !== $fields['nonce'])
		return [];
	return $answer->fields + ['test' => $answer->test];
}

function verdict(array $reply): string
{
	return ($reply['result'] ?? '?') . ' ' . ($reply['code'] ?? '?') . ' ' .
	    ($reply['key'] ?? '?') . ' ' . ($reply['permission'] ?? '?');
}

