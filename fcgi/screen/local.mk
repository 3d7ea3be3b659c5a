screen_PROGRAMS += fcgi/screen/account fcgi/screen/catalog \
	fcgi/screen/install fcgi/screen/invoice fcgi/screen/job \
	fcgi/screen/license fcgi/screen/login fcgi/screen/logout \
	fcgi/screen/notice fcgi/screen/purchase fcgi/screen/software \
	fcgi/screen/uninstall

noinst_LIBRARIES += libpart.a
libpart_a_SOURCES = fcgi/screen/ask.c fcgi/screen/ask.h \
	fcgi/screen/course.c fcgi/screen/course.h \
	fcgi/screen/part.c fcgi/screen/part.h \
	fcgi/screen/place.c fcgi/screen/place.h

PART = libpart.a $(SCREEN)
fcgi_screen_account_LDADD = $(PART)
fcgi_screen_catalog_LDADD = $(PART)
fcgi_screen_install_LDADD = $(PART)
fcgi_screen_invoice_LDADD = $(PART)
fcgi_screen_job_LDADD = $(PART)
fcgi_screen_license_SOURCES = fcgi/screen/license.c \
	fcgi/screen/license_change.c fcgi/screen/license_change.h
fcgi_screen_license_LDADD = $(PART)
fcgi_screen_login_LDADD = $(PART)
fcgi_screen_logout_LDADD = $(PART)
fcgi_screen_notice_LDADD = $(PART)
fcgi_screen_purchase_LDADD = $(PART)
fcgi_screen_software_LDADD = $(PART)
fcgi_screen_uninstall_LDADD = $(PART)
