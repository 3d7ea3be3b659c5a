TESTS += tests/fault/kill.test tests/fault/database.test
EXTRA_DIST += tests/fault/kill.test tests/fault/database.test \
	tests/fault/fault.sh tests/fault/oracle.sql
