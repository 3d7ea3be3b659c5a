<?php
/* KagiyaLicense: asks the shop whether this program may run, and remembers
 * the signed answer. One file, PHP 7.4+, sodium, and curl or streams. */

declare(strict_types=1);

namespace Kagiya;

/* A verdict whose signature was checked. Nothing else makes one. */
final class Answer
{
	const TYPE = 'kagiya-check';
	const TEST_TYPE = 'kagiya-check-test';
	const TEXTS = ['result', 'code', 'key', 'product', 'serial', 'instance',
		'nonce', 'trial_end', 'ng_from', 'latest', 'text', 'url'];
	const NUMBERS = ['permission', 'users', 'iat', 'next_check',
		'cache_until', 'grace_until', 'revision', 'notices'];

	/** @var string */
	public $jws;
	/** @var bool an answer to a TEST- key: shown, never kept in earnest */
	public $test;
	/** @var array<string, string|int> the payload's fields */
	public $fields;

	private function __construct(string $jws, bool $test, array $fields)
	{
		$this->jws = $jws;
		$this->test = $test;
		$this->fields = $fields;
	}

	/* null unless one of the raw Ed25519 keys signed it and it is whole. */
	public static function read(string $jws, array $keys): ?self
	{
		$part = explode('.', $jws);
		if (count($part) !== 3)
			return null;
		$head = self::json($part[0]);
		$signature = self::unbase64($part[2]);
		$key = self::keyOf($head, $keys);
		if ($key === null || $signature === null ||
		    strlen($signature) !== SODIUM_CRYPTO_SIGN_BYTES ||
		    !sodium_crypto_sign_verify_detached($signature,
			$part[0] . '.' . $part[1], $key))
			return null;
		$fields = self::json($part[1]);
		if ($fields === null || !self::whole($fields))
			return null;
		return new self($jws, $head['typ'] === self::TEST_TYPE, $fields);
	}

	public function isOk(): bool
	{
		return $this->fields['result'] === 'OK';
	}

	public static function unbase64(string $text): ?string
	{
		if (preg_match('/[^A-Za-z0-9_-]/', $text))
			return null;
		$bytes = base64_decode(strtr($text, '-_', '+/'), true);
		$again = $bytes === false ? '' :
		    rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
		return $again === $text ? $bytes : null;
	}

	private static function json(string $part): ?array
	{
		$bytes = self::unbase64($part);
		$value = $bytes === null ? null : json_decode($bytes, true, 4);
		return is_array($value) ? $value : null;
	}

	/* The algorithm is fixed: the header only says which key and what for. */
	private static function keyOf(?array $head, array $keys): ?string
	{
		if ($head === null || ($head['alg'] ?? '') !== 'EdDSA' ||
		    isset($head['crit']) || !is_string($head['kid'] ?? null) ||
		    !in_array($head['typ'] ?? '',
			[self::TYPE, self::TEST_TYPE], true))
			return null;
		foreach ($keys as $key) {
			$id = base64_encode(substr(hash('sha256', $key, true), 0, 8));
			if (rtrim(strtr($id, '+/', '-_'), '=') === $head['kid'])
				return $key;
		}
		return null;
	}

	private static function whole(array $fields): bool
	{
		foreach (self::TEXTS as $name)
			if (!is_string($fields[$name] ?? null))
				return false;
		foreach (self::NUMBERS as $name)
			if (!is_int($fields[$name] ?? null))
				return false;
		return in_array($fields['result'], ['OK', 'NG'], true);
	}
}

/* The folder with the key and the answer. Each file begins with a line that
 * makes the web server show nothing, should the folder be reachable. */
final class Store
{
	const GUARD = "<?php exit; ?>\n";
	const LIMIT = 65536;

	/** @var string */
	private $folder;

	public function __construct(string $folder)
	{
		$this->folder = $folder;
	}

	/* The wanted folder or, when it cannot be written, one of our own among
	 * the temporary files: asking on every page would be worse. */
	public static function open(string $wanted): self
	{
		if (self::ready($wanted))
			return new self($wanted);
		$user = function_exists('posix_geteuid') ? posix_geteuid() : 0;
		$spare = sys_get_temp_dir() . '/kagiya-' . $user . '-' .
		    substr(hash('sha256', $wanted), 0, 16);
		if (!self::ready($spare) || is_link($spare) ||
		    (function_exists('posix_geteuid') && fileowner($spare) !== $user))
			throw new \RuntimeException("cannot write $wanted");
		return new self($spare);
	}

	private static function ready(string $folder): bool
	{
		return (is_dir($folder) || @mkdir($folder, 0700, true) ||
		    is_dir($folder)) && is_writable($folder);
	}

