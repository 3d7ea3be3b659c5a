CLIENT_TESTS = tests/client/conformance.test tests/client/gate.test \
	tests/client/shell.test tests/client/vectors.test
TESTS += $(CLIENT_TESTS)
EXTRA_DIST += $(CLIENT_TESTS) tests/tap.mjs tests/client/answer.mjs \
	tests/client/conformance.mjs tests/client/decision.txt \
	tests/client/driver/php tests/client/driver/shell \
	tests/client/fault.mjs tests/client/gate.php tests/client/hard.mjs \
	tests/client/kit.mjs tests/client/rule.mjs tests/client/shop.mjs \
	tests/client/table.mjs tests/client/vectors.json \
	tests/client/vectors.mjs tests/client/vectors.sh
