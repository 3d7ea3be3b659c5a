check_PROGRAMS += tests/agent/manager tests/agent/ticket \
	tests/agent/poller \
	tests/agent/unit tests/agent/hostile tests/agent/race
check_PROGRAMS += tests/agent/database tests/agent/tracer tests/agent/hook \
	tests/agent/rights tests/agent/forged tests/agent/peak \
	tests/agent/without
tests_agent_without_SOURCES = tests/agent/without.c
tests_agent_without_LDADD = $(AGENT)
tests_agent_peak_SOURCES = tests/agent/peak.c
tests_agent_forged_SOURCES = tests/agent/forged.c tests/agent/broker.h \
	tests/agent/tap.h
tests_agent_forged_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_forged_LDADD = $(AGENT)
tests_agent_rights_SOURCES = tests/agent/rights.c tests/agent/tap.h
tests_agent_rights_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_rights_LDADD = $(AGENT)
tests_agent_hook_SOURCES = tests/agent/hook.c tests/agent/broker.h
tests_agent_hook_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_hook_LDADD = $(AGENT)
tests_agent_tracer_SOURCES = tests/agent/tracer.c
tests_agent_tracer_LDADD = $(DEPOT)
tests_agent_database_SOURCES = tests/agent/database.c tests/agent/broker.h
tests_agent_database_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_database_LDADD = $(AGENT)
tests_agent_manager_SOURCES = tests/agent/manager.c
tests_agent_manager_LDADD = $(AGENT)
tests_agent_ticket_SOURCES = tests/agent/ticket.c
tests_agent_ticket_LDADD = $(DEPOT)
tests_agent_poller_SOURCES = tests/agent/poller.c
tests_agent_poller_LDADD = $(DEPOT)
tests_agent_unit_SOURCES = tests/agent/unit.c tests/agent/tap.h
tests_agent_unit_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_unit_LDADD = $(AGENT)
tests_agent_hostile_SOURCES = tests/agent/hostile.c tests/agent/broker.h \
	tests/agent/tap.h
tests_agent_hostile_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_hostile_LDADD = $(AGENT)
tests_agent_race_SOURCES = tests/agent/race.c tests/agent/tap.h
tests_agent_race_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/agent
tests_agent_race_LDADD = $(AGENT)
check_PROGRAMS += tests/agent/crowd
tests_agent_crowd_SOURCES = tests/agent/crowd.c
tests_agent_crowd_LDADD = $(DEPOT)

AGENT_TESTS = tests/agent/install.test tests/agent/attack.test \
	tests/agent/kill.test tests/agent/errno.test \
	tests/agent/depot.test tests/agent/pack.test \
	tests/agent/upgrade.test tests/agent/rollback.test \
	tests/agent/backup.test tests/agent/move.test \
	tests/agent/live.test tests/agent/dump.test tests/agent/held.test \
	tests/agent/gate.test tests/agent/states.test tests/agent/catalog.test \
	tests/agent/database.test tests/agent/keys.test \
	tests/agent/hook.test tests/agent/rights.test tests/agent/service.test \
	tests/agent/crowd.test tests/agent/arrangement.test
TESTS += tests/agent/unit tests/agent/hostile tests/agent/race \
	tests/agent/rights tests/agent/forged $(AGENT_TESTS)
EXTRA_DIST += tests/agent/lab.sh tests/agent/speed.sh $(AGENT_TESTS) tests/sample/package
