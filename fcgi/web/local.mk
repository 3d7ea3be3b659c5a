# libscreen.a holds main() of the screens, libgate.a that of the gates; a
# program says `x_LDADD = $(SCREEN)` or `x_LDADD = $(GATE)`.
SCREEN = libscreen.a $(WEB)
GATE = libgate.a libweb.a $(SHOP) $(FCGI_LIBS) $(XML_LIBS)

noinst_LIBRARIES += libweb.a libscreen.a libgate.a
libscreen_a_SOURCES = fcgi/web/serve.c fcgi/web/screen.h
libgate_a_SOURCES = fcgi/web/gate_serve.c fcgi/web/gate.h
libweb_a_SOURCES = fcgi/web/page.c fcgi/web/page.h
