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

check_PROGRAMS += tests/client/threads
tests_client_threads_SOURCES = tests/client/threads.c
tests_client_threads_CPPFLAGS = -I$(top_srcdir)/fcgi/client/c
tests_client_threads_CFLAGS = $(AM_CFLAGS) -pthread
tests_client_threads_LDADD = libkagiya-license.a $(CURL_LIBS) $(CRYPTO_LIBS)
KIT_TESTS = tests/client/kit-c.test tests/client/kit-javascript.test \
	tests/client/kit-python.test
TESTS += $(KIT_TESTS)
EXTRA_DIST += $(KIT_TESTS) tests/client/kit_c.mjs \
	tests/client/kit_javascript.mjs tests/client/kit_python.mjs \
	tests/client/example.mjs tests/client/try.py