	public function read(string $name): string
	{
		$bytes = @file_get_contents("$this->folder/$name.php", false, null,
		    0, self::LIMIT);
		if ($bytes === false || strpos($bytes, self::GUARD) !== 0)
			return '';
		return substr($bytes, strlen(self::GUARD));
	}

	/* Written beside and renamed: a reader sees the old or the new. */
	public function write(string $name, string $bytes): bool
	{
		$beside = "$this->folder/$name." . bin2hex(random_bytes(6)) . '.php';
		$mask = umask(0077);
		$done = @file_put_contents($beside, self::GUARD . $bytes);
		umask($mask);
		if ($done === strlen(self::GUARD) + strlen($bytes) &&
		    @rename($beside, "$this->folder/$name.php"))
			return true;
		@unlink($beside);
		return false;
	}

	/* One process asks, the others go on with what is kept. */
	public function lock(bool $wait)
	{
		$mask = umask(0077);
		$handle = @fopen("$this->folder/lock.php", 'c');
		umask($mask);
		if ($handle === false)
			return null;
		if (flock($handle, $wait ? LOCK_EX : LOCK_EX | LOCK_NB))
			return $handle;
		fclose($handle);
		return null;
	}
}

/* One HTTP request: no redirects, a limit on time and size. */
final class Wire
{
	const LIMIT = 65536;

	/* [status, body, Retry-After in seconds]; status 0: no whole answer. */
	public static function post(string $url, array $fields, int $seconds): array
	{
		$body = http_build_query($fields, '', '&');
		if (!preg_match('#^https?://#i', $url))
			return [0, '', 0];
		return function_exists('curl_init') ?
		    self::curl($url, $body, $seconds) :
		    self::stream($url, $body, $seconds);
	}

	private static function curl(string $url, string $body, int $seconds): array
	{
		$answer = '';
		$retry = 0;
		$handle = curl_init($url);
		curl_setopt_array($handle, [
			CURLOPT_POST => true,
			CURLOPT_POSTFIELDS => $body,
			CURLOPT_HTTPHEADER => ['Accept: application/jose', 'Expect:'],
			CURLOPT_FOLLOWLOCATION => false,
			CURLOPT_NOSIGNAL => true,
			CURLOPT_CONNECTTIMEOUT => $seconds,
			CURLOPT_TIMEOUT => $seconds,
			CURLOPT_HEADERFUNCTION => function ($h, $line) use (&$retry) {
				$retry = self::retryAfter($line, $retry);
				return strlen($line);
			},
			CURLOPT_WRITEFUNCTION => function ($h, $part) use (&$answer) {
				$answer .= $part;
				return strlen($answer) > self::LIMIT ? 0 : strlen($part);
			},
		]);
		$done = curl_exec($handle);
		$status = (int)curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
		return [$done ? $status : 0, $answer, $retry];
	}

	private static function stream(string $url, string $body,
	    int $seconds): array
	{
		$end = microtime(true) + $seconds;
		$handle = @fopen($url, 'r', false, stream_context_create(['http' => [
			'method' => 'POST',
			'header' => "Content-Type: application/x-www-form-urlencoded" .
			    "\r\nAccept: application/jose",
			'content' => $body,
			'follow_location' => 0,
			'ignore_errors' => true,
			'timeout' => $seconds,
		]]));
		if ($handle === false)
			return [0, '', 0];
		$lines = stream_get_meta_data($handle)['wrapper_data'] ?? [];
		$answer = self::drain($handle, $end);
		return [$answer === null ? 0 : (int)substr($lines[0] ?? '', 9, 3),
			(string)$answer, array_reduce($lines, function ($retry, $line) {
				return self::retryAfter($line, $retry);
			}, 0)];
	}

	private static function drain($handle, float $end): ?string
	{
		$answer = '';
		while (!feof($handle)) {
			$part = fread($handle, 8192);
			if ($part === false || microtime(true) > $end ||
			    stream_get_meta_data($handle)['timed_out'] ||
			    strlen($answer .= $part) > self::LIMIT)
				return null;
		}
		return $answer;
	}

	private static function retryAfter(string $line, int $known): int
	{
		return preg_match('/^Retry-After:\s*(\d{1,6})\s*$/i', $line, $found) ?
		    (int)$found[1] : $known;
	}
}

final class License
{
	const RUNS = 'runs';		/* a signed OK that is young enough */
	const WARNS = 'warns';		/* the shop is away; the OK still counts */
	const REFUSED = 'refused';	/* a signed NG */
	const UNKNOWN = 'unknown';	/* no signed answer that still counts */

