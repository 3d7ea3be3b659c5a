TESTS += tests/browser/story.test tests/browser/sample.test
EXTRA_DIST += tests/sample/catalog.png tests/browser/story.test tests/browser/story.mjs \
	tests/browser/sample.test tests/browser/sample.mjs \
	tests/browser/browser.mjs tests/browser/demo.sh tests/package.json \
	tests/package-lock.json tests/.npmrc tests/check.sh
