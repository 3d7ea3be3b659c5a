TESTS += tests/story/figures.test tests/story/catalog.test \
	tests/story/apache.test tests/story/demo.test tests/story/notice.test
EXTRA_DIST += tests/story/figures.test tests/story/catalog.test \
	tests/story/apache.test tests/story/demo.test tests/story/notice.test \
	tests/story/shop.sh
