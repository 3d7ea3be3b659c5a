base_tests = tests/base/test_arena tests/base/test_clock \
	tests/base/test_code tests/base/test_file tests/base/test_jws \
	tests/base/test_log tests/base/test_secret tests/base/test_setting \
	tests/base/test_sign tests/base/test_text
check_PROGRAMS += $(base_tests)
TESTS += $(base_tests)

LAB = tests/base/lab.c tests/base/lab.h
LAB_LIBS = $(BASE) $(CMOCKA_LIBS)
tests_base_test_arena_SOURCES = tests/base/test_arena.c $(LAB)
tests_base_test_arena_LDADD = $(LAB_LIBS)
tests_base_test_clock_SOURCES = tests/base/test_clock.c $(LAB)
tests_base_test_clock_LDADD = $(LAB_LIBS)
tests_base_test_code_SOURCES = tests/base/test_code.c $(LAB)
tests_base_test_code_LDADD = $(LAB_LIBS)
tests_base_test_file_SOURCES = tests/base/test_file.c $(LAB)
tests_base_test_file_LDADD = $(LAB_LIBS)
tests_base_test_jws_SOURCES = tests/base/test_jws.c \
	tests/base/keys.c tests/base/keys.h $(LAB)
tests_base_test_jws_LDADD = $(LAB_LIBS)
tests_base_test_log_SOURCES = tests/base/test_log.c $(LAB)
tests_base_test_log_LDADD = $(LAB_LIBS)
tests_base_test_secret_SOURCES = tests/base/test_secret.c $(LAB)
tests_base_test_secret_LDADD = $(LAB_LIBS)
tests_base_test_setting_SOURCES = tests/base/test_setting.c $(LAB)
tests_base_test_setting_LDADD = $(LAB_LIBS)
tests_base_test_sign_SOURCES = tests/base/test_sign.c \
	tests/base/keys.c tests/base/keys.h $(LAB)
tests_base_test_sign_LDADD = $(LAB_LIBS)
tests_base_test_text_SOURCES = tests/base/test_text.c $(LAB)
tests_base_test_text_LDADD = $(LAB_LIBS)
