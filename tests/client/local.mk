TESTS += tests/client/conformance.test tests/client/gate.test
EXTRA_DIST += tests/client/gate.test tests/client/gate.php \
	tests/client/conformance.test tests/client/conformance.mjs \
	tests/client/answer.mjs tests/client/fault.mjs tests/client/kit.mjs \
	tests/client/hard.mjs tests/client/rule.mjs \
	tests/client/shop.mjs tests/client/table.mjs \
	tests/client/vectors.mjs tests/client/decision.txt tests/tap.mjs \
	tests/client/vectors.json tests/client/vectors.sh \
	tests/client/driver/php tests/client/driver/shell
