# Screens and a gate that only tests have, the client that speaks to them, and
# the tests of fcgi/web.
web_probes = tests/web/probe tests/web/porch tests/web/cellar \
	tests/web/office
web_tests = tests/web/lab.test tests/web/form.test \
	tests/web/frame.test tests/web/guard.test tests/web/input.test \
	tests/web/gate.test tests/web/life.test tests/web/skin.test \
	tests/web/lost.test
web_units = tests/web/test_field tests/web/test_heap \
	tests/web/test_markup \
	tests/web/test_query tests/web/test_carry
check_PROGRAMS += tests/request tests/web/echo $(web_probes) $(web_units)
TESTS += $(web_units) $(web_tests)

tests_request_SOURCES = tests/request.c
tests_web_probe_LDADD = $(SCREEN)
tests_web_porch_LDADD = $(SCREEN)
tests_web_cellar_LDADD = $(SCREEN)
tests_web_office_LDADD = $(SCREEN)
tests_web_echo_LDADD = $(GATE)
tests_web_test_field_LDADD = $(WEB) $(CMOCKA_LIBS)
tests_web_test_heap_LDADD = $(WEB) $(CMOCKA_LIBS)
tests_web_test_markup_LDADD = $(WEB) $(CMOCKA_LIBS)
tests_web_test_query_LDADD = $(WEB) $(CMOCKA_LIBS)
tests_web_test_carry_LDADD = libweb.a $(BASE) $(FCGI_LIBS) $(XSLT_LIBS) $(XML_LIBS) \
	$(CMOCKA_LIBS)

EXTRA_DIST += tests/lab.sh tests/tap.sh $(web_tests) tests/web/probe.rng \
	tests/web/porch.rng tests/web/cellar.rng tests/web/office.rng
