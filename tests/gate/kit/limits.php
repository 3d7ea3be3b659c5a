<?php
/* limits: guesses at the running gate, and who is right beside them. TAP. */

declare(strict_types=1);

require __DIR__ . '/gate.php';

/* How many of so many tries were answered with each status. */
function statuses(int $count, callable $try): array
{
	$found = [];
	for ($i = 0; $i < $count; $i++) {
		$status = $try($i);
		$found[$status] = ($found[$status] ?? 0) + 1;
	}
	ksort($found);
	return $found;
}

function status(string $serial, string $key, string $address,
    array $change = []): int
{
	return ask($serial, $key, $change, $address)['status'] ?? 200;
}

/* Statements that the database was asked. */
function asked(): int
{
	return (int)sql("SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'")[0]['Value'];
}

$keys = [];
for ($i = 1; $i <= 30; $i++) {
	$serial = sprintf('2026-%04d', $i);
	$keys[$serial] = new_key();
	license($serial, bought($keys[$serial], ['key_entered_at' =>
	    'UTC_TIMESTAMP()']));
}
license('2026-0100');
$first = '2026-0001';
ask($first, $keys[$first], [], '10.9.9.9');

/* --- wrong keys, by address */

$wrong = function (string $address) use ($first): callable {
	return function () use ($address, $first): int {
		return status($first, new_key(), $address);
	};
};
same(statuses(25, $wrong('192.0.2.1')), [200 => 20, 429 => 5],
    'twenty wrong keys at once, by whichever process, then 429');
[$status, $body, $headers] = post(http_build_query(fields($first, new_key())),
    '*/*', 'POST', '192.0.2.1');
$retry = (int)($headers['retry-after'] ?? 0);
same([$status, $body, $retry >= 1 && $retry <= 6, $headers['cache-control']],
    [429, "too many checks\n", true, 'no-store'],
    'with the seconds until the next');
same(statuses(3, $wrong('192.0.2.2')), [200 => 3],
    'another address has its own');
same(statuses(3, $wrong('2001:db8::1')), [200 => 3], 'one of IPv6');
same(statuses(20, function (int $i) use ($first): int {
	return status($first, new_key(), sprintf('2001:db8::%x:%x', $i, $i + 7));
}), [200 => 17, 429 => 3], 'its network counts as one');
same(statuses(3, $wrong('2001:db8:0:1::1')), [200 => 3], 'the next does not');
same(statuses(22, function (int $i) use ($first): int {
	return status($first, new_key(), '::ffff:198.51.100.7');
}), [200 => 20, 429 => 2], 'an IPv4 address as IPv6');
same(statuses(1, $wrong('198.51.100.7')), [429 => 1], 'is that address');

$tries = [
	'a license that is not there' => ['2026-9999', '', []],
	'another instance, no key' => [$first, '', ['instance' => 'elsewhere']],
	'another product, no key' => [$first, '', ['product' => 'wiki']],
	'a key that cannot be' => [$first, 'NONSENSE', []],
];
$address = 0;
foreach ($tries as $what => [$serial, $key, $change]) {
	$from = '203.0.113.' . ++$address;
	same(statuses(22, function () use ($serial, $key, $change, $from): int {
		return status($serial, $key, $from, $change);
	}), [200 => 20, 429 => 2], "counts, too: $what");
}
same(statuses(25, function (): int {
	return status('2026-9998', 'TEST-KEY_UNKNOWN', '203.0.113.99');
}), [200 => 25], 'TEST- keys do not count');
same(statuses(25, function (): int {
	return status('2026-0100', '', '203.0.113.98');
}), [200 => 25], 'nor does a trial without a key');

/* --- who is right beside them */

same(statuses(30, function (int $i) use ($keys, $first): int {
	return status($first, $keys[$first], '192.0.2.1');
}), [200 => 30], 'a program that was right before is answered there');
same(statuses(29, function (int $i) use ($keys): int {
	$serial = sprintf('2026-%04d', $i + 2);
	return status($serial, $keys[$serial], '192.0.2.1');
}), [200 => 29], 'and so are those that come for the first time');

