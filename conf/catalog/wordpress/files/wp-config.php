<?php
/* All that WordPress has to know was written beside it when it was installed:
 * its address and how to reach its database. */
$kagiya = parse_ini_file(__DIR__ . '/kagiya-setting.ini');
if ($kagiya === false) {
	http_response_code(503);
	exit('kagiya-setting.ini cannot be read.');
}
define('DB_NAME', $kagiya['database_name']);
define('DB_USER', $kagiya['database_user']);
define('DB_PASSWORD', $kagiya['database_password']);
define('DB_HOST', "$kagiya[database_host]:$kagiya[database_socket]");
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

define('WP_HOME', rtrim($kagiya['kagiya_url'], '/'));
define('WP_SITEURL', WP_HOME);
if (strncmp(WP_HOME, 'https:', 6) === 0)
	$_SERVER['HTTPS'] = 'on';

/* Secrets of this install's own, the same at each call. */
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name)
	foreach (['KEY', 'SALT'] as $kind)
		define("{$name}_$kind", hash_hmac('sha256', "$name $kind",
		    DB_PASSWORD));

/* New versions of the program itself come from the shop. */
define('WP_AUTO_UPDATE_CORE', false);
unset($kagiya, $name, $kind);

if (!defined('ABSPATH'))
	define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
