dist_bin_SCRIPTS = fcgi/client/shell/kagiya-license
dist_man_MANS += fcgi/client/shell/kagiya-license.1
EXTRA_DIST += fcgi/client/shell/README
