<?php
/* health: can it work here? Asks nobody for a license. */

declare(strict_types=1);

require __DIR__ . '/lib/start.php';

header('Content-Type: text/plain');
try {
	store_read('event');
	store_read('note');
	$good = is_writable(store_folder());
} catch (RuntimeException $problem) {
	$good = false;
}
http_response_code($good ? 200 : 500);
echo $good ? "ok\n" : "data cannot be read or written\n";
