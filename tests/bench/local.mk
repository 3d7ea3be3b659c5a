EXTRA_DIST += tests/bench/bench.sh tests/bench/peer/catalog.php
bench: all
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	    $(SHELL) $(srcdir)/tests/bench/bench.sh
.PHONY: bench
