<?php
/* shop: a shop for the client kits' tests, run by php -S. LAB/plan.json says
 * how the next answers go wrong; LAB/asked.jsonl keeps every question. */

declare(strict_types=1);

$lab = getenv('LAB');
$plan = json_decode(file_get_contents("$lab/plan.json"), true);
file_put_contents("$lab/asked.jsonl", json_encode($_POST) . "\n",
    FILE_APPEND | LOCK_EX);

function base64url(string $bytes): string
{
	return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function sign(string $pair, array $payload, array $head = []): string
{
	$raw = sodium_crypto_sign_publickey($pair);
	$head += ['alg' => 'EdDSA',
		'kid' => base64url(substr(hash('sha256', $raw, true), 0, 8)),
		'typ' => 'kagiya-check'];
	$input = base64url(json_encode($head)) . '.' .
	    base64url(json_encode($payload, JSON_UNESCAPED_UNICODE));
	return $input . '.' . base64url(sodium_crypto_sign_detached($input,
	    sodium_crypto_sign_secretkey($pair)));
}

$now = $plan['now'];
$ok = ($plan['result'] ?? 'OK') === 'OK';
$payload = ($plan['fields'] ?? []) + [
	'result' => $ok ? 'OK' : 'NG', 'code' => $ok ? 'VALID' : 'PAYMENT_OVERDUE',
	'key' => 'valid', 'permission' => $ok ? 0 : 1,
	'product' => $_POST['product'] ?? '', 'serial' => $_POST['serial'] ?? '',
	'instance' => $_POST['instance'] ?? '', 'users' => 5,
	'nonce' => $_POST['nonce'] ?? '', 'trial_end' => '', 'ng_from' => '',
	'iat' => $now, 'next_check' => $now + ($ok ? 86400 : 600),
	'cache_until' => $now + ($ok ? 7 * 86400 : 600),
	'grace_until' => $now + ($ok ? 14 * 86400 : 600), 'revision' => 5,
	'latest' => '2.0', 'notices' => 0, 'text' => '文', 'url' => 'http://x/'];
$pair = file_get_contents("$lab/" . ($plan['pair'] ?? 'first') . '.pair');
$ng = ['result' => 'NG', 'code' => 'SUSPENDED'] + $payload;

header('Content-Type: application/jose');
switch ($plan['fault'] ?? '') {
case '':
	echo sign($pair, $payload);
	break;
case 'slow':
	sleep(6);
	echo sign($pair, $ng);
	break;
case 'status':
	http_response_code($plan['status']);
	if (isset($plan['retry']))
		header('Retry-After: ' . $plan['retry']);
	echo sign($pair, $ng);
	break;
case 'redirect':
	http_response_code(302);
	header('Location: /elsewhere');
	break;
case 'empty':
	break;
case 'garbage':
	echo random_bytes(300);
	break;
case 'portal':
	header('Content-Type: text/html');
	echo '<html><body>Please log in. result=NG</body></html>';
	break;
case 'unsigned':
	header('Content-Type: application/json');
	echo json_encode($ng);
	break;
case 'plain':
	header('Content-Type: text/plain');
	echo "NG\nresult=NG\n";
	break;
case 'none':
	echo base64url('{"alg":"none","typ":"kagiya-check"}'), '.',
	    base64url(json_encode($ng)), '.';
	break;
case 'head':
	echo sign($pair, $ng, $plan['head']);
	break;
case 'other-key':
	echo sign(file_get_contents("$lab/other.pair"), $ng);
	break;
case 'other-key-our-kid':
	$raw = sodium_crypto_sign_publickey($pair);
	echo sign(file_get_contents("$lab/other.pair"), $ng,
	    ['kid' => base64url(substr(hash('sha256', $raw, true), 0, 8))]);
	break;
case 'field':
	echo sign($pair, $plan['change'] + $ng);
	break;
case 'lacks':
	unset($ng[$plan['lacks']]);
	echo sign($pair, $ng);
	break;
case 'flipped':
	$jws = sign($pair, $ng);
	$at = intdiv(strlen($jws), 2);
	$jws[$at] = $jws[$at] === 'A' ? 'B' : 'A';
	echo $jws;
	break;
case 'cut':
	$jws = sign($pair, $ng);
	header('Content-Length: ' . strlen($jws));
	echo substr($jws, 0, 200);
	break;
case 'huge':
	echo sign($pair, $ng), str_repeat("\n", 100000);
	break;
default:
	http_response_code(500);
}
