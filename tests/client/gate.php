<?php
/* gate: every kit before the real gate: trial, key, payment, rotation. A judge
 * for tests/gate/keycheck.sh. */

declare(strict_types=1);

require getenv('top_srcdir') . '/tests/gate/kit/gate.php';

use Kagiya\Answer;

$kits = array_filter(explode(' ', getenv('KITS')));

/* What the agent writes when it installs. */
function program(string $kit, string $serial, array $keys): string
{
	global $lab;
	$folder = "$lab/program-$kit-$serial";
	@mkdir($folder);
	$lines = ['check_url' => getenv('SHOP') . '/keycheck',
		'product' => 'groupware', 'serial' => $serial,
		'instance' => substr(md5($serial), 0, 26), 'version' => '2.0'];
	$text = "; Written by the hosting provider's agent.\n";
	foreach ($lines as $name => $value)
		$text .= "$name = \"$value\"\n";
	foreach ($keys as $key)
		$text .= "public_key[] = \"$key\"\n";
	file_put_contents("$folder/kagiya-license.ini", $text);
	return $folder;
}

/* A start $days from now, as "RUN VALID". */
function decides(string $kit, string $folder, string $why = 'start',
    float $days = 0): string
{
	$driver = getenv('top_srcdir') . "/tests/client/driver/$kit";
	if (!is_file($driver))
		$driver = getenv('top_builddir') . "/tests/client/driver/$kit";
	$clock = $days == 0 ? [] : ['LD_PRELOAD' => glob(
	    '/usr/lib/*/faketime/libfaketime.so.1')[0],
		'FAKETIME' => sprintf('%+ds', $days * DAY),
		'FAKETIME_DONT_FAKE_MONOTONIC' => '1',
		'DONT_FAKE_MONOTONIC' => '1', 'FAKETIME_DISABLE_SHM' => '1'];
	$process = proc_open([$driver, $folder, $why], [1 => ['pipe', 'w']],
	    $pipes, null, $clock + getenv());
	$line = trim(stream_get_contents($pipes[1]));
	proc_close($process);
	return $line;
}

function types(string $kit, string $folder, string $key): string
{
	file_put_contents("$folder/key.txt", $key);
	return decides($kit, $folder, 'activate');
}

function change(string $serial, string $columns): void
{
	sql("UPDATE license SET $columns, revision = revision + 1
	    WHERE serial = '$serial'");
}

/* Figures 14 and 16 and the lines of figure 17, as a program sees them. */
function life(string $kit, string $serial): string
{
	$key = new_key();
	license($serial, ['trial_end' => "'" . day(1) . "'"]);
	$folder = program($kit, $serial, [rtrim(strtr(
	    base64_encode(public_key()), '+/', '-_'), '=')]);
	$tell = function (string $what) use ($kit): string {
		return "$kit: $what";
	};
	same(decides($kit, $folder), 'RUN TRIAL', $tell('a trial runs'));
	change($serial, "trial_end = '" . day(-1) . "'");
	same(types($kit, $folder, 'TEST-VALID'), 'RUN TRIAL',
	    $tell('a TEST- key decides nothing'));
	same(decides($kit, $folder, 'daily', 1.3), 'STOP TRIAL_ENDED',
	    $tell('the trial over, it does not'));
	change($serial, "status = '3', users = 5,
	    key_digest = UNHEX('" . digest($key) . "')");
	same(types($kit, $folder, new_key()), 'STOP TRIAL_ENDED',
	    $tell('another\'s key'));
	same(types($kit, $folder, strtolower(" $key ")), 'RUN VALID',
	    $tell('the key: it runs'));
	change($serial, "invoice_no = 'I-$serial', ng_from = '" . day(20) . "'");
	same(decides($kit, $folder, 'daily', 1.3), 'RUN PAYMENT_DUE',
	    $tell('an open invoice'));
	change($serial, "permission_code = 1, ng_from = '" . day(-1) . "'");
	same(decides($kit, $folder, 'daily', 3), 'STOP PAYMENT_OVERDUE',
	    $tell('overdue'));
	change($serial, 'permission_code = 0, ng_from = NULL, paid = 1');
	same(decides($kit, $folder, 'daily', 3.1), 'RUN VALID',
	    $tell('paid: it runs at the next start'));
	return $folder;
}

$folders = [];
foreach ($kits as $i => $kit)
	$folders[$kit] = life($kit, sprintf('2026-1%03d', $i));

/* The keys of the check as they stand, by state. */
function keys(string ...$words): array
{
	exec(escapeshellarg(getenv('top_builddir') . '/fcgi/tool/kagiya') .
	    ' keys ' . implode(' ', $words ?: ['list']) . ' 2>&1', $lines);
	$keys = [];
	foreach ($lines as $line) {
		$column = explode("\t", $line);
		if ($column[0] === 'check')
			$keys[$column[3]] = $column[2];
	}
	return $keys;
}

/* The gate looks at its folder once a second. */
function signs(string $raw): bool
{
	for ($i = 0; $i < 100; $i++) {
		[, $body] = post(http_build_query(fields('2026-0001', 'TEST-VALID')));
		if (Answer::read($body, [Answer::unbase64($raw)]) !== null)
			return true;
		usleep(50000);
	}
	return false;
}

keys('make');	/* the other keys are missed by the list */
keys('rotate', '--now');
$keys = keys();
ok(signs($keys['signing']), 'a new key signs');
foreach ($folders as $kit => $folder) {
	$serial = substr($folder, -9);
	program($kit, $serial, [$keys['accepted']]);
	same(decides($kit, $folder, 'daily', 4.5), 'RUN VALID',
	    "$kit: who does not know the new key lives on what is kept");
	program($kit, $serial, [$keys['accepted'], $keys['signing']]);
	change($serial, 'suspended = 1');
	same(decides($kit, $folder, 'daily', 5), 'STOP SUSPENDED',
	    "$kit: with both keys it hears");
	change($serial, 'suspended = 0');
	program($kit, $serial, [$keys['signing']]);
	same(decides($kit, $folder, 'daily', 5.1), 'RUN VALID',
	    "$kit: and with the new one alone");
}
file_put_contents("$lab/done", "$done");
