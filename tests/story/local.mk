TESTS += tests/story/figures.test
EXTRA_DIST += tests/story/figures.test tests/story/shop.sh
