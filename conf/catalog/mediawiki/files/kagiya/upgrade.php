#!/usr/bin/php
<?php
/* The agent calls this after the files of an upgrade: the tables follow. */
if (PHP_SAPI !== 'cli') {
	http_response_code(404);
	exit;
}
$process = proc_open([PHP_BINARY,
    dirname(__DIR__) . '/maintenance/update.php', '--quick'],
    [0 => ['file', '/dev/null', 'r'], 1 => STDOUT, 2 => STDERR], $pipes);
exit($process !== false && proc_close($process) === 0 ? 0 : 1);
