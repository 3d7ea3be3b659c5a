TESTS += tests/style/banned.test tests/style/headers.test \
	tests/style/layers.test tests/style/messages.test \
	tests/style/names.test tests/style/samples.test \
	tests/style/settings.test tests/style/sizes.test
EXTRA_DIST += tests/style/banned.test tests/style/headers.test \
	tests/style/layers.test tests/style/messages.test \
	tests/style/names.test tests/style/samples.test \
	tests/style/settings.test tests/style/sizes.test \
	tests/style/part.awk tests/style/tap.sh
