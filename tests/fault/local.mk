TESTS += tests/fault/kill.test tests/fault/database.test tests/fault/input.test
EXTRA_DIST += tests/fault/kill.test tests/fault/database.test \
	tests/fault/input.test tests/fault/fault.sh tests/fault/oracle.sql