	/* Seconds between tries when the shop does not answer, while a kept OK
	 * counts, and while somebody waits before a program that may not run. */
	const PATIENT = [900, 3600, 10800];
	const URGENT = [10, 30, 60, 300];

	/** @var array<string, mixed> kagiya-license.ini */
	private $ini;
	/** @var string[] raw public keys */
	private $keys = [];
	/** @var Store */
	private $store;
	/** @var callable(): int */
	private $clock;
	/** @var array<string, mixed> when and what was asked last */
	private $state = [];
	/** @var ?Answer */
	private $answer;

	/* $directory holds kagiya-license.ini. $folder, where key and answer are
	 * kept, should be one that your package declares as data. */
	public function __construct(string $directory, string $folder = '',
	    ?callable $clock = null)
	{
		$ini = @parse_ini_file("$directory/kagiya-license.ini", false,
		    INI_SCANNER_RAW);
		if (!is_array($ini))
			throw new \RuntimeException('no kagiya-license.ini');
		$this->ini = $ini;
		foreach (array_slice((array)($ini['public_key'] ?? []), 0, 2) as $text) {
			$key = Answer::unbase64((string)$text);
			if ($key !== null &&
			    strlen($key) === SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES)
				$this->keys[] = $key;
		}
		$this->store = Store::open($folder ?: "$directory/kagiya-license");
		$this->clock = $clock ?: 'time';
		$this->load();
	}

	/* The one question. Asks the shop at the first start, after an update of
	 * the program and about once a day; else it is answered from the file. */
	public function mayRun(): bool
	{
		if ($this->isDue())
			$this->refresh(false);
		return in_array($this->standing(), [self::RUNS, self::WARNS], true);
	}

	/* For a button "check again": asks now, but not twice in 3 seconds. */
	public function checkNow(): bool
	{
		if (abs($this->now() - $this->number('asked')) >= 3)
			$this->refresh(true);
		return in_array($this->standing(), [self::RUNS, self::WARNS], true);
	}

	/* Asks with a key that was typed. null: no signed answer came. The key is
	 * kept when the shop knows it as this program's; a wrong one changes
	 * nothing, so a typing error never stops a program that runs. */
	public function activate(string $typed): ?Answer
	{
		$typed = trim($typed);
		$lock = $this->store->lock(true);
		[$answer] = $this->ask('activate', $typed, 10);
		if ($answer !== null && $this->isOurs($answer)) {
			$this->store->write('key', $typed);
			$this->keep($answer);
		}
		return $answer;
	}

	public function standing(): string
	{
		if ($this->answer === null)
			return self::UNKNOWN;
		if (!$this->answer->isOk())
			return self::REFUSED;
		$now = $this->serverNow();
		if ($now > $this->answer->fields['grace_until'])
			return self::UNKNOWN;
		return $now > $this->answer->fields['cache_until'] ||
		    $this->wentBack() ? self::WARNS : self::RUNS;
	}

	/* The kept answer, or null. */
	public function answer(): ?Answer
	{
		return $this->answer;
	}

	/* A field of the kept answer: code, text, latest, notices ... */
	public function field(string $name): string
	{
		return $this->answer === null ? '' :
		    (string)($this->answer->fields[$name] ?? '');
	}

	/* Whole days until the trial's last day is over; null outside a trial. */
	public function daysLeft(): ?int
	{
		$end = date_create($this->field('trial_end'));
		if ($this->field('code') !== 'TRIAL' || $end === false)
			return null;
		$today = date_create('@' . $this->serverNow())
		    ->setTimezone($end->getTimezone())->setTime(0, 0);
		return max(0, (int)$today->diff($end)->format('%r%a'));
	}

	/* Where to buy or pay: known even before the first answer. */
	public function url(): string
	{
		return $this->field('url') ?: (string)($this->ini['buy_url'] ?? '');
	}

	public function serial(): string
	{
		return (string)($this->ini['serial'] ?? '');
	}

	private function now(): int
	{
		return (int)($this->clock)();
	}

	/* The shop's time: what it signed, and what has passed here since. A
	 * local clock that is wrong, or was set back, gains nobody a day. */
	private function serverNow(): int
	{
		$passed = $this->now() - $this->number('received');
		return $this->answer->fields['iat'] + max(0, $passed);
	}

	private function wentBack(): bool
	{
		return $this->now() < $this->number('received') - 86400;
	}

	private function number(string $name): int
	{
		return is_int($this->state[$name] ?? null) ? $this->state[$name] : 0;
	}

	private function load(): void
	{
		$state = json_decode($this->store->read('answer'), true);
		$this->state = is_array($state) ? $state : [];
		$jws = $this->state['jws'] ?? '';
		$answer = is_string($jws) ? Answer::read($jws, $this->keys) : null;
		$this->answer = $answer !== null && $this->isForUs($answer) &&
		    (!$answer->test || $this->isTest()) ? $answer : null;
	}

