EXTRA_DIST += fcgi/client/php/KagiyaLicense.php \
	fcgi/client/php/README fcgi/client/php/composer.json
