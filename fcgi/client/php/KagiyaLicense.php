<?php
/* KagiyaLicense: asks the shop whether this program may run, and remembers
 * the signed answer, by the rules of fcgi/client/RULES. One file, PHP 7.4+ with
 * sodium and curl. */

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
	/** @var bool an answer to a TEST- key: to be shown, never kept */
	public $test;
	/** @var array<string, string|int> the payload's fields */
	public $fields;

	private function __construct(string $jws, bool $test, array $fields)
	{
		$this->jws = $jws;
		$this->test = $test;
		$this->fields = $fields;
	}

	/* null unless one of the raw Ed25519 keys signed it and it is whole.
	 * Nothing is parsed before the signature is right. */
	public static function read(string $jws, array $keys): ?self
	{
		$part = explode('.', $jws);
		if (count($part) !== 3)
			return null;
		$bytes = array_map([self::class, 'unbase64'], $part);
		$key = self::signerOf($part, $bytes[2], $keys);
		if ($key === null || $bytes[0] === null || $bytes[1] === null)
			return null;
		$head = self::object($bytes[0]);
		$fields = self::object($bytes[1]);
		if (!self::isHead($head, $key) || !self::isWhole($fields))
			return null;
		$test = $head['typ'] === self::TEST_TYPE;
		return new self($jws, $test, $fields);
	}

	public function isOk(): bool
	{
		return $this->fields['result'] === 'OK';
	}

	/* Is it for this program, and the answer to this question? */
	public function isFor(array $expected): bool
	{
		foreach ($expected as $name => $value)
			if ($this->fields[$name] !== $value)
				return false;
		return true;
	}

	/* The last second at which it counts when it is kept. On the day
	 * ng_from it ends, at the latest when that day has begun everywhere. */
	public function end(): int
	{
		$day = $this->fields['ng_from'];
		return $day === '' ? $this->fields['grace_until'] :
		    min($this->fields['grace_until'],
			(int)strtotime("$day 12:00:00 UTC") - 1);
	}

	public static function unbase64(string $text): ?string
	{
		if (preg_match('/[^A-Za-z0-9_-]/', $text))
			return null;
		$bytes = base64_decode(strtr($text, '-_', '+/'), true);
		return $bytes !== false && self::base64($bytes) === $text ?
		    $bytes : null;
	}

	public static function base64(string $bytes): string
	{
		return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
	}

	private static function signerOf(array $part, ?string $signature,
	    array $keys): ?string
	{
		if ($signature === null ||
		    strlen($signature) !== SODIUM_CRYPTO_SIGN_BYTES)
			return null;
		foreach ($keys as $key)
			if (sodium_crypto_sign_verify_detached($signature,
			    "$part[0].$part[1]", $key))
				return $key;
		return null;
	}

	private static function object(string $json): array
	{
		$value = $json === '' || $json[0] !== '{' ? null :
		    json_decode($json, true, 16);
		return is_array($value) && !self::hasTwins($json) ? $value : [];
	}

	/* Of two fields of one name json_decode takes the last, others the
	 * first: such an answer is none. */
	private static function hasTwins(string $json): bool
	{
		$tokens = '/"[^"\\\\]*+(?:\\\\.[^"\\\\]*+)*+"|[{}\[\]:]/s';
		preg_match_all($tokens, $json, $found);
		$depth = 0;
		$names = [];
		foreach ($found[0] as $i => $token) {
			$depth += strpos(' {[', $token) ? 1 : 0;
			$depth -= strpos(' }]', $token) ? 1 : 0;
			if ($token === ':' && $depth === 1)
				$names[] = json_decode($found[0][$i - 1]);
		}
		return $names !== array_unique($names);
	}

	/* The algorithm is fixed: the header says which key, and what for. */
	private static function isHead(array $head, string $key): bool
	{
		$kid = self::base64(substr(hash('sha256', $key, true), 0, 8));
		$types = [self::TYPE, self::TEST_TYPE];
		return ($head['alg'] ?? '') === 'EdDSA' &&
		    !array_key_exists('crit', $head) &&
		    ($head['kid'] ?? '') === $kid &&
		    in_array($head['typ'] ?? '', $types, true);
	}

	private static function isWhole(array $fields): bool
	{
		foreach (self::TEXTS as $name)
			if (!is_string($fields[$name] ?? null))
				return false;
		foreach (self::NUMBERS as $name)
			if (!is_int($fields[$name] ?? null) ||
			    $fields[$name] < 0)
				return false;
		return in_array($fields['result'], ['OK', 'NG'], true) &&
		    preg_match('/^[A-Z_]{1,40}$/D', $fields['code']) &&
		    self::isDay($fields['trial_end']) &&
		    self::isDay($fields['ng_from']);
	}

	private static function isDay(string $text): bool
	{
		return $text === '' ||
		    preg_match('/^\d{4}-\d\d-\d\d$/D', $text) === 1;
	}
}

