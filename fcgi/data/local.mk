noinst_LIBRARIES += libdata.a
libdata_a_SOURCES = \
	fcgi/data/account.c fcgi/data/account.h \
	fcgi/data/area.c fcgi/data/area.h \
	fcgi/data/audit.c fcgi/data/audit.h \
	fcgi/data/catalog.c fcgi/data/catalog.h \
	fcgi/data/catalog_kept.c fcgi/data/catalog_kept.h \
	fcgi/data/counter.c fcgi/data/counter.h \
	fcgi/data/db.c fcgi/data/db.h fcgi/data/db_inside.h \
	fcgi/data/db_admin.c fcgi/data/db_admin.h \
	fcgi/data/db_bind.c fcgi/data/db_column.h fcgi/data/db_connect.c \
	fcgi/data/depot.c fcgi/data/depot.h \
	fcgi/data/guess.c fcgi/data/guess.h \
	fcgi/data/price.c fcgi/data/price.h \
	fcgi/data/request.c fcgi/data/request.h \
	fcgi/data/schema.c fcgi/data/schema.h fcgi/data/schema_grant.c \
	fcgi/data/schema_file.c fcgi/data/schema_file.h \
	fcgi/data/server.c fcgi/data/server.h \
	fcgi/data/session.c fcgi/data/session.h \
	fcgi/data/software.c fcgi/data/software.h \
	fcgi/data/version.c fcgi/data/version.h \
	fcgi/data/work.c fcgi/data/work.h
include fcgi/data/license.mk
