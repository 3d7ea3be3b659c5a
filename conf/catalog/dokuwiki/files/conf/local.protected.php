<?php
/* The folder it was installed in may hold blanks and any letters; in links
 * and in a cookie's path they have to be percent-encoded. */
if (isset($_SERVER['SCRIPT_NAME'], $_SERVER['SCRIPT_FILENAME'])) {
	$inside = substr((string)realpath($_SERVER['SCRIPT_FILENAME']),
	    strlen((string)realpath(DOKU_INC)));
	$above = substr($_SERVER['SCRIPT_NAME'], 0, -strlen($inside));
	$conf['basedir'] = implode('/',
	    array_map('rawurlencode', explode('/', $above))) . '/';
	unset($inside, $above);
}
