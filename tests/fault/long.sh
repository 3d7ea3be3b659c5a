#!/bin/sh
# long: the hosting side's faults in their long form: kills and errors at the
# system calls of every action, hostile archives, customers and neighbours, a
# thousand agents. Called by make fault; writes tests/fault/result.json.
#   POINTS   in each of the ten actions, of kills and of errors (500)
# usage: long.sh
set -u

points=${POINTS:-500}
result=$top_builddir/tests/fault/result.json
work=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-fault-XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0
KAGIYA_FULL=1
export KAGIYA_FULL

# run NAME COMMAND...: its TAP is kept; what failed is shown
run() {
	name=$1
	shift
	began=$(date +%s)
	"$@" >"$work/$name" 2>"$work/$name.err" || failed=1
	! grep -q '^not ok' "$work/$name" || failed=1
	printf '%-10s %s s, %s\n' "$name" $(($(date +%s) - began)) \
	    "$(grep '^# [a-z_]*=' "$work/$name" | tr '\n' ' ')"
	grep '^not ok' "$work/$name"
}
# Two at a time, each with every second point.
faults() {
	fault=$1
	for half in 1 2; do
		run "$fault-$half" env KAGIYA_FAULT="$fault" \
		    KAGIYA_POINTS=$((points / 2)) KAGIYA_FIRST=$half \
		    sh "$top_srcdir/tests/agent/kill.test" &
	done
	wait
}

# figure FILES WORD: the sum of what was counted
figure() {
	# shellcheck disable=SC2086
	sed -n "s/^# \(.* \)\{0,1\}$2=\([0-9]*\).*/\2/p" $1 2>/dev/null |
	    awk '{ n += $1 } END { printf "%d", n }'
}

faults kill
faults errno
run hostile "$top_builddir/tests/agent/hostile"
run race "$top_builddir/tests/agent/race" 100000
run states sh "$top_srcdir/tests/agent/states.test"
run crowd sh "$top_srcdir/tests/agent/crowd.test"
cd "$work" || exit 3
mkdir -p "$(dirname "$result")"
cat >"$result" <<T
{
  "kill_points": $(figure 'kill-1 kill-2' kill_points),
  "errno_points": $(figure 'errno-1 errno-2' errno_points),
  "torn_trees": $(figure 'kill-1 kill-2 errno-1 errno-2' torn),
  "lost_files": $(figure 'kill-1 kill-2 errno-1 errno-2' lost),
  "archives": $(figure hostile archives),
  "mutants": $(figure hostile mutants),
  "raced_files": $(figure race raced_files),
  "escapes": $(figure race escapes),
  "hostile_states": $(figure states states),
  "hangs": $(figure states hangs)
}
T
cat "$result"
exit $failed
