TESTS += tests/gate/keycheck.test tests/gate/php-kit.test \
	tests/gate/groupware.test
EXTRA_DIST += tests/gate/groupware.test tests/gate/keycheck.test tests/gate/keycheck.sh \
	tests/gate/php-kit.test tests/gate/kit/decide.php \
	tests/gate/kit/shop.php tests/gate/kit/verdict.php \
	tests/sample/groupware
