EXTRA_DIST += fcgi/client/RULES
include fcgi/client/c/local.mk
include fcgi/client/javascript/local.mk
include fcgi/client/python/local.mk
include fcgi/client/php/local.mk
include fcgi/client/shell/local.mk
