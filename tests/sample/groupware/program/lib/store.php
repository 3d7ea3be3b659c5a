<?php
/* store: events and notes as JSON files, changed under a lock, replaced in
 * one step. The first line keeps the web server from showing them. */

declare(strict_types=1);

const STORE_GUARD = "<?php exit; ?>\n";
const STORE_MOST = 5000;

function store_folder(): string
{
	$folder = ROOT . '/data';
	if (!is_dir($folder))
		@mkdir($folder, 0700);
	return $folder;
}

/* Entries by id. A file that is not whole is an error, never "empty": what
 * cannot be read must not be overwritten. */
function store_read(string $name): array
{
	$path = store_folder() . "/$name.php";
	if (!file_exists($path))
		return [];
	$bytes = file_get_contents($path);
	$entries = $bytes === false || strpos($bytes, STORE_GUARD) !== 0 ? null :
	    json_decode(substr($bytes, strlen(STORE_GUARD)), true);
	if (!is_array($entries))
		throw new RuntimeException("$name: cannot be read");
	return $entries;
}

/* $change takes the entries and returns them changed. */
function store_change(string $name, callable $change): void
{
	$folder = store_folder();
	$lock = fopen("$folder/lock.php", 'c');
	if ($lock === false || !flock($lock, LOCK_EX))
		throw new RuntimeException('cannot lock');
	$entries = $change(store_read($name));
	if (count($entries) > STORE_MOST)
		throw new RuntimeException("$name: too many");
	$bytes = STORE_GUARD . json_encode($entries,
	    JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
	$beside = "$folder/$name.new.php";
	if (file_put_contents($beside, $bytes) !== strlen($bytes) ||
	    !rename($beside, "$folder/$name.php"))
		throw new RuntimeException("$name: cannot be written");
	fclose($lock);
}

function store_put(string $name, string $id, array $entry): void
{
	store_change($name, function (array $entries) use ($id, $entry) {
		$entries[$id ?: bin2hex(random_bytes(8))] = $entry;
		return $entries;
	});
}

function store_remove(string $name, string $id): void
{
	store_change($name, function (array $entries) use ($id) {
		unset($entries[$id]);
		return $entries;
	});
}

/* The events of a month by day, each day in the order of time. */
function events_of(string $month): array
{
	$days = [];
	foreach (store_read('event') as $id => $event)
		if (strpos($event['day'], $month) === 0)
			$days[$event['day']][] = $event + ['id' => $id];
	foreach ($days as &$events)
		usort($events, function ($a, $b) {
			return strcmp($a['time'] . $a['title'], $b['time'] . $b['title']);
		});
	return $days;
}
