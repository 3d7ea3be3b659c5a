# libkagiya-license: static and shared from the same sources. The shared one is
# plain ELF with a name of its own, which needs no libtool.
include_HEADERS = fcgi/client/c/kagiya-license.h
dist_man_MANS += fcgi/client/c/kagiya-license.3
KIT = fcgi/client/c/answer.c fcgi/client/c/ini.c fcgi/client/c/json.c \
	fcgi/client/c/license.c fcgi/client/c/state.c fcgi/client/c/store.c \
	fcgi/client/c/wire.c fcgi/client/c/kit.h fcgi/client/c/state.h
KIT_CFLAGS = $(STRICT) $(HARDEN) -fPIC -fvisibility=hidden -pthread

lib_LIBRARIES = libkagiya-license.a
libkagiya_license_a_SOURCES = $(KIT)
libkagiya_license_a_CFLAGS = $(KIT_CFLAGS)

kitlibdir = $(libdir)
kitlib_PROGRAMS = libkagiya-license.so.0
libkagiya_license_so_0_SOURCES = $(KIT)
libkagiya_license_so_0_CFLAGS = $(KIT_CFLAGS)
libkagiya_license_so_0_LDFLAGS = -shared -pthread \
	-Wl,-soname,libkagiya-license.so.0 -Wl,-z,relro,-z,now,-z,defs \
	$(HARDEN)
libkagiya_license_so_0_LDADD = $(CURL_LIBS) $(CRYPTO_LIBS)

install-exec-hook: install-kit-link
uninstall-hook: uninstall-kit-link
.PHONY: install-kit-link uninstall-kit-link
# What a program is linked by.
install-kit-link:
	cd '$(DESTDIR)$(libdir)' && \
	    ln -sf libkagiya-license.so.0 libkagiya-license.so
uninstall-kit-link:
	rm -f '$(DESTDIR)$(libdir)/libkagiya-license.so'

pkgconfigdir = $(libdir)/pkgconfig
nodist_pkgconfig_DATA = fcgi/client/c/kagiya-license.pc
CLEANFILES += $(nodist_pkgconfig_DATA)
fcgi/client/c/kagiya-license.pc: fcgi/client/c/kagiya-license.pc.in Makefile
	$(AM_V_GEN)$(MKDIR_P) fcgi/client/c && sed \
	    -e 's|@prefix[@]|$(prefix)|' -e 's|@libdir[@]|$(libdir)|' \
	    -e 's|@includedir[@]|$(includedir)|' \
	    -e 's|@version[@]|$(PACKAGE_VERSION)|' \
	    $(srcdir)/fcgi/client/c/kagiya-license.pc.in >$@

EXTRA_DIST += fcgi/client/c/README fcgi/client/c/example.c \
	fcgi/client/c/kagiya-license.pc.in
