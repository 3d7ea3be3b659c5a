<?php
/* replica: the database that is written to goes away and comes back, the gate
 * goes on. TAP. */

declare(strict_types=1);

require __DIR__ . '/gate.php';

function replica(string $text): array
{
	$before = getenv('MARIADB_SOCKET');
	putenv('MARIADB_SOCKET=' . getenv('REPLICA_SOCKET'));
	$rows = sql($text);
	putenv("MARIADB_SOCKET=$before");
	return $rows;
}

/* Until it is so, for twelve seconds. */
function until(callable $so): bool
{
	for ($i = 0; $i < 240; $i++) {
		if ($so())
			return true;
		usleep(50000);
	}
	return false;
}

/* Whichever process is asked. */
function all_say(int $users): bool
{
	global $key;
	return until(function () use ($users, $key): bool {
		for ($i = 0; $i < 10; $i++)
			if ((ask('2026-0001', $key)['users'] ?? 0) !== $users)
				return false;
		return true;
	});
}

/* Nothing waits in the spool any more: the number of events. */
function all_stored(): int
{
	until(function (): bool {
		clearstatcache();
		return array_sum(array_map('filesize', glob(getenv('LAB') .
		    '/keycheck/spool-*'))) === 0;
	});
	return stored();
}

function primary(string $what): void
{
	exec('sh -c ' . escapeshellarg(". '" . getenv('top_srcdir') .
	    "/tests/data/mariadb.sh'; $what") . ' >/dev/null 2>&1 </dev/null');
}

/* The verdict, and how long it took: [words, milliseconds]. */
function timed(string $serial, string $key, array $change = []): array
{
	$start = microtime(true);
	$words = verdict(ask($serial, $key, $change));
	return [$words, (microtime(true) - $start) * 1000];
}

/* Many in a row: all the same words, and the slowest. */
function many(int $count, string $serial, string $key): array
{
	$words = [];
	$most = 0.0;
	for ($i = 0; $i < $count; $i++) {
		[$word, $took] = timed($serial, $key);
		$words[$word] = true;
		$most = max($most, $took);
	}
	return [array_keys($words), $most];
}

/* The gate's processes: multiwatch's children. */
function pids(): string
{
	$pid = (int)getenv('GATE_PID');
	return trim(file_get_contents("/proc/$pid/task/$pid/children"));
}

function stored(): int
{
	return (int)sql('SELECT COUNT(*) AS n FROM keycheck_event')[0]['n'];
}

$ok = 'OK VALID valid 0';
$key = new_key();
license('2026-0001', bought($key, ['trial_end' => "'" . day(-1) . "'",
	'key_entered_at' => 'UTC_TIMESTAMP()']));
license('2026-0002', bought($late = new_key(), ['trial_end' =>
    "'" . day(-1) . "'"]));
