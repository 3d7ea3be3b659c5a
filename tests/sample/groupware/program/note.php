<?php
/* note: one note. */

declare(strict_types=1);

require __DIR__ . '/lib/start.php';
require __DIR__ . '/lib/entry.php';
must_be_licensed();

entry_page('note', ['title' => ['text', 80, true],
	'text' => ['area', 4000, false]], ['color' => 'orange']);
