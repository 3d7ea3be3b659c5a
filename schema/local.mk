# Whatever file is added to these folders is installed and distributed.
pageschemadir = $(pkgdatadir)/schema/page
dist_pageschema_DATA = $(wildcard $(srcdir)/schema/page/*.rng)
packageschemadir = $(pkgdatadir)/schema/package
dist_packageschema_DATA = $(wildcard $(srcdir)/schema/package/*.rng)
sqlschemadir = $(pkgdatadir)/schema/sql
dist_sqlschema_DATA = $(wildcard $(srcdir)/schema/sql/*.sql)
