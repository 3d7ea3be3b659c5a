SCREEN_TESTS = tests/screen/account.test tests/screen/catalog.test \
	tests/screen/install.test tests/screen/invoice.test \
	tests/screen/job.test tests/screen/kill.test \
	tests/screen/license.test tests/screen/license_change.test \
	tests/screen/login.test tests/screen/logout.test \
	tests/screen/matrix.test tests/screen/notice.test \
	tests/screen/purchase.test tests/screen/schema.test \
	tests/screen/software.test tests/screen/uninstall.test
TESTS += $(SCREEN_TESTS)
EXTRA_DIST += $(SCREEN_TESTS) tests/screen/world.sh

check_PROGRAMS += tests/screen/stage
tests_screen_stage_SOURCES = tests/screen/stage.c
tests_screen_stage_LDADD = $(SHOP)
