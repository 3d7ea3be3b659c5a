#!/bin/sh
# check: every test there is, with a summary in TAP and a last line
# "N passed, N failed". Called by ./bootstrap check.
set -u

source=$KAGIYA_SOURCE
build=$KAGIYA_BUILD
number=0
passed=0
failed=0

# result STATUS WHAT: one line of TAP, counted
result() {
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
		printf 'ok %d - %s\n' "$number" "$2"
	else
		failed=$((failed + 1))
		printf 'not ok %d - %s\n' "$number" "$2"
	fi
}

# step LOG WHAT COMMAND...: its output goes to LOG, the end of it is shown
# when it fails
step() {
	log=$1 what=$2
	shift 2
	began=$(date +%s)
	status=0
	"$@" >"$log" 2>&1 || status=$?
	[ $status -eq 0 ] || { printf '# %s\n' "$log"; tail -n 40 "$log" | sed 's/^/# /'; }
	result $status "$what ($(($(date +%s) - began)) s)"
	return $status
}

# assertions DIR WHAT LOG: what `make check` counted there
assertions() {
	good=$(sed -n 's/^# PASS: *//p' "$3" | tail -n 1)
	bad=$(awk '/^# (FAIL|ERROR|XPASS):/ { n += $3 } END { print n + 0 }' "$3")
	passed=$((passed + ${good:-0}))
	failed=$((failed + bad))
	printf '# %s: %s passed, %s failed\n' "$2" "${good:-0}" "$bad"
	if [ -z "$good" ] || [ "$bad" -gt 0 ]; then
		grep -h -B 2 -A 12 -E '^(not ok|ERROR|Bail out)' \
		    "$1/test-suite.log" 2>/dev/null | head -n 150 | sed 's/^/# /'
	fi
}

# suite DIR WHAT: make check, two tests at a time
suite() {
	log=$1/check.out
	step "$log" "$2" make -C "$1" -j2 check
	assertions "$1" "$2" "$log"
}

# variant NAME OPTION...: a build of its own beside the first
variant() {
	folder=$build/$1
	shift
	mkdir -p "$folder"
	(cd "$folder" && "$source/configure" --prefix=/usr --sysconfdir=/etc \
	    --libexecdir=/usr/lib --enable-werror "$@" &&
	    make -j2 all)
}

# fuzzing EXECUTIONS: of all targets together
fuzzing() {
	mkdir -p "$build/fuzz"
	(cd "$build/fuzz" && "$source/configure" -q CC=clang \
	    CFLAGS='-g -O1 -fsanitize=fuzzer-no-link,address' \
	    --prefix=/usr --sysconfdir=/etc --libexecdir=/usr/lib) || return 1
	sh "$source/tests/fuzz/fuzz.sh" "$source" "$build/fuzz" "$1"
}

suite "$build" "tests"
step "$build/clang.out" "clang builds it without a warning" \
    variant clang CC=clang
step "$build/cppcheck.out" "cppcheck finds nothing" \
    cppcheck --quiet --std=c11 --language=c --error-exitcode=1 -j 2 \
    --enable=warning,performance,portability --inline-suppr \
    --suppress=missingIncludeSystem -U__clang__ -I "$source/fcgi" "$source/fcgi"
step "$build/fuzz.out" "five million inputs find nothing" fuzzing 5050000
if step "$build/sanitizers.out" "it builds with ASan and UBSan" \
    variant sanitizers --enable-sanitizers; then
	KAGIYA_SANITIZED=1
	# the demo's clock is preloaded, before the sanitizer
	ASAN_OPTIONS=verify_asan_link_order=0
	export KAGIYA_SANITIZED ASAN_OPTIONS
	suite "$build/sanitizers" "tests under ASan and UBSan"
fi

printf '1..%d\n' "$number"
printf '%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
