# Built by clang with libFuzzer, by tests/fuzz/fuzz.sh alone.
FUZZ = tests/fuzz/index tests/fuzz/job tests/fuzz/manifest \
	tests/fuzz/archive
EXTRA_PROGRAMS += $(FUZZ)
tests_fuzz_index_SOURCES = tests/fuzz/index.c tests/fuzz/fuzz.h
tests_fuzz_index_LDADD = $(DEPOT)
tests_fuzz_index_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_job_SOURCES = tests/fuzz/job.c tests/fuzz/fuzz.h
tests_fuzz_job_LDADD = $(DEPOT)
tests_fuzz_job_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_manifest_SOURCES = tests/fuzz/manifest.c tests/fuzz/fuzz.h
tests_fuzz_manifest_LDADD = $(DEPOT)
tests_fuzz_manifest_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_archive_SOURCES = tests/fuzz/archive.c tests/fuzz/fuzz.h
tests_fuzz_archive_LDADD = $(DEPOT)
tests_fuzz_archive_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
EXTRA_DIST += tests/fuzz/fuzz.sh tests/fuzz/seed
