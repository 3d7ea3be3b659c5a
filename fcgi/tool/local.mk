bin_PROGRAMS += fcgi/tool/kagiya
fcgi_tool_kagiya_SOURCES = fcgi/tool/kagiya.c fcgi/tool/tool.c \
	fcgi/tool/tool.h fcgi/tool/account.c fcgi/tool/area.c \
	fcgi/tool/daily.c fcgi/tool/depot.c fcgi/tool/keys.c \
	fcgi/tool/license.c \
	fcgi/tool/payment.c fcgi/tool/schema.c fcgi/tool/server.c \
	fcgi/tool/software.c
fcgi_tool_kagiya_LDADD = libreading.a $(SHOP) $(DEPOT)

dist_man_MANS += fcgi/tool/kagiya.8

include fcgi/tool/pack.mk
