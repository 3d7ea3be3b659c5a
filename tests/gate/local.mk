GATE_TESTS = tests/gate/groupware.test tests/gate/keycheck.test \
	tests/gate/keys.test tests/gate/limits.test tests/gate/parcel.test \
	tests/gate/php-kit.test tests/gate/replica.test tests/gate/rotate.test \
	tests/gate/strangers.test
TESTS += $(GATE_TESTS) tests/gate/test_limit
check_PROGRAMS += tests/gate/flips tests/gate/test_limit
EXTRA_DIST += $(GATE_TESTS) tests/gate/keycheck.sh \
	tests/gate/replica.sh tests/gate/kit/decide.php \
	tests/gate/kit/gate.php tests/gate/kit/limits.php \
	tests/gate/kit/replica.php \
	tests/gate/kit/shop.php tests/gate/kit/strangers.mjs \
	tests/gate/kit/strangers.php tests/gate/kit/verdict.php \
	tests/sample/groupware

tests_gate_test_limit_SOURCES = tests/gate/test_limit.c \
	fcgi/gate/limit.c fcgi/gate/limit.h $(LAB)
tests_gate_test_limit_LDADD = $(LAB_LIBS)
tests_gate_flips_SOURCES = tests/gate/flips.c
tests_gate_flips_LDADD = $(BASE)
