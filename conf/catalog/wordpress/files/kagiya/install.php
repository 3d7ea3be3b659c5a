#!/usr/bin/php
<?php
/* The agent calls this once, with the files and the database there: the site
 * is set up with the answers given in the shop. */
if (PHP_SAPI !== 'cli') {
	http_response_code(404);
	exit;
}
$setting = parse_ini_file(dirname(__DIR__) . '/kagiya-setting.ini');
$password = (string)getenv('KAGIYA_SECRET_PASSWORD');

/* What the visitor has to mend ends with 10. */
function refuse(string $why): void
{
	fwrite(STDERR, "$why\n");
	exit(10);
}

if ($password === '')
	refuse('the password is empty');
if (!preg_match('/^[A-Za-z0-9 _.@-]{1,60}$/D', $setting['admin']))
	refuse('the administrator\'s name: letters, digits and _.@- only');

$_SERVER['HTTP_HOST'] = parse_url($setting['kagiya_url'], PHP_URL_HOST);
$_SERVER['REQUEST_URI'] = parse_url($setting['kagiya_url'], PHP_URL_PATH);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
define('WP_INSTALLING', true);
/* There is no network here, and nobody to mail to. */
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_DISABLE_FATAL_ERROR_HANDLER', true);
ini_set('display_errors', 'stderr');
function wp_new_blog_notification() {}

require dirname(__DIR__) . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

/* Cut short before, perhaps: from the beginning. */
foreach ($wpdb->get_col('SHOW TABLES') as $table)
	$wpdb->query("DROP TABLE `$table`");
wp_cache_flush();
wp_suspend_cache_addition(true);
$done = wp_install($setting['title'], $setting['admin'], $setting['email'],
    true, '', wp_slash($password),
    $setting['language'] === 'ja' ? 'ja' : '');
if (!is_array($done) || empty($done['user_id']) || !is_blog_installed()) {
	fwrite(STDERR, "WordPress did not set itself up: $wpdb->last_error\n");
	exit(1);
}
