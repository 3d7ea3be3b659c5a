screen_PROGRAMS += fcgi/screen/account fcgi/screen/catalog \
	fcgi/screen/login fcgi/screen/logout

noinst_LIBRARIES += libpart.a
libpart_a_SOURCES = fcgi/screen/part.c fcgi/screen/part.h

fcgi_screen_account_LDADD = libpart.a $(SCREEN)
fcgi_screen_catalog_LDADD = libpart.a $(SCREEN)
fcgi_screen_login_LDADD = libpart.a $(SCREEN)
fcgi_screen_logout_LDADD = libpart.a $(SCREEN)
