<?php
/* decide: what the PHP kit makes of 30 answers in 5 states of what it keeps,
 * and how often it asks. TAP. */

declare(strict_types=1);

require $argv[1];

use Kagiya\Answer;
use Kagiya\License;

$lab = getenv('LAB');
$url = getenv('SHOP');
$start = 1800000000;
$now = $start;
$done = 0;

function ok(bool $good, string $name): void
{
	global $done;
	$done++;
	echo $good ? 'ok' : 'not ok', " $done - $name\n";
}

function plan(array $plan): void
{
	global $lab, $now;
	file_put_contents("$lab/plan.json", json_encode($plan + ['now' => $now]));
}

function asked(): array
{
	global $lab;
	$lines = @file("$lab/asked.jsonl") ?: [];
	return array_map(function ($line) {
		return json_decode($line, true);
	}, $lines);
}

function raw(string $name): string
{
	global $lab;
	return rtrim(strtr(base64_encode(sodium_crypto_sign_publickey(
	    file_get_contents("$lab/$name.pair"))), '+/', '-_'), '=');
}

/* A program's folder as the agent leaves it. */
function program(array $change = []): string
{
	global $lab, $url;
	static $count = 0;
	$folder = "$lab/program" . getmypid() . "-" . ++$count;
	mkdir($folder);
	ini($folder, $change + ['check_url' => "$url/keycheck",
		'product' => 'groupware', 'serial' => '2026-0001',
		'instance' => 'abcdefghijklmnopqrstuvwxyz', 'version' => '2.0',
		'buy_url' => 'http://shop/purchase?serial=2026-0001']);
	@unlink("$lab/asked.jsonl");
	return $folder;
}

function ini(string $folder, array $lines): void
{
	$text = '';
	foreach ($lines as $name => $value)
		$text .= "$name = \"$value\"\n";
	foreach (['first', 'second'] as $key)
		$text .= 'public_key[] = "' . raw($key) . "\"\n";
	file_put_contents("$folder/kagiya-license.ini", $text);
}

/* As a new page would make it. */
function license(string $folder): License
{
	return new License($folder, '', function () {
		global $now;
		return $now;
	});
}

/* What is kept, and how many days later the next answer comes. */
$states = ['none' => [null, 0], 'young' => ['OK', 2], 'grace' => ['OK', 8],
	'over' => ['OK', 20], 'refused' => ['NG', 2]];
$counts = ['none' => false, 'young' => true, 'grace' => true,
	'over' => false, 'refused' => false];

$verdicts = [
	'a signed OK' => [['result' => 'OK'], true],
	'a signed NG' => [['result' => 'NG'], false],
	'the second key\'s OK' => [['result' => 'OK', 'pair' => 'second'], true],
	'the second key\'s NG' => [['result' => 'NG', 'pair' => 'second'], false],
];
/* Each of these carries an NG that must not count. */
$faults = [
	'silence' => ['fault' => 'slow'],
	'nobody there' => ['fault' => 'away'],
	'an empty body' => ['fault' => 'empty'],
	'garbage' => ['fault' => 'garbage'],
	'a portal\'s page' => ['fault' => 'portal'],
	'a redirect' => ['fault' => 'redirect'],
	'a body cut short' => ['fault' => 'cut'],
	'a body too long' => ['fault' => 'huge'],
	'status 400' => ['fault' => 'status', 'status' => 400],
	'status 403' => ['fault' => 'status', 'status' => 403],
	'status 429' => ['fault' => 'status', 'status' => 429, 'retry' => 60],
	'status 500' => ['fault' => 'status', 'status' => 500],
	'status 503' => ['fault' => 'status', 'status' => 503],
	'an unsigned NG' => ['fault' => 'unsigned'],
	'an unsigned line NG' => ['fault' => 'plain'],
	'alg none' => ['fault' => 'none'],
	'alg HS256' => ['fault' => 'head', 'head' => ['alg' => 'HS256']],
	'another typ' => ['fault' => 'head', 'head' => ['typ' => 'kagiya-job']],
	'a test\'s typ' => ['fault' => 'head',
		'head' => ['typ' => 'kagiya-check-test']],
	'a crit header' => ['fault' => 'head', 'head' => ['crit' => ['x']]],
	'an unknown kid' => ['fault' => 'head', 'head' => ['kid' => 'AAAAAAAAAAA']],
	'another\'s key' => ['fault' => 'other-key'],
	'another\'s key under our kid' => ['fault' => 'other-key-our-kid'],
	'a flipped bit' => ['fault' => 'flipped'],
	'another nonce' => ['fault' => 'field', 'change' => ['nonce' => 'old']],
	'another product' => ['fault' => 'field',
		'change' => ['product' => 'other']],
	'another serial' => ['fault' => 'field',
		'change' => ['serial' => '2026-0002']],
	'another instance' => ['fault' => 'field',
		'change' => ['instance' => 'zzz']],
	'a lacking field' => ['fault' => 'lacks', 'lacks' => 'grace_until'],
	'a number as text' => ['fault' => 'field', 'change' => ['revision' => '9']],
];

