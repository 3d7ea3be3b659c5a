<?php
/* All that MediaWiki has to know was written beside it when it was installed:
 * its address, the answers given in the shop, and how to reach its database.
 * What you change here stays when a new version comes. */
if (!defined('MEDIAWIKI'))
	exit;
$kagiya = parse_ini_file(__DIR__ . '/kagiya-setting.ini');

$wgSitename = $kagiya['title'];
$wgLanguageCode = $kagiya['language'];
$wgServer = preg_replace('|^(https?://[^/]+).*$|', '$1', $kagiya['kagiya_url']);
$wgScriptPath = substr(rtrim($kagiya['kagiya_url'], '/'), strlen($wgServer));
$wgArticlePath = "$wgScriptPath/index.php?title=$1";
$wgUsePathInfo = false;
$wgEmergencyContact = $wgPasswordSender = $kagiya['email'];

$wgDBtype = 'mysql';
$wgDBserver = "$kagiya[database_host]:$kagiya[database_socket]";
$wgDBname = $kagiya['database_name'];
$wgDBuser = $kagiya['database_user'];
$wgDBpassword = $kagiya['database_password'];
$wgDBTableOptions = 'ENGINE=InnoDB, DEFAULT CHARSET=binary';

/* Secrets of this install's own, the same at each call. */
$wgSecretKey = hash_hmac('sha256', 'secret', $wgDBpassword);
$wgUpgradeKey = hash_hmac('sha256', 'upgrade', $wgDBpassword);
$wgAuthenticationTokenVersion = '1';

$wgMainCacheType = CACHE_NONE;
$wgCacheDirectory = __DIR__ . '/cache';
$wgEnableUploads = true;
/* Readers may not write before somebody lets them in. */
$wgGroupPermissions['*']['edit'] = false;

$wgDefaultSkin = 'vector-2022';
wfLoadSkin('Vector');
foreach (['Cite', 'CategoryTree', 'ImageMap', 'InputBox', 'ParserFunctions',
    'WikiEditor'] as $name)
	wfLoadExtension($name);
unset($kagiya, $name);
