<?php
/* A wiki that nobody has set up yet leads to its own installer, in the
 * language chosen when it was installed. */
$setting = @parse_ini_file(__DIR__ . '/kagiya-setting.ini');
$language = ($setting['language'] ?? 'ja') === 'en' ? 'en' : 'ja';
header('Location: ' . (is_file(__DIR__ . '/conf/local.php') ?
    'doku.php' : "install.php?l=$language"), true, 302);
