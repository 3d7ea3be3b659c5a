noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = fcgi/base/arena.c fcgi/base/arena.h \
	fcgi/base/clock.c fcgi/base/clock.h fcgi/base/file.c fcgi/base/file.h \
	fcgi/base/jws.c fcgi/base/jws.h fcgi/base/log.c fcgi/base/log.h \
	fcgi/base/must.c fcgi/base/must.h \
	fcgi/base/secret.c fcgi/base/secret.h \
	fcgi/base/setting.c fcgi/base/setting.h \
	fcgi/base/text.c fcgi/base/text.h
