TESTS += tests/browser/story.test
EXTRA_DIST += tests/sample/catalog.png tests/browser/story.test tests/browser/story.mjs \
	tests/browser/browser.mjs tests/browser/demo.sh tests/package.json \
	tests/package-lock.json tests/.npmrc tests/check.sh