function prepare(array $state): string
{
	global $now, $start;
	$now = $start;
	$folder = program();
	if ($state[0] !== null) {
		plan(['result' => $state[0]]);
		license($folder)->mayRun();
	}
	$now = $start + $state[1] * 86400;
	return $folder;
}

function decides(array $state, array $plan): bool
{
	$folder = prepare($state);
	if (($plan['fault'] ?? '') === 'away') {
		$file = "$folder/kagiya-license.ini";
		file_put_contents($file, str_replace('http://127.0.0.1:',
		    'http://127.0.0.1:1/', file_get_contents($file)));
	}
	plan($plan);
	return license($folder)->mayRun();
}

foreach ($verdicts as $name => [$plan, $expected])
	foreach ($states as $kept => $state)
		ok(decides($state, $plan) === $expected, "$kept: $name counts");
foreach ($faults as $name => $plan)
	foreach ($states as $kept => $state)
		if ($plan['fault'] !== 'slow' || in_array($kept, ['young', 'none']))
			ok(decides($state, $plan) === $counts[$kept],
			    "$kept: $name changes nothing");
foreach (['OK', 'NG'] as $result)
	ok(decides($states['young'], ['result' => $result,
	    'fields' => ['revision' => 4]]) === true,
	    "young: an older revision's $result is refused");

if (in_array('short', $argv, true)) {
	echo "1..$done\n";
	exit;
}

/* How often it asks. */
$folder = prepare($states['none']);
plan(['result' => 'OK']);
for ($i = 0; $i < 50; $i++)
	license($folder)->mayRun();
ok(count(asked()) === 1, 'fifty pages, one question');
ok(asked()[0]['why'] === 'start', 'the first is why=start');
$now += 86400 * 3 / 4 - 10;
license($folder)->mayRun();
ok(count(asked()) === 1, 'none before three quarters of a day');
$now += 86400 / 2 + 20;
plan(['result' => 'OK']);
license($folder)->mayRun();
ok(count(asked()) === 2 && asked()[1]['why'] === 'daily',
    'one, why=daily, after five quarters');
ok(asked()[0]['nonce'] !== asked()[1]['nonce'], 'each with a nonce of its own');
file_put_contents("$folder/kagiya-license.ini", str_replace('"2.0"', '"2.1"',
    file_get_contents("$folder/kagiya-license.ini")));
license($folder)->mayRun();
ok(count(asked()) === 3 && asked()[2]['why'] === 'start' &&
    asked()[2]['version'] === '2.1', 'an update of the program asks at once');

$folder = prepare($states['young']);
plan(['fault' => 'status', 'status' => 500]);
@unlink("$lab/asked.jsonl");
for ($i = 0; $i < 3600; $i += 60, $now += 60)
	license($folder)->mayRun();
$first = count(asked());
ok($first >= 2 && $first <= 5, "an hour without the shop: $first questions");
for ($i = 0; $i < 86400; $i += 300, $now += 300)
	license($folder)->mayRun();
$day = count(asked()) - $first;
ok($day >= 5 && $day <= 18, "a day without the shop: $day questions");
$folder = prepare($states['young']);
plan(['fault' => 'status', 'status' => 429, 'retry' => 40000]);
@unlink("$lab/asked.jsonl");
license($folder)->mayRun();
$now += 39000;
license($folder)->mayRun();
ok(count(asked()) === 1, 'Retry-After is kept');
$folder = prepare($states['none']);
plan(['fault' => 'status', 'status' => 500]);
for ($i = 0; $i < 20; $i++)
	license($folder)->mayRun();
ok(count(asked()) === 1, 'twenty pages that may not run, one question');
$now += 20;
plan(['result' => 'OK']);
ok(license($folder)->mayRun(), 'and it runs as soon as the shop is back');

/* What ends when. */
$folder = prepare($states['none']);
plan(['result' => 'OK', 'fields' => ['next_check' => $now + 3600,
	'cache_until' => $now + 3600, 'grace_until' => $now + 3600,
	'code' => 'TRIAL', 'key' => 'missing',
	'trial_end' => gmdate('Y-m-d', $now)]]);
license($folder)->mayRun();
plan(['fault' => 'status', 'status' => 503]);
$now += 3600;
ok(license($folder)->mayRun(), 'the last second of a trial counts');
$now += 61;
ok(!license($folder)->mayRun(), 'the next does not, the shop being away');
$folder = prepare($states['grace']);
plan(['fault' => 'status', 'status' => 503]);
ok(license($folder)->mayRun() && license($folder)->standing() ===
    License::WARNS, 'past cache_until it runs and warns');

