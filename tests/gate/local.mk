GATE_TESTS = tests/gate/groupware.test tests/gate/keycheck.test \
	tests/gate/keys.test tests/gate/php-kit.test \
	tests/gate/rotate.test
TESTS += $(GATE_TESTS)
EXTRA_DIST += $(GATE_TESTS) tests/gate/keycheck.sh tests/gate/kit/decide.php \
	tests/gate/kit/shop.php tests/gate/kit/verdict.php \
	tests/sample/groupware
