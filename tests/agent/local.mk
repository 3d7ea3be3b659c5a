check_PROGRAMS += tests/agent/manager
tests_agent_manager_SOURCES = tests/agent/manager.c
tests_agent_manager_LDADD = libagent.a $(DEPOT)

TESTS += tests/agent/install.test tests/agent/catalog.test
EXTRA_DIST += tests/agent/lab.sh tests/agent/install.test \
	tests/agent/catalog.test \
	tests/sample/package
