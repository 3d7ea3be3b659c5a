# Settings, web servers, systemd, the demo.
EXTRA_DIST += conf/packages conf/kagiya.conf.in \
	conf/nginx/shop.conf.in conf/nginx/depot.conf.in \
	conf/nginx/area.conf.in conf/apache/shop.conf.in \
	conf/apache/area.conf.in conf/php-fpm/area.conf.in \
	conf/demo/demo.sh conf/demo/serve.sh \
	conf/systemd/kagiya-screen@.socket conf/systemd/kagiya-screen@.service \
	conf/systemd/kagiya-gate@.socket conf/systemd/kagiya-gate@.service \
	conf/systemd/kagiya-worker.service conf/systemd/kagiya-agent.service \
	conf/systemd/kagiya-agent.sysusers conf/systemd/kagiya-agent.tmpfiles \
	conf/systemd/kagiya-gate@parcel.service.d/folder.conf \
	conf/systemd/kagiya-screen@catalog.service.d/workers.conf .ci/run

exampledir = $(datadir)/kagiya/example
dist_example_DATA = conf/mariadb.cnf conf/mariadb-area.cnf
nodist_example_DATA = conf/kagiya.conf conf/nginx-shop.conf \
	conf/nginx-depot.conf conf/nginx-area.conf conf/apache-shop.conf \
	conf/apache-area.conf conf/php-fpm-area.conf
systemddir = $(datadir)/kagiya/systemd
dist_systemd_DATA = conf/systemd/kagiya-screen@.socket \
	conf/systemd/kagiya-screen@.service conf/systemd/kagiya-gate@.socket \
	conf/systemd/kagiya-gate@.service conf/systemd/kagiya-worker.service \
	conf/systemd/kagiya-agent.service \
	conf/systemd/kagiya-agent.sysusers conf/systemd/kagiya-agent.tmpfiles
parcelddir = $(systemddir)/kagiya-gate@parcel.service.d
dist_parceld_DATA = conf/systemd/kagiya-gate@parcel.service.d/folder.conf
catalogddir = $(systemddir)/kagiya-screen@catalog.service.d
dist_catalogd_DATA = conf/systemd/kagiya-screen@catalog.service.d/workers.conf
CLEANFILES += $(nodist_example_DATA)

FILL = sed -e 's|@sysconfdir[@]|$(sysconfdir)|g' -e 's|@datadir[@]|$(datadir)|g' \
	-e 's|@localstatedir[@]|$(localstatedir)|g' \
	-e 's|@run[@]|/run/kagiya|g' -e 's|@share[@]|$(datadir)/kagiya|g' \
	-e 's|@media[@]|$(localstatedir)/lib/kagiya/media|g' \
	-e 's|@parcel[@]|$(localstatedir)/lib/kagiya/parcel|g' \
	-e 's|@areas[@]|/srv/area|g' -e 's|@depot[@]|/srv/depot|g' \
	-e 's|@php[@]|/run/php|g' -e 's|@web[@]|www-data|g' \
	-e 's|@tmp[@]|/var/lib/php/area|g' \
	-e 's|@socket[@]|/run/kagiya/depot.sock|g' \
	-e 's|@nginx_conf[@]|/etc/nginx|g'

conf/kagiya.conf: conf/kagiya.conf.in conf/local.mk
	$(AM_V_GEN)$(MKDIR_P) conf && $(FILL) $(srcdir)/conf/kagiya.conf.in >$@
conf/nginx-%.conf: conf/nginx/%.conf.in conf/local.mk
	$(AM_V_GEN)$(MKDIR_P) conf && $(FILL) $< >$@
# One for each area: its name and owner are for who makes it.
conf/php-fpm-area.conf: conf/php-fpm/area.conf.in conf/local.mk
	$(AM_V_GEN)$(MKDIR_P) conf && $(FILL) $(srcdir)/conf/php-fpm/area.conf.in >$@
conf/apache-%.conf: conf/apache/%.conf.in conf/local.mk
	$(AM_V_GEN)$(MKDIR_P) conf && $(FILL) $< >$@
