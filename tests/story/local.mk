TESTS += tests/story/figures.test tests/story/catalog.test \
	tests/story/apache.test
EXTRA_DIST += tests/story/figures.test tests/story/catalog.test \
	tests/story/apache.test tests/story/shop.sh
