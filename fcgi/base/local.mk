noinst_LIBRARIES += libbase.a
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) \
	-DKAGIYA_ETC='"$(sysconfdir)/kagiya"' \
	-DKAGIYA_SHARE='"$(datadir)/kagiya"' \
	-DKAGIYA_STATE='"$(localstatedir)/lib/kagiya"'
libbase_a_SOURCES = fcgi/base/arena.c fcgi/base/arena.h \
	fcgi/base/clock.c fcgi/base/clock.h fcgi/base/code.c \
	fcgi/base/file.c fcgi/base/file.h \
	fcgi/base/jws.c fcgi/base/jws.h fcgi/base/log.c fcgi/base/log.h \
	fcgi/base/must.c fcgi/base/must.h fcgi/base/sanitizer.h \
	fcgi/base/network.c fcgi/base/network.h \
	fcgi/base/seal.c \
	fcgi/base/secret.c fcgi/base/secret.h fcgi/base/sign.c \
	fcgi/base/setting.c fcgi/base/setting.h \
	fcgi/base/text.c fcgi/base/text.h
include fcgi/base/xml.mk