/* --- right keys, by license */

$other = '2026-0030';
$many = function (string $address) use ($other, $keys): callable {
	return function () use ($other, $keys, $address): int {
		return status($other, $keys[$other], $address);
	};
};
$found = statuses(70, $many('10.1.1.1'));
ok(($found[200] ?? 0) >= 59 && ($found[200] ?? 0) <= 62 &&
    ($found[429] ?? 0) >= 8, 'sixty checks of a license in a minute: ' .
    json_encode($found));
ok(status($other, $keys[$other], '10.1.1.2') === 429,
    'from wherever they come');
ok(status('2026-0029', $keys['2026-0029'], '10.1.1.1') === 200,
    'another license is not concerned');
$found = statuses(200, function () use ($keys): int {
	static $count = 0;
	return status('2026-0028', new_key(), '10.2.' . ++$count . '.1');
});
same([$found, status('2026-0028', $keys['2026-0028'], '10.3.3.3')],
    [[200 => 200], 200], 'and no stranger uses up what it has');

/* --- a storm does not reach the database */

$before = asked();
$storm = [];
for ($i = 0; $i < 2000; $i++)
	$storm[] = http_build_query(fields($first, $i % 2 === 0 ? new_key() :
	    'BROKEN-CLIENT'));
file_put_contents("$lab/storm", implode("\n", $storm) . "\n");
$start = microtime(true);
exec("xargs -P 8 -n 50 sh -c '" .
    'for body; do set -- "$@" --next -s -o /dev/null -w "%{http_code}\n" ' .
    "--unix-socket $lab/web -H \"X-Test-Address: 192.0.2.1\" -d \"\$body\" " .
    'http://shop/keycheck; shift; done; shift; curl "$@"' .
    "' sh <$lab/storm 2>/dev/null | sort | uniq -c", $said);
$took = microtime(true) - $start;
$answered = array_sum(array_map('intval', $said));
same($answered, 2000, sprintf('a storm of 2000 wrong keys is answered (%d/s)',
    2000 / $took));
ok((bool)preg_grep('/^ *(1[0-9]{3}|2000) 429$/', $said),
    'nearly all of them by 429: ' . trim(implode(', ', $said)));
$lookups = asked() - $before;
$allowed = 3 + $took / 2 + 20;
ok($lookups <= $allowed, sprintf('and the database was asked %d times, ' .
    'at most %d', $lookups, $allowed));
same(verdict(ask($first, $keys[$first], [], '192.0.2.1')), 'OK VALID valid 0',
    'a right key from there is answered');
license('2026-0200', bought($late = new_key()));
same(verdict(ask('2026-0200', $late, [], '192.0.2.1')), 'OK VALID valid 0',
    'and one that was never seen before');

/* --- what is kept of it */

sleep(1);
$rows = sql("SELECT COUNT(*) AS n FROM keycheck_event WHERE serial =
    '2026-0028' AND address LIKE '10.2.%'");
same((int)$rows[0]['n'], 200, 'wrong keys in the program itself are shown');
same((int)sql("SELECT COUNT(*) AS n FROM keycheck_event WHERE serial =
    '2026-9999' OR instance = 'elsewhere' OR (serial = '$first' AND
    address = '192.0.2.1' AND key_state = 'wrong' AND event_id > 100000)")[0]
    ['n'], 0, 'a stranger\'s tries are not');
same(array_column(sql("SELECT serial FROM keycheck_event WHERE done = 0"),
    'serial'), ['2026-0200'], 'the worker has to do with the key just entered');
ok(filesize("$lab/keycheck/limit") < 4 << 20, 'the counts take less than 4 MB');
$log = file_get_contents("$lab/gate.log");
ok(substr_count($log, 'keycheck.too-many') <= 8 &&
    strpos($log, 'keycheck.too-many') !== false,
    'the log is not flooded, but told');

file_put_contents("$lab/done", "$done");
