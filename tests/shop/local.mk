shop_tests = tests/shop/check.test tests/shop/crowd.test tests/shop/daily.test \
	tests/shop/kill.test tests/shop/life.test tests/shop/notify.test \
	tests/shop/rebind.test tests/shop/rights.test tests/shop/rules.test \
	tests/shop/walk.test tests/shop/wish.test
TESTS += $(shop_tests)
EXTRA_DIST += $(shop_tests)
check_PROGRAMS += tests/shop/test_check tests/shop/test_crowd tests/shop/test_daily \
	tests/shop/test_kill tests/shop/test_life tests/shop/test_notify \
	tests/shop/test_rebind tests/shop/test_rights tests/shop/test_rules tests/shop/test_walk \
	tests/shop/test_wish

WORLD = tests/shop/world.c tests/shop/world.h
CROWD = tests/shop/crowd.c tests/shop/crowd.h
WORLD_LIBS = $(SHOP) $(CMOCKA_LIBS)
tests_shop_test_check_SOURCES = tests/shop/test_check.c $(WORLD)
tests_shop_test_check_LDADD = $(WORLD_LIBS)
tests_shop_test_crowd_SOURCES = tests/shop/test_crowd.c $(CROWD) $(WORLD)
tests_shop_test_crowd_LDADD = $(WORLD_LIBS)
tests_shop_test_daily_SOURCES = tests/shop/test_daily.c $(WORLD)
tests_shop_test_daily_LDADD = $(WORLD_LIBS)
tests_shop_test_kill_SOURCES = tests/shop/test_kill.c $(CROWD) $(WORLD)
tests_shop_test_kill_LDADD = $(WORLD_LIBS)
tests_shop_test_life_SOURCES = tests/shop/test_life.c $(WORLD)
tests_shop_test_life_LDADD = $(WORLD_LIBS)
tests_shop_test_notify_SOURCES = tests/shop/test_notify.c $(WORLD)
tests_shop_test_notify_LDADD = $(WORLD_LIBS)
tests_shop_test_rebind_SOURCES = tests/shop/test_rebind.c $(CROWD) $(WORLD)
tests_shop_test_rebind_LDADD = $(WORLD_LIBS)
tests_shop_test_rights_SOURCES = tests/shop/test_rights.c $(WORLD)
tests_shop_test_rights_LDADD = $(WORLD_LIBS)
tests_shop_test_rules_SOURCES = tests/shop/test_rules.c $(WORLD)
tests_shop_test_rules_LDADD = $(WORLD_LIBS)
tests_shop_test_walk_SOURCES = tests/shop/test_walk.c $(WORLD)
tests_shop_test_walk_LDADD = $(WORLD_LIBS)
tests_shop_test_wish_SOURCES = tests/shop/test_wish.c $(WORLD)
tests_shop_test_wish_LDADD = $(WORLD_LIBS)