	private function isDue(): bool
	{
		$now = $this->now();
		if ($now < $this->number('asked') - 86400)
			return true;
		if ($now < $this->number('retry_at'))
			return false;
		return $now >= $this->number('ask_at') ||
		    $this->standing() === self::UNKNOWN || $this->isUpdated();
	}

	private function isUpdated(): bool
	{
		return ($this->state['version'] ?? '') !==
		    (string)($this->ini['version'] ?? '');
	}

	private function refresh(bool $forced): void
	{
		$waits = $this->standing() !== self::RUNS;
		$lock = $this->store->lock($waits);
		if ($lock === null && !$waits)
			return;
		$this->load();	/* another process may have asked meanwhile */
		if (!$forced && !$this->isDue())
			return;
		$why = $this->answer === null || $this->isUpdated() ?
		    'start' : 'daily';
		[$answer, $retry] = $this->ask($why, $this->store->read('key'),
		    $waits ? 5 : 2);
		if ($answer !== null)
			$this->keep($answer);
		else
			$this->backOff($retry);
	}

	/* [verified answer to this very question or null, Retry-After] */
	private function ask(string $why, string $key, int $seconds): array
	{
		$nonce = rtrim(strtr(base64_encode(random_bytes(24)), '+/', '-_'),
		    '=');
		[$status, $body, $retry] = Wire::post(
		    (string)($this->ini['check_url'] ?? ''), ['v' => '1',
			'product' => (string)($this->ini['product'] ?? ''),
			'serial' => $this->serial(),
			'instance' => (string)($this->ini['instance'] ?? ''),
			'key' => $key,
			'version' => (string)($this->ini['version'] ?? ''),
			'nonce' => $nonce, 'why' => $why], $seconds);
		$answer = $status === 200 ? Answer::read(trim($body), $this->keys) :
		    null;
		if ($answer === null || $answer->fields['nonce'] !== $nonce ||
		    !$this->isForUs($answer) || $this->isOlder($answer) ||
		    !$this->isAllowed($answer, $why))
			return [null, $retry];
		return [$answer, 0];
	}

	/* Who types a TEST- key sees what it gives, but it never lets a program
	 * run nor stops one, unless the maker wrote test = "1" into the ini. */
	private function isAllowed(Answer $answer, string $why): bool
	{
		return !$answer->test || $this->isTest() ||
		    ($why === 'activate' && !$answer->isOk());
	}

	private function isTest(): bool
	{
		return !empty($this->ini['test']);
	}

	private function isForUs(Answer $answer): bool
	{
		foreach (['product', 'serial', 'instance'] as $name)
			if ($answer->fields[$name] !== (string)($this->ini[$name] ?? ''))
				return false;
		return true;
	}

	private function isOlder(Answer $answer): bool
	{
		return !$answer->test && $this->answer !== null &&
		    $answer->fields['revision'] < $this->answer->fields['revision'];
	}

	private function isOurs(Answer $answer): bool
	{
		if ($answer->test)
			return $this->isTest();
		return $answer->fields['key'] === 'valid' &&
		    !in_array($answer->fields['code'],
			['PRODUCT_MISMATCH', 'INSTANCE_MISMATCH'], true);
	}

	/* The next question comes after the time the shop named, a quarter
	 * sooner or later, so that a thousand programs do not ask at once. */
	private function keep(Answer $answer): void
	{
		$now = $this->now();
		$pause = max(1, $answer->fields['next_check'] -
		    $answer->fields['iat']);
		$this->answer = $answer;
		$this->save(['jws' => $answer->jws, 'received' => $now,
			'asked' => $now, 'retry_at' => 0, 'failures' => 0,
			'ask_at' => $now + intdiv($pause * random_int(75, 125) + 99, 100),
			'version' => (string)($this->ini['version'] ?? '')]);
	}

	private function backOff(int $retry): void
	{
		$now = $this->now();
		$steps = in_array($this->standing(), [self::RUNS, self::WARNS], true) ?
		    self::PATIENT : self::URGENT;
		$failures = min($this->number('failures'), count($steps) - 1);
		$pause = intdiv($steps[$failures] * random_int(50, 150), 100);
		$this->save(['asked' => $now, 'failures' => $failures + 1,
			'retry_at' => $now + max($pause, min($retry, 86400))] +
		    $this->state);
	}

	private function save(array $state): void
	{
		$this->state = $state;
		if (!$this->store->write('answer', json_encode($state)))
			error_log('kagiya: cannot keep the answer');
	}
}
