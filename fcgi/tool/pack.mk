bin_PROGRAMS += fcgi/tool/kagiya-pack
fcgi_tool_kagiya_pack_SOURCES = fcgi/tool/pack.c fcgi/tool/pack.h \
	fcgi/tool/pack_build.c fcgi/tool/pack_check.c fcgi/tool/pack_deb.c \
	fcgi/tool/pack_index.c fcgi/tool/pack_rotate.c \
	fcgi/tool/pack_tree.c
fcgi_tool_kagiya_pack_LDADD = $(DEPOT)

# Recipes for packages out of Debian's.
EXTRA_DIST += conf/catalog/build.sh conf/catalog/adminer \
	conf/catalog/dokuwiki conf/catalog/mediawiki \
	conf/catalog/wordpress

dist_man_MANS += fcgi/tool/kagiya-pack.1
