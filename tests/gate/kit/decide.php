<?php
/* decide: what is the PHP kit's own: its files, its pages, its calls. What all
 * kits decide is tested by tests/client. TAP. */

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
	'refused' => ['NG', 2]];

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
ok(license($folder)->mayRun() && license($folder)->decision() ===
    License::KEPT, 'past cache_until it runs and warns');

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
	$wrong += license($folder)->decision() === License::UNKNOWN ? 0 : 1;
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
plan(['result' => 'OK', 'fault' => 'head',
	'head' => ['typ' => 'kagiya-check-test']]);
$folder = program();
ok(license($folder)->activate('TEST-VALID')->test &&
    !license($folder)->mayRun(), 'nor does it let one run');

/* A button "check again". */
$folder = prepare($states['refused']);
plan(['result' => 'NG']);
license($folder)->mayRun();
plan(['result' => 'OK']);
@unlink("$lab/asked.jsonl");
ok(!license($folder)->checkNow() && asked() === [],
    'pressed twice in three seconds, it asks once');
$now += 3;
ok(license($folder)->checkNow() && count(asked()) === 1,
    'and then it hears of the payment');

/* What a page shows. */
plan(['result' => 'OK', 'fields' => ['code' => 'TRIAL', 'key' => 'missing',
	'trial_end' => gmdate('Y-m-d', $now + 3 * 86400), 'url' => '']]);
$folder = prepare($states['none']);
ok(license($folder)->daysLeft() === null && license($folder)->field('code') ===
    '' && license($folder)->code() === '-', 'nothing before the first answer');
ok(license($folder)->url() === 'http://shop/purchase?serial=2026-0001',
    'but where to buy');
license($folder)->mayRun();
ok(license($folder)->daysLeft() === 3 && license($folder)->code() === 'TRIAL',
    'the days of the trial that are left');

/* A folder that cannot be written: the temporary one, readable by us alone. */
$folder = prepare($states['young']);
$kept = "$folder/kagiya-license";
rename($kept, "$folder/aside");
file_put_contents($kept, 'in the way');
plan(['result' => 'OK', 'fields' => ['revision' => 9]]);
@unlink("$lab/asked.jsonl");
ok(license($folder)->mayRun() && license($folder)->mayRun() &&
    count(asked()) === 1, 'a folder that cannot be made: it asks only once');
$spare = glob(sys_get_temp_dir() . '/kagiya-*-' .
    substr(hash('sha256', $kept), 0, 16))[0] ?? '';
ok((fileperms($spare) & 0777) === 0700, 'what it heard is its owner\'s');
unlink($kept);
rename("$folder/aside", $kept);
ok(license($folder)->field('revision') === '9',
    'of two answers it takes the newer');
plan(['result' => 'OK', 'fields' => ['revision' => 10]]);
$now += 2 * 86400;
ok(license($folder)->mayRun() && !file_exists("$spare/answer.php") &&
    license($folder)->field('revision') === '10',
    'and puts the next one where it belongs');

/* A maker's mistakes. */
$said = [];
foreach (['check_url', 'product', 'serial', 'instance'] as $name)
	try {
		license(program([$name => '']));
	} catch (RuntimeException $problem) {
		$said[] = $problem->getMessage();
	}
ok(count($said) === 4, 'a license file that lacks a line is an exception');

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

echo "1..$done\n";
