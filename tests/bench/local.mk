EXTRA_DIST += tests/bench/bench.sh tests/bench/keycheck.sh \
	tests/bench/lib.sh tests/bench/post.lua \
	tests/bench/peer/catalog.php tests/bench/peer/keycheck.php \
	tests/bench/peer/keycheck.js tests/bench/peer/package.json \
	tests/bench/peer/package-lock.json

BENCH_TOOLS = tests/bench/check_rows tests/bench/hello
EXTRA_PROGRAMS += $(BENCH_TOOLS)
CLEANFILES += $(BENCH_TOOLS)
tests_bench_check_rows_SOURCES = tests/bench/check_rows.c
tests_bench_check_rows_LDADD = $(SHOP)
tests_bench_hello_SOURCES = tests/bench/peer/hello.c
tests_bench_hello_LDADD = $(FCGI_LIBS)

BENCH = top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	$(SHELL) $(srcdir)/tests/bench
bench: all $(BENCH_TOOLS)
	$(BENCH)/bench.sh
	$(BENCH)/keycheck.sh
.PHONY: bench
