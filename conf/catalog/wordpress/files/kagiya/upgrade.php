#!/usr/bin/php
<?php
/* The agent calls this after the files of an upgrade: the tables follow. */
if (PHP_SAPI !== 'cli') {
	http_response_code(404);
	exit;
}
$setting = parse_ini_file(dirname(__DIR__) . '/kagiya-setting.ini');
$_SERVER['HTTP_HOST'] = parse_url($setting['kagiya_url'], PHP_URL_HOST);
$_SERVER['REQUEST_URI'] = parse_url($setting['kagiya_url'], PHP_URL_PATH);
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
define('WP_INSTALLING', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_DISABLE_FATAL_ERROR_HANDLER', true);
ini_set('display_errors', 'stderr');

require dirname(__DIR__) . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_upgrade();
wp_cache_flush();
if ((int)get_option('db_version') !== (int)$wp_db_version) {
	fwrite(STDERR, "the tables are not those of this version\n");
	exit(1);
}
