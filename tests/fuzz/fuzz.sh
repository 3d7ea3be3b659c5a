#!/bin/sh
# fuzz: the four targets, two at a time, each from its seeds. The last line
# says how many executions there were; 1 when one found something.
# usage: fuzz.sh SOURCE BUILD EXECUTIONS
#   BUILD is configured with clang and -fsanitize=fuzzer-no-link,address
set -eu

source=$1 build=$2 executions=$3
work=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-fuzz-XXXXXX")
leave() {
	status=$?
	trap - EXIT
	[ $status -ne 0 ] || { rm -rf "$work"; exit 0; }
	printf 'fuzz: what was found is in %s\n' "$work"
	exit $status
}
trap leave EXIT
ASAN_OPTIONS=quarantine_size_mb=1:malloc_context_size=0:detect_leaks=1
export ASAN_OPTIONS

make -s -C "$build" -j2 tests/fuzz/index tests/fuzz/job \
    tests/fuzz/manifest tests/fuzz/archive >"$work/make.log" 2>&1 || {
	tail -n 20 "$work/make.log"
	exit 3
}

# The words of a grammar, and what XML is made of.
dictionary() {
	sed -n 's/.*\(element\|attribute\) name="\([a-z0-9_:-]*\)".*/"\2"\n" \2=\\"\\""\n"<\2>"\n"<\/\2>"/p;
	    s/.*<value>\(..*\)<\/value>.*/"\1"/p' "$1" | grep -v "^\"\"$" | sort -u
	printf '"<![CDATA["\n"<!DOCTYPE"\n"&#x0;"\n"&amp;"\n"<?x ?>"\n"../"\n'
}

# target NAME SEEDS GRAMMAR SHARE MOST: SHARE percent of the executions
target() {
	mkdir "$work/$1" "$work/$1.corpus"
	cp "$source/tests/fuzz/seed/$2/"* "$work/$1.corpus/"
	set -- "$1" "$3" $((executions * $4 / 100)) "$5"
	[ "$2" = none ] || dictionary "$source/schema/package/$2.rng" >"$work/$1.dict"
	(cd "$work/$1" && "$build/tests/fuzz/$1" -runs="$3" -max_len="$4" \
	    -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -seed=1 \
	    $([ "$2" = none ] || printf -- '-dict=%s' "$work/$1.dict") \
	    "$work/$1.corpus" >"$work/$1.log" 2>&1)
}

pids=
ended=0
target index index index 56 4096 & pids="$pids $!"
target job job job 20 8192 & pids="$pids $!"
for pid in $pids; do wait "$pid" || ended=1; done
pids=
target manifest manifest manifest 14 8192 & pids="$pids $!"
target archive archive none 10 12288 & pids="$pids $!"
for pid in $pids; do wait "$pid" || ended=1; done

total=0
for name in index job manifest archive; do
	count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log")
	coverage=$(sed -n 's/.*DONE *cov: \([0-9]*\).*/\1/p' "$work/$name.log")
	printf '%-10s %9s executions, %s places\n' "$name" "${count:-0}" "$coverage"
	total=$((total + ${count:-0}))
	[ -n "$coverage" ] || { ended=1; tail -n 30 "$work/$name.log"; }
done
printf 'fuzz_executions=%s\n' "$total"
exit $ended
