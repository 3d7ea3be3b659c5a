STORY_TESTS = tests/story/figures.test tests/story/catalog.test \
	tests/story/apache.test tests/story/demo.test tests/story/notice.test \
	tests/story/bootstrap.test tests/story/life.test
TESTS += $(STORY_TESTS)
EXTRA_DIST += $(STORY_TESTS) tests/story/shop.sh tests/story/bare.sh

# A whole Debian in a folder: too long for every check.
bare:
	$(SHELL) $(srcdir)/tests/story/bare.sh $(srcdir)
.PHONY: bare