ok(until(function (): bool {
	return count(replica("SELECT 1 FROM information_schema.tables WHERE
	    table_schema = 'kagiya' AND table_name = 'license'")) > 0 &&
	    count(replica('SELECT serial FROM license')) === 2;
}), 'the replica follows');
$pids = pids();
[$words] = many(10, '2026-0001', $key);
same($words, [$ok], 'both there: a verdict');

/* Who answers can be told by a difference. */
replica('STOP SLAVE');
sql("UPDATE license SET users = 6, revision = 8 WHERE serial = '2026-0001'");
same(ask('2026-0001', $key)['users'], 6, 'by the server that is written to');

/* --- killed */

$before = all_stored();
primary('mariadb_end KILL');
[$words, $most] = many(40, '2026-0001', $key);
same($words, [$ok], 'killed: the verdicts go on');
ok($most < 3000, sprintf('the slowest took %.0f ms', $most));
[, $most] = many(40, '2026-0001', $key);
ok($most < 500, sprintf('and then %.0f ms', $most));
same(ask('2026-0001', $key)['users'], 5, 'by the replica, as it knows it');
same(verdict(ask('2026-0002', $late, ['why' => 'activate'])), $ok,
    'a key is entered for the first time');
$entered = time();
same(ask('2026-9999', '')['code'], 'KEY_UNKNOWN', 'unknown ones are unknown');
sleep(3);
primary('mariadb_run');
ok(all_say(6), 'back again: it is asked again');
ok(all_stored() >= $before + 82, 'and has got all events');
same(sql("SELECT serial, why, code, done FROM keycheck_event WHERE serial =
    '2026-0002'"), [['serial' => '2026-0002', 'why' => 'activate', 'code' =>
    'VALID', 'done' => '0']], 'the first activation is among them');
$at = strtotime(sql("SELECT at FROM keycheck_event WHERE serial =
    '2026-0002'")[0]['at'] . ' UTC');
ok(abs($at - $entered) <= 1, 'with the time of the check, not of the storing');

/* --- only reading */

$before = all_stored();
sql('SET GLOBAL read_only = 1');
[$words, $most] = many(20, '2026-0001', $key);
same($words, [$ok], 'only reading: the verdicts go on');
ok($most < 1000, sprintf('the slowest took %.0f ms', $most));
same(ask('2026-0001', $key)['users'], 6, 'by the server that is written to');
usleep(600000);
same(stored(), $before, 'nothing was stored');
sql('SET GLOBAL read_only = 0');
same(all_stored(), $before + 21, 'then it is');

/* --- hanging */

$before = all_stored();
$pid = (int)file_get_contents(getenv('MARIADB_DIR') . '/pid');
posix_kill($pid, SIGSTOP);
[$words, $most] = many(10, '2026-0001', $key);
same($words, [$ok], 'hanging: the verdicts go on');
ok($most < 2000, sprintf('the first took %.0f ms', $most));
sleep(1);
[, $most] = many(100, '2026-0001', $key);
ok($most < 500, sprintf('the others at most %.0f ms', $most));
posix_kill($pid, SIGCONT);
ok(all_say(6), 'it wakes up and is asked again');
ok(all_stored() >= $before + 110, 'and has got all events');
same(pids(), $pids, 'all that by the same processes');

/* --- a killed gate, with events that nobody has taken */

$before = all_stored();
primary('mariadb_end KILL');
many(30, '2026-0001', $key);
foreach (explode(' ', $pids) as $pid)
	posix_kill((int)$pid, SIGKILL);
ok(until(function () use ($pids): bool {
	return count(explode(' ', pids())) === 2 &&
	    array_intersect(explode(' ', pids()), explode(' ', $pids)) === [];
}), 'the gate is killed, others take over');
[$words] = many(10, '2026-0001', $key);
same($words, [$ok], 'which answer by the replica from the start');
primary('mariadb_run');
same(all_stored(), $before + 40,
    'what the killed ones had answered is stored, once');
ok(until(function (): bool {
	return count(glob(getenv('LAB') . '/keycheck/spool-*')) === 4;
}), 'and their files are gone');

/* --- too long away, and both */

$before = all_stored();
sql('SET GLOBAL read_only = 1');
many(2000, '2026-0001', $key);
$bytes = array_sum(array_map('filesize', glob(getenv('LAB') .
    '/keycheck/spool-*')));
ok($bytes <= 4 * 64 * 1024, "the spool is bounded: $bytes bytes");
same(verdict(ask('2026-0001', $key)), $ok, 'full, it does not stop a verdict');
ok(until(function (): bool {
	return strpos(file_get_contents(getenv('LAB') . '/gate.log'),
	    'spool.lost') !== false;
}), 'what is lost is told');
sql('SET GLOBAL read_only = 0');
ok(all_stored() > $before + 500, 'what it held is stored');
$replica = (int)file_get_contents(getenv('LAB') . '/replica/pid');
posix_kill($replica, SIGSTOP);
primary('mariadb_end KILL');
$start = microtime(true);
[$status, , $headers] = post(http_build_query(fields('2026-0001', $key)));
same([$status, $headers['retry-after'] ?? ''], [503, '30'],
    'without both there is no verdict');
ok(microtime(true) - $start < 5, 'which is told soon');
same(ask('2026-9998', 'TEST-VALID')['code'] ?? '', 'VALID', 'TEST- keys go on');
posix_kill($replica, SIGCONT);
ok(all_say(5), 'the replica back: verdicts');
primary('mariadb_run');
ok(all_say(6), 'the other one, too');

file_put_contents("$lab/done", "$done");
