<?php
/* start: what every page needs: the license, the language, the form token. */

declare(strict_types=1);

require __DIR__ . '/KagiyaLicense.php';
require __DIR__ . '/store.php';
require __DIR__ . '/page.php';

const ROOT = __DIR__ . '/..';
const LANGUAGES = ['ja' => '日本語', 'en' => 'English'];

date_default_timezone_set('Asia/Tokyo');
mb_internal_encoding('UTF-8');
umask(0077);

header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
header('X-Content-Type-Options: nosniff');
header('Referrer-Policy: same-origin');
header("Content-Security-Policy: default-src 'none'; style-src 'self'; " .
    "img-src 'self'; form-action 'self'; base-uri 'none'; " .
    "frame-ancestors 'none'");

function language(): string
{
	static $language = null;

	if ($language === null)
		$language = chosen_language() ?? wanted_language();
	return $language;
}

/* The switch on the page, remembered for a year. */
function chosen_language(): ?string
{
	$chosen = $_GET['lang'] ?? $_COOKIE['groupware_lang'] ?? '';
	if (!is_string($chosen) || !isset(LANGUAGES[$chosen]))
		return null;
	if (isset($_GET['lang']))
		setcookie('groupware_lang', $chosen, ['expires' => time() + 31536000,
			'samesite' => 'Lax', 'httponly' => true]);
	return $chosen;
}

/* The first of ours in the browser's list. */
function wanted_language(): string
{
	$list = strtolower($_SERVER['HTTP_ACCEPT_LANGUAGE'] ?? '');
	foreach (explode(',', $list) as $entry)
		if (isset(LANGUAGES[substr(trim($entry), 0, 2)]))
			return substr(trim($entry), 0, 2);
	return 'ja';
}

/* Words by id; further arguments stand for {1}, {2}. */
function words(string $id, string ...$arguments): string
{
	static $words = null;

	if ($words === null)
		$words = require ROOT . '/words/' . language() . '.php';
	$text = $words[$id] ?? "[$id]";
	foreach ($arguments as $i => $argument)
		$text = str_replace('{' . ($i + 1) . '}', $argument, $text);
	return $text;
}

/* A form of another site cannot read the cookie, so it cannot know this. */
function form_token(): string
{
	static $secret = null;

	if ($secret === null) {
		$secret = $_COOKIE['groupware_form'] ?? '';
		if (!is_string($secret) || strlen($secret) !== 43) {
			$secret = rtrim(strtr(base64_encode(random_bytes(32)),
			    '+/', '-_'), '=');
			setcookie('groupware_form', $secret,
			    ['samesite' => 'Strict', 'httponly' => true]);
		}
	}
	return hash_hmac('sha256', 'form', $secret);
}

/* True for a POST from one of our own forms; ends with 403 for another's. */
function is_post(): bool
{
	if ($_SERVER['REQUEST_METHOD'] !== 'POST')
		return false;
	if (hash_equals(form_token(), input('token', 64)))
		return true;
	http_response_code(403);
	page_begin('error');
	echo '<p class="problem">', h(words('error.form')), '</p>';
	page_end();
	exit;
}

/* A field of the form: UTF-8, no control characters, not longer than that. */
function input(string $name, int $longest): string
{
	$value = $_POST[$name] ?? '';
	if (!is_string($value) || !mb_check_encoding($value))
		return '';
	$value = preg_replace('/[^\P{C}\n]/u', '', str_replace("\r", '', $value));
	return mb_substr(trim((string)$value), 0, $longest);
}

function go_to(string $page): void
{
	header("Location: $page", true, 303);
	exit;
}

function version(): string
{
	return trim((string)@file_get_contents(ROOT . '/VERSION'));
}

function license(): Kagiya\License
{
	static $license = null;

	if ($license === null)
		$license = new Kagiya\License(ROOT, ROOT . '/data/license');
	return $license;
}

/* For all pages but the one where the key is typed. */
function must_be_licensed(): void
{
	if (license()->mayRun())
		return;
	require __DIR__ . '/refused.php';
	exit;
}