/* The clock. */
$folder = prepare($states['young']);
plan(['fault' => 'status', 'status' => 503]);
$now -= 10 * 86400;
ok(license($folder)->mayRun() && license($folder)->standing() ===
    License::WARNS, 'a clock set back warns');
$now = $start + 20 * 86400;
ok(!license($folder)->mayRun(), 'and the grace still ends');

/* The files. */
$folder = prepare($states['young']);
$file = "$folder/kagiya-license/answer.php";
ok((fileperms($file) & 0777) === 0600, 'the answer is readable by its owner');
exec(PHP_BINARY . ' ' . escapeshellarg($file), $shown);
ok($shown === [], 'and shows nothing through a web server');
$kept = file_get_contents($file);
plan(['fault' => 'status', 'status' => 503]);
$wrong = 0;
foreach (['', 'x', substr($kept, 0, 300), str_replace('"jws":"', '"jws":"A',
    $kept), "<?php exit; ?>\n[]", "<?php exit; ?>\n{\"jws\":[]}"] as $bytes) {
	file_put_contents($file, $bytes);
	$wrong += license($folder)->standing() === License::UNKNOWN ? 0 : 1;
}
ok($wrong === 0, 'a damaged answer is none');
plan(['result' => 'OK']);
$now += 1000;
ok(license($folder)->mayRun(), 'and a new one is asked for');

/* Keys. */
$folder = prepare($states['none']);
plan(['result' => 'NG', 'fields' => ['code' => 'TRIAL_ENDED', 'key' => 'missing',
	'permission' => 0]]);
ok(!license($folder)->mayRun(), 'no key, no trial: refused');
plan(['result' => 'NG', 'fields' => ['code' => 'TRIAL_ENDED', 'key' => 'wrong',
	'permission' => 0]]);
$answer = license($folder)->activate('WRONG');
ok($answer !== null && $answer->fields['key'] === 'wrong' &&
    !file_exists("$folder/kagiya-license/key.php"), 'a wrong key is not kept');
plan(['result' => 'OK', 'fields' => ['revision' => 6]]);
$answer = license($folder)->activate(' RIGHT ');
$last = asked();
$last = end($last);
ok($answer->isOk() && $last['why'] === 'activate' && $last['key'] === 'RIGHT',
    'a right one is sent, why=activate');
ok(license($folder)->mayRun(), 'and the program runs at once');
plan(['result' => 'NG', 'fields' => ['code' => 'KEY_UNKNOWN', 'key' => 'wrong',
	'revision' => 6]]);
license($folder)->activate('WRONG');
ok(license($folder)->mayRun(), 'a wrong key later stops nothing');
plan(['result' => 'OK', 'fields' => ['revision' => 6]]);
$now += 2 * 86400;
license($folder)->mayRun();
$last = asked();
ok(end($last)['key'] === 'RIGHT', 'the daily question brings the kept key');
plan(['fault' => 'status', 'status' => 503]);
ok(license($folder)->activate('RIGHT') === null, 'no answer is no verdict');

/* TEST- keys. */
$test = ['fault' => 'head', 'head' => ['typ' => 'kagiya-check-test']];
plan($test);
$answer = license($folder)->activate('TEST-SUSPENDED');
ok($answer !== null && $answer->fields['code'] === 'SUSPENDED' &&
    license($folder)->mayRun(), 'a TEST- key shows its code and stops nothing');
$folder = program(['test' => '1']);
ok(license($folder)->activate('TEST-SUSPENDED') !== null &&
    !license($folder)->mayRun(), 'in a maker\'s test it is kept');

/* Every bit of an answer. */
$folder = prepare($states['none']);
plan(['result' => 'OK']);
license($folder)->mayRun();
$jws = license($folder)->answer()->jws;
$keys = [Answer::unbase64(raw('first'))];
$read = 0;
for ($i = 0; $i < 8 * strlen($jws); $i++) {
	$bad = $jws;
	$bad[$i >> 3] = chr(ord($bad[$i >> 3]) ^ (1 << ($i & 7)));
	$read += Answer::read($bad, $keys) === null ? 0 : 1;
}
ok($read === 0 && Answer::read($jws, $keys) !== null,
    8 * strlen($jws) . ' single flipped bits, none accepted');

/* Many processes at once. */
$folder = prepare($states['none']);
$now = time();
plan(['result' => 'OK', 'now' => $now]);
$many = [];
for ($i = 0; $i < 8; $i++)
	$many[] = proc_open([PHP_BINARY, '-r', 'require $argv[1]; exit((new ' .
	    'Kagiya\License($argv[2]))->mayRun() ? 0 : 1);', $argv[1], $folder],
	    [], $pipes);
$ran = 0;
foreach ($many as $process)
	$ran += proc_close($process) === 0 ? 1 : 0;
ok($ran === 8 && count(asked()) === 1, 'eight processes start, one asks');

echo "1..$done\n";
