#!/usr/bin/php
<?php
/* The agent calls this once, with the files and the database there: MediaWiki's
 * own installer makes the tables and the administrator. */
if (PHP_SAPI !== 'cli') {
	http_response_code(404);
	exit;
}
$root = dirname(__DIR__);
$setting = parse_ini_file("$root/kagiya-setting.ini");
$password = (string)getenv('KAGIYA_SECRET_PASSWORD');

/* What the visitor has to mend ends with 10. */
function refuse(string $why): void
{
	fwrite(STDERR, "$why\n");
	exit(10);
}

/* A file that goes with this process. */
function secret(string $words): string
{
	$path = tempnam(sys_get_temp_dir(), 'secret');
	file_put_contents($path, $words);
	register_shutdown_function('unlink', $path);
	return $path;
}

if (strlen($password) < 10)
	refuse('the password wants at least 10 characters');
if (stripos($password, $setting['admin']) !== false)
	refuse('the administrator\'s name is in the password');

/* Cut short before, perhaps: from the beginning. */
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$database = new mysqli($setting['database_host'], $setting['database_user'],
    $setting['database_password'], $setting['database_name'], 0,
    $setting['database_socket']);
foreach ($database->query('SHOW TABLES')->fetch_all() as [$table])
	$database->query("DROP TABLE `$table`");
$database->close();

/* It writes a configuration, too; ours reads what the agent wrote. */
putenv('MW_CONFIG_FILE=/nonexistent/LocalSettings.php');
putenv('KAGIYA_SECRET_PASSWORD');
$server = preg_replace('|^(https?://[^/]+).*$|', '$1', $setting['kagiya_url']);
$process = proc_open([PHP_BINARY, "$root/maintenance/install.php",
    '--confpath', sys_get_temp_dir(), '--dbtype', 'mysql',
    '--dbserver', "$setting[database_host]:$setting[database_socket]",
    '--dbname', $setting['database_name'],
    '--dbuser', $setting['database_user'],
    '--dbpassfile', secret($setting['database_password']),
    '--server', $server, '--scriptpath',
    substr(rtrim($setting['kagiya_url'], '/'), strlen($server)),
    '--lang', $setting['language'], '--passfile', secret($password),
    '--skins', 'Vector', $setting['title'], $setting['admin']],
    [0 => ['file', '/dev/null', 'r'], 1 => STDOUT, 2 => STDERR], $pipes);
$code = $process === false ? 1 : proc_close($process);
@unlink(sys_get_temp_dir() . '/LocalSettings.php');
exit($code === 0 ? 0 : 1);
