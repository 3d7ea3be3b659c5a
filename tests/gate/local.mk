TESTS += tests/gate/php-kit.test
EXTRA_DIST += tests/gate/php-kit.test tests/gate/kit/shop.php \
	tests/gate/kit/decide.php tests/sample/groupware