/* The folder with the key and the answer. Each file begins with a line that
 * makes the web server show nothing, should the folder be reachable. A page
 * asks anew each time, so there is a spare folder among the temporary files
 * for when ours cannot be written. */
final class Store
{
	const GUARD = "<?php exit; ?>\n";
	const LIMIT = 131072;

	/** @var string[] */
	private $folders;

	public function __construct(string $wanted)
	{
		$user = function_exists('posix_geteuid') ? posix_geteuid() : 0;
		$this->folders = [$wanted, sys_get_temp_dir() .
		    "/kagiya-$user-" . substr(hash('sha256', $wanted), 0, 16)];
	}

	/* What stands there, of both folders. */
	public function read(string $name): array
	{
		$contents = [];
		foreach ($this->folders as $folder) {
			$file = "$folder/$name.php";
			$bytes = !$this->isOurs($folder) ? '' : (string)
			    @file_get_contents($file, false, null, 0, self::LIMIT);
			if (strpos($bytes, self::GUARD) === 0)
				$contents[] = substr($bytes,
				    strlen(self::GUARD));
		}
		return $contents;
	}

	/* In the first folder that takes it; the other's is older then. */
	public function write(string $name, string $bytes): bool
	{
		$done = false;
		foreach ($this->folders as $folder)
			if ($done)
				@unlink("$folder/$name.php");
			else
				$done = $this->make($folder) &&
				    $this->replace("$folder/$name", $bytes);
		return $done;
	}

	/* One process asks, the others go on with what is kept. A handle;
	 * false when another held it for so many seconds; null where none can
	 * be had. */
	public function lock(int $seconds)
	{
		$handle = $this->lockFile();
		if ($handle === null)
			return null;
		$end = microtime(true) + $seconds;
		while (!flock($handle, LOCK_EX | LOCK_NB, $taken)) {
			if (!$taken || microtime(true) >= $end)
				return $taken ? false : null;
			usleep(20000);
		}
		return $handle;
	}

	private function lockFile()
	{
		$mask = umask(0077);
		$handle = null;
		foreach ($this->folders as $folder)
			if ($handle === null && $this->make($folder))
				$handle = @fopen("$folder/lock.php", 'c') ?:
				    null;
		umask($mask);
		return $handle;
	}

	/* Everybody may make files among the temporary ones. */
	private function isOurs(string $folder): bool
	{
		return $folder === $this->folders[0] || (is_dir($folder) &&
		    !is_link($folder) && (!function_exists('posix_geteuid') ||
			fileowner($folder) === posix_geteuid()));
	}

	private function make(string $folder): bool
	{
		return (is_dir($folder) || @mkdir($folder, 0700, true) ||
		    is_dir($folder)) && $this->isOurs($folder);
	}

