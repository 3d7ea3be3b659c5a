<?php
/* event: one appointment. */

declare(strict_types=1);

require __DIR__ . '/lib/start.php';
require __DIR__ . '/lib/entry.php';
must_be_licensed();

$day = $_GET['day'] ?? '';
entry_page('event', ['title' => ['text', 80, true],
	'day' => ['date', 10, true], 'time' => ['time', 5, false],
	'place' => ['text', 80, false], 'memo' => ['area', 1000, false]],
    ['day' => is_string($day) && is_day($day) ? $day : date('Y-m-d')]);
