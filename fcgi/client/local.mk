EXTRA_DIST += fcgi/client/RULES fcgi/client/shell/kagiya-license
EXTRA_DIST += fcgi/client/php/KagiyaLicense.php \
	fcgi/client/php/README fcgi/client/php/composer.json
include fcgi/client/c/local.mk
include fcgi/client/javascript/local.mk
include fcgi/client/python/local.mk
