TESTS += tests/fault/kill.test tests/fault/database.test tests/fault/input.test
EXTRA_DIST += tests/fault/kill.test tests/fault/database.test \
	tests/fault/input.test tests/fault/fault.sh tests/fault/oracle.sql \
	tests/fault/long.sh

# The hosting side's faults in their long form.
fault: all $(check_PROGRAMS)
	top_srcdir='$(abs_top_srcdir)' top_builddir='$(abs_top_builddir)' \
	    $(SHELL) $(srcdir)/tests/fault/long.sh
.PHONY: fault
