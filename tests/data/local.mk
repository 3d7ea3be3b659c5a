data_tests = tests/data/catalog.test tests/data/db.test tests/data/enter.test \
	tests/data/grant.test tests/data/hosts.test \
	tests/data/publish.test \
	tests/data/registered.test tests/data/schema.test tests/data/statements.test \
	tests/data/tables.test
TESTS += $(data_tests)
EXTRA_DIST += $(data_tests) tests/data/mariadb.sh tests/data/run.sh
check_PROGRAMS += tests/data/make_schema tests/data/test_catalog \
	tests/data/test_db \
	tests/data/test_enter tests/data/test_grant tests/data/test_hosts \
	tests/data/test_publish \
	tests/data/test_schema tests/data/test_statements \
	tests/data/test_tables

DATA_LAB = tests/data/data_lab.c tests/data/data_lab.h $(LAB)
DATA_LAB_LIBS = $(SHOP) $(CMOCKA_LIBS)
tests_data_make_schema_SOURCES = tests/data/make_schema.c
tests_data_make_schema_LDADD = $(TABLES)
tests_data_test_catalog_SOURCES = tests/data/test_catalog.c $(DATA_LAB)
tests_data_test_catalog_LDADD = $(DATA_LAB_LIBS)
tests_data_test_db_SOURCES = tests/data/test_db.c $(DATA_LAB)
tests_data_test_db_LDADD = $(DATA_LAB_LIBS)
tests_data_test_enter_SOURCES = tests/data/test_enter.c $(DATA_LAB)
tests_data_test_enter_LDADD = $(DATA_LAB_LIBS)
tests_data_test_grant_SOURCES = tests/data/test_grant.c $(DATA_LAB)
tests_data_test_grant_LDADD = $(DATA_LAB_LIBS)
tests_data_test_hosts_SOURCES = tests/data/test_hosts.c $(DATA_LAB)
tests_data_test_hosts_LDADD = $(DATA_LAB_LIBS)
tests_data_test_publish_SOURCES = tests/data/test_publish.c $(DATA_LAB)
tests_data_test_publish_LDADD = $(DATA_LAB_LIBS)
tests_data_test_schema_SOURCES = tests/data/test_schema.c $(DATA_LAB)
tests_data_test_schema_LDADD = $(DATA_LAB_LIBS)
tests_data_test_statements_SOURCES = tests/data/test_statements.c $(DATA_LAB)
tests_data_test_statements_LDFLAGS = $(AM_LDFLAGS) \
	-Wl,--whole-archive,libdata.a,--no-whole-archive
tests_data_test_statements_LDADD = $(DATA_LAB_LIBS)
tests_data_test_statements_DEPENDENCIES = libdata.a libshop.a libbase.a
tests_data_test_tables_SOURCES = tests/data/test_tables.c $(DATA_LAB)
tests_data_test_tables_LDADD = $(DATA_LAB_LIBS)
