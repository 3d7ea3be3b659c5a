<?php
/* strangers: the gate's answers before other people's verifiers. TAP. */

declare(strict_types=1);

require __DIR__ . '/gate.php';

$count = getenv('KAGIYA_LONG') ? 165 : 12;
$answers = [];
for ($i = 0; $i < $count; $i++) {
	$serial = sprintf('2026-%04d', $i + 1);
	license($serial, bought($key = new_key(), ['trial_end' =>
	    "'" . day($i - 10) . "'", 'users' => $i]));
	$answers[] = post(http_build_query(fields($serial, $i % 3 ? $key : '')))[1];
}
file_put_contents("$lab/answers", implode("\n", $answers) . "\n");

function unbase64(string $text): string
{
	return (string)base64_decode(strtr($text, '-_', '+/'));
}

/* Whether sodium says that our key signed it. */
function sodium(string $jws): bool
{
	$part = explode('.', $jws);
	$signature = count($part) === 3 ? unbase64($part[2]) : '';
	return strlen($signature) === SODIUM_CRYPTO_SIGN_BYTES &&
	    sodium_crypto_sign_verify_detached($signature,
		"$part[0].$part[1]", public_key());
}

function openssl(string $jws): bool
{
	global $lab;
	$part = explode('.', $jws);
	file_put_contents("$lab/signed", "$part[0].$part[1]");
	file_put_contents("$lab/signature", unbase64($part[2]));
	exec("openssl pkeyutl -verify -pubin -inkey $lab/key/check.pub -rawin " .
	    "-in $lab/signed -sigfile $lab/signature 2>&1", $said, $status);
	return $status === 0;
}

/* One bit of what is signed or of the signature itself is another. */
function flipped(string $jws): string
{
	$part = explode('.', $jws);
	$which = random_int(0, 2);
	$bytes = unbase64($part[$which]);
	$bit = random_int(0, strlen($bytes) * 8 - 1);
	$bytes[$bit >> 3] = chr(ord($bytes[$bit >> 3]) ^ 1 << ($bit & 7));
	$part[$which] = rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
	return implode('.', $part);
}

same(count(array_filter($answers, 'sodium')), $count,
    "sodium takes all $count answers");
$taken = 0;
for ($i = 0; $i < 3000; $i++)
	$taken += (int)sodium(flipped($answers[$i % $count]));
same($taken, 0, 'and none of 3000 with a bit changed');
$few = array_slice($answers, 0, 4);
same(count(array_filter($few, 'openssl')), 4, 'OpenSSL\'s command takes them');
same(count(array_filter(array_map('flipped', $few), 'openssl')), 0,
    'and none with a bit changed');
$x = rtrim(strtr(base64_encode(public_key()), '+/', '-_'), '=');
$said = exec('node ' . escapeshellarg(__DIR__ . '/strangers.mjs') . ' ' .
    escapeshellarg(getenv('STRANGERS_MODULES')) . " $x 100 <$lab/answers");
[$good, $tried, $taken] = array_map('intval', explode(' ', "$said 0 0"));
same([$good, $tried > 90 * $count, $taken], [$count, true, 0],
    "jose takes them and none of $tried with a bit changed");
exec("split -n l/2 $lab/answers $lab/half-");
$said = [];
exec("for half in $lab/half-*; do " . getenv('top_builddir') .
    "/tests/gate/flips $lab/key/check.pub <\$half & done; wait", $said);
$sums = [0, 0, 0];
foreach ($said as $line)
	foreach (explode(' ', $line) as $i => $number)
		$sums[$i] += (int)$number;
same([$sums[2], $sums[1]], [$count, 0],
    "each single bit of them, $sums[0] in all, changed: none is taken");
ok($sums[0] >= (getenv('KAGIYA_LONG') ? 1000000 : 70000),
    'which are enough');

file_put_contents("$lab/done", "$done");