	/* Written beside and renamed: a reader sees the old or the new. */
	private function replace(string $path, string $bytes): bool
	{
		$bytes = self::GUARD . $bytes;
		$mask = umask(0077);
		$done = @file_put_contents("$path.new.php", $bytes);
		umask($mask);
		if ($done === strlen($bytes))
			return @rename("$path.new.php", "$path.php");
		@unlink("$path.new.php");
		return false;
	}
}

/* One HTTP request: no redirects, a limit on time and size. */
final class Wire
{
	const LIMIT = 65536;

	/* [status, body, Retry-After in seconds]; status 0: no whole answer. */
	public static function post(string $url, array $fields, int $seconds,
	    string $ca): array
	{
		$answer = '';
		$retry = 0;
		$body = http_build_query($fields, '', '&');
		$handle = curl_init($url);
		curl_setopt_array($handle, [
			CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
			CURLOPT_POST => true,
			CURLOPT_POSTFIELDS => $body,
			CURLOPT_HTTPHEADER =>
			    ['Accept: application/jose', 'Expect:'],
			CURLOPT_FOLLOWLOCATION => false,
			CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2,
			CURLOPT_NOSIGNAL => true,
			CURLOPT_TIMEOUT => $seconds,
			CURLOPT_HEADERFUNCTION =>
			    function ($h, $line) use (&$retry) {
				$retry = self::retryAfter($line, $retry);
				return strlen($line);
			},
			CURLOPT_WRITEFUNCTION =>
			    function ($h, $part) use (&$answer) {
				$answer .= $part;
				return strlen($answer) > self::LIMIT ?
				    0 : strlen($part);
			},
		] + ($ca === '' ? [] : [CURLOPT_CAINFO => $ca]));
		$done = curl_exec($handle);
		$status = (int)curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
		return [$done ? $status : 0, $answer,
			in_array($status, [429, 503], true) ? $retry : 0];
	}

	private static function retryAfter(string $line, int $known): int
	{
		$seconds = '/^Retry-After:\s*(\d{1,9})\s*$/i';
		return preg_match($seconds, $line, $found) ?
		    min((int)$found[1], 86400) : $known;
	}
}

final class License
{
	const RUN = 'RUN';		/* a signed OK that is young enough */
	const STOP = 'STOP';		/* a signed NG */
	const KEPT = 'KEPT';		/* the shop is away, its OK counts */
	const UNKNOWN = 'UNKNOWN';	/* no signed answer that still counts */

	/* Seconds between tries when the shop does not answer: while a kept OK
	 * counts; while somebody waits before a program that may not run. */
	const PATIENT = [900, 3600, 10800];
	const URGENT = [10, 30, 60, 300];

	/* Seconds a question may take: while a kept OK counts, while none does,
	 * and with a typed key. */
	const QUICK = 2;
	const SLOW = 5;
	const TYPED = 10;

	/* Lines without which kagiya-license.ini is none. */
	const NEEDED = ['check_url', 'product', 'serial', 'instance'];

	/* A clock that is further back than that was set back. */
	const DAY = 86400;
	const MINUTES = 600;

	/** @var array<string, mixed> kagiya-license.ini */
	private $ini;
	/** @var string[] raw public keys */
	private $keys;
	/** @var Store */
	private $store;
	/** @var callable(): int */
	private $clock;
	/** @var string */
	private $ca;
	/** @var array<string, mixed> when and what was asked last */
	private $state = [];
	/** @var ?Answer */
	private $answer;

