# The drivers of the kits in C, Python and JavaScript, and what is tested of
# each by itself.
check_PROGRAMS += tests/client/driver/c
tests_client_driver_c_SOURCES = tests/client/driver/c.c
tests_client_driver_c_CPPFLAGS = -I$(top_srcdir)/fcgi/client/c
tests_client_driver_c_LDADD = libkagiya-license.a $(CURL_LIBS) $(CRYPTO_LIBS)
EXTRA_DIST += tests/client/driver/javascript \
	tests/client/driver/javascript.mjs tests/client/driver/python

check_PROGRAMS += tests/client/ini
tests_client_ini_SOURCES = tests/client/ini.c
tests_client_ini_LDADD = libagent.a $(DEPOT)
