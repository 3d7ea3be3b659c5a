# libscreen.a holds main() of the screens, libgate.a that of the gates; a
# program says `x_LDADD = $(SCREEN)` or `x_LDADD = $(GATE)`.
SCREEN = libscreen.a $(WEB)
GATE = libgate.a libweb.a $(SHOP) $(FCGI_LIBS) $(XML_LIBS)

noinst_LIBRARIES += libweb.a libscreen.a libgate.a
libscreen_a_SOURCES = fcgi/web/serve.c fcgi/web/screen.h
libgate_a_SOURCES = fcgi/web/gate_serve.c fcgi/web/gate.h
libweb_a_SOURCES = fcgi/web/answer.c fcgi/web/answer.h \
	fcgi/web/carry.c fcgi/web/carry.h fcgi/web/cookie.c fcgi/web/cookie.h \
	fcgi/web/fcgi.c fcgi/web/fcgi.h fcgi/web/field.c fcgi/web/field.h \
	fcgi/web/form.c fcgi/web/form.h fcgi/web/form_part.h \
	fcgi/web/form_show.c fcgi/web/guard.c fcgi/web/guard.h \
	fcgi/web/head.c fcgi/web/head.h fcgi/web/heap.c fcgi/web/heap.h \
	fcgi/web/input.c fcgi/web/input.h \
	fcgi/web/inspect.c fcgi/web/inspect.h \
	fcgi/web/markup.c fcgi/web/markup.h fcgi/web/page.c fcgi/web/page.h \
	fcgi/web/query.c fcgi/web/query.h fcgi/web/reply.c fcgi/web/reply.h \
	fcgi/web/skin.c fcgi/web/skin.h \
	fcgi/web/skin_file.c fcgi/web/skin_file.h \
	fcgi/web/skin_words.c fcgi/web/skin_words.h \
	fcgi/web/valid.c fcgi/web/valid.h fcgi/web/visit.c fcgi/web/visit.h \
	fcgi/web/who.c fcgi/web/who.h