	/* $directory holds kagiya-license.ini. $folder, where key and answer
	 * are kept, should be one that your package declares as data. $ca: a
	 * file with the authority that signed the shop's certificate, when the
	 * system does not know it. */
	public function __construct(string $directory, string $folder = '',
	    ?callable $clock = null, string $ca = '')
	{
		if (!function_exists('curl_init') ||
		    !function_exists('sodium_crypto_sign_verify_detached'))
			throw new \RuntimeException('PHP lacks curl or sodium');
		$ini = @parse_ini_file("$directory/kagiya-license.ini");
		$this->ini = is_array($ini) ? $ini : [];
		$this->keys = self::keysOf($this->ini);
		foreach (self::NEEDED as $name)
			if ($this->setting($name) === '' || $this->keys === [])
				throw new \RuntimeException("no kagiya-license.ini " .
				    "in $directory, or one that lacks a line");
		$this->store = new Store(
		    $folder ?: "$directory/kagiya-license");
		$this->clock = $clock ?: 'time';
		$this->ca = $ca;
		$this->load();
	}

	/* The one question. Asks the shop at the first start, after an update
	 * of the program and about once a day; else the file answers. */
	public function mayRun(): bool
	{
		if ($this->isDue())
			$this->refresh(false);
		return $this->counts();
	}

	/* For a button "check again": asks now, but not twice in 3 seconds. */
	public function checkNow(): bool
	{
		if (abs($this->now() - $this->number('asked')) >= 3)
			$this->refresh(true);
		return $this->counts();
	}

	/* Asks with a key that was typed. null: no signed answer came. The key
	 * is kept when the shop knows it as this program's; a wrong one changes
	 * nothing, so a typing error never stops a program that runs. */
	public function activate(string $typed): ?Answer
	{
		$typed = trim($typed);
		$lock = $this->store->lock(self::TYPED);
		$this->load();
		[$answer] = $this->ask('activate', $typed, self::TYPED);
		if ($answer !== null && $this->isRight($answer) &&
		    !$this->isOlder($answer)) {
			$this->store->write('key', $typed);
			$this->keep($answer);
		}
		return $answer;
	}

	/* RUN, STOP, KEPT or UNKNOWN. */
	public function decision(): string
	{
		if ($this->answer === null)
			return self::UNKNOWN;
		if (!$this->answer->isOk())
			return self::STOP;
		$now = $this->serverNow();
		if ($now > $this->answer->end())
			return self::UNKNOWN;
		return $now > $this->answer->fields['cache_until'] ||
		    $this->now() < $this->received() - self::DAY ?
		    self::KEPT : self::RUN;
	}

	/* Why: VALID, TRIAL, PAYMENT_OVERDUE ...; "-" when nothing counts. */
	public function code(): string
	{
		return $this->decision() === self::UNKNOWN ? '-' :
		    $this->field('code');
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

	/* Whole days until the trial's last day is over; null without one. */
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
		return $this->field('url') ?: $this->setting('buy_url');
	}

	public function serial(): string
	{
		return $this->setting('serial');
	}

	private static function keysOf(array $ini): array
	{
		$keys = [];
		foreach ((array)($ini['public_key'] ?? []) as $text) {
			$key = (string)Answer::unbase64((string)$text);
			if (strlen($key) === SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES)
				$keys[] = $key;
		}
		return array_slice($keys, 0, 2);
	}

	private function setting(string $name): string
	{
		$value = $this->ini[$name] ?? '';
		return is_string($value) ? $value : '';
	}

	private function counts(): bool
	{
		$decision = $this->decision();
		return $decision === self::RUN || $decision === self::KEPT;
	}

	private function now(): int
	{
		return (int)($this->clock)();
	}

	/* The shop's time: what it signed, and what has passed here since. A
	 * local clock that is wrong, or was set back, gains nobody a day. */
	private function serverNow(): int
	{
		return $this->answer->fields['iat'] +
		    max(0, $this->now() - $this->received());
	}

	private function received(): int
	{
		return $this->number('received') ?:
		    $this->answer->fields['iat'];
	}

	private function number(string $name): int
	{
		$value = $this->state[$name] ?? 0;
		return is_int($value) ? $value : 0;
	}

