# The drivers of the kits in C, Python and JavaScript, and what is tested of
# each by itself.
check_PROGRAMS += tests/client/driver/c
tests_client_driver_c_SOURCES = tests/client/driver/c.c
tests_client_driver_c_CPPFLAGS = -I$(top_srcdir)/fcgi/client/c
tests_client_driver_c_LDADD = libkagiya-license.a $(CURL_LIBS) $(CRYPTO_LIBS)
TESTS += tests/client/agree.test
EXTRA_DIST += tests/client/driver/javascript \
	tests/client/driver/javascript.mjs tests/client/driver/python \
	tests/client/agree.test tests/client/agree.mjs tests/client/lab.sh \
	tests/client/mutant.mjs

check_PROGRAMS += tests/client/ini
tests_client_ini_SOURCES = tests/client/ini.c
tests_client_ini_LDADD = libagent.a $(DEPOT)
