noinst_LIBRARIES += libdepot.a
libdepot_a_SOURCES = fcgi/depot/chain.c fcgi/depot/chain.h \
	fcgi/depot/deb.c fcgi/depot/deb.h \
	fcgi/depot/grammar.h fcgi/depot/index.c fcgi/depot/index.h \
	fcgi/depot/manifest.c fcgi/depot/manifest.h \
	fcgi/depot/manifest_check.c fcgi/depot/manifest_files.c \
	fcgi/depot/manifest_part.h \
	fcgi/depot/manifest_setting.c fcgi/depot/manifest_setting.h \
	fcgi/depot/manifest_valid.c \
	fcgi/depot/order.c fcgi/depot/order.h \
	fcgi/depot/path.c fcgi/depot/path.h fcgi/depot/sign.c \
	fcgi/depot/sign.h fcgi/depot/tarball.c fcgi/depot/tarball.h \
	fcgi/depot/ticket.c fcgi/depot/ticket.h
nodist_libdepot_a_SOURCES = fcgi/depot/grammar.c

# What reads packages, jobs and indexes links these.
DEPOT = libdepot.a libbase.a $(CRYPTO_LIBS) $(ARGON2_LIBS) $(CRYPT_LIBS) \
	$(UTF8PROC_LIBS) $(JANSSON_LIBS) $(XML_LIBS) $(ARCHIVE_LIBS)

GRAMMARS = schema/package/manifest.rng schema/package/index.rng \
	schema/package/job.rng schema/package/keys.rng
fcgi/depot/grammar.c: $(GRAMMARS) fcgi/depot/local.mk
	$(AM_V_GEN)$(MKDIR_P) fcgi/depot && { \
	echo '/* grammar: made of schema/package by fcgi/depot/local.mk. */'; \
	echo '#include "depot/grammar.h"'; \
	for name in manifest index job keys; do \
		echo "const char grammar_$$name[] ="; \
		sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^[	 ]*//' \
		    -e 's/^/"/' -e 's/$$/\\n"/' \
		    $(srcdir)/schema/package/$$name.rng; \
		echo ';'; \
	done; } > $@.new && mv $@.new $@
CLEANFILES += fcgi/depot/grammar.c

depot_PROGRAMS += fcgi/depot/depot
fcgi_depot_depot_SOURCES = fcgi/depot/depot.c
fcgi_depot_depot_LDADD = libdepot.a $(GATE)

# HTTP, for the agent, the worker and the tools.
libdepot_a_SOURCES += fcgi/depot/fetch.c fcgi/depot/fetch.h
DEPOT += $(CURL_LIBS)