	/* The newest of what is kept. */
	private function load(): void
	{
		$best = [[-1, -1, -1], [], null];
		foreach ($this->store->read('answer') as $bytes) {
			$state = json_decode($bytes, true);
			$state = is_array($state) ? $state : [];
			$answer = $this->kept($state['jws'] ?? '');
			$best = max($best, [[$answer->fields['revision'] ?? -1,
				$answer->fields['iat'] ?? -1,
				(int)($state['asked'] ?? 0)], $state, $answer]);
		}
		[, $this->state, $this->answer] = $best;
	}

	private function kept($jws): ?Answer
	{
		$answer = !is_string($jws) ? null :
		    Answer::read($jws, $this->keys);
		return $answer !== null && !$answer->test &&
		    $answer->isFor($this->us()) ? $answer : null;
	}

	private function us(): array
	{
		return ['product' => $this->setting('product'),
			'serial' => $this->serial(),
			'instance' => $this->setting('instance')];
	}

	private function isDue(): bool
	{
		$now = $this->now();
		if ($now < $this->number('asked') - self::MINUTES)
			return true;
		return $now >= $this->number('retry_at') &&
		    ($now >= $this->number('ask_at') || $this->isUpdated() ||
			$this->decision() === self::UNKNOWN);
	}

	private function isUpdated(): bool
	{
		return ($this->state['version'] ?? '') !==
		    $this->setting('version');
	}

	/* Who finds another asking goes on with what is kept or, when nothing
	 * counts, waits for what the other hears. */
	private function refresh(bool $forced): void
	{
		$seconds = $this->counts() ? self::QUICK : self::SLOW;
		$lock = $this->store->lock($this->counts() ? 0 : $seconds);
		$this->load();
		if ($lock === false || (!$forced && !$this->isDue()))
			return;
		$why = $this->answer === null || $this->isUpdated() ?
		    'start' : 'daily';
		[$answer, $retry] = $this->ask($why,
		    $this->store->read('key')[0] ?? '', $seconds);
		if ($answer !== null && !$answer->test &&
		    !$this->isOlder($answer))
			$this->keep($answer);
		else
			$this->backOff($retry);
	}

	/* [the signed answer to this very question or null, Retry-After] */
	private function ask(string $why, string $key, int $seconds): array
	{
		$nonce = Answer::base64(random_bytes(24));
		$fields = ['v' => '1'] + $this->us() + ['key' => $key,
			'version' => $this->setting('version'),
			'nonce' => $nonce, 'why' => $why];
		[$status, $body, $retry] = Wire::post(
		    $this->setting('check_url'), $fields, $seconds, $this->ca);
		$answer = $status === 200 ?
		    Answer::read(trim($body), $this->keys) : null;
		return $answer !== null &&
		    $answer->isFor($this->us() + ['nonce' => $nonce]) ?
		    [$answer, 0] : [null, $retry];
	}

	private function isOlder(Answer $answer): bool
	{
		return $this->answer !== null &&
		    $answer->fields['revision'] <
			$this->answer->fields['revision'];
	}

	/* Does the shop know the typed key as this program's? */
	private function isRight(Answer $answer): bool
	{
		return !$answer->test && $answer->fields['key'] === 'valid' &&
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
			'ask_at' => $now +
			    intdiv($pause * random_int(75, 125) + 99, 100),
			'version' => $this->setting('version')]);
	}

	private function backOff(int $retry): void
	{
		$now = $this->now();
		$steps = $this->counts() ? self::PATIENT : self::URGENT;
		$failures = max(0, $this->number('failures'));
		$pause = intdiv($steps[min($failures, count($steps) - 1)] *
		    random_int(50, 150), 100);
		$this->save(['asked' => $now, 'failures' => $failures + 1,
			'retry_at' => $now + max($pause, $retry)] +
		    $this->state);
	}

	private function save(array $state): void
	{
		$this->state = $state;
		if (!$this->store->write('answer', json_encode($state)))
			error_log('kagiya: cannot keep the answer');
	}
}
