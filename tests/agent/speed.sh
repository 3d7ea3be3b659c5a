#!/bin/sh
# How long an install takes, in times of what it must do at least: unpack the
# same archive, read it for its digest, bring the tree to the disk. Rounds in
# turn, their medians; and the most memory that a process of the agent's had.
#   speed.sh [ROUNDS]
. "${0%/*}/lab.sh"
rounds=${1:-5}
lab_start

# package NAME FILES BYTES: each of so many bytes that pack to about a third
package() {
	mkdir -p "$lab/source/$1/files"
	grep -v 'welcome\|<icon' "$source/leaflet/package.xml" |
	    sed "s/name=\"leaflet\"/name=\"$1\"/" >"$lab/source/$1/package.xml"
	echo "<p>$1</p>" >"$lab/source/$1/files/index.html"
	openssl rand -hex $(($3 / 2)) >"$lab/bytes"
	i=0
	while [ "$i" -lt "$2" ]; do
		[ $((i % 200)) -ne 0 ] || mkdir "$lab/source/$1/files/$((i / 200))"
		{ echo "$i"; cat "$lab/bytes"; } >"$lab/source/$1/files/$((i / 200))/$i"
		i=$((i + 1))
	done
	offer "$lab/source/$1"
}
now() { date +%s%N; }
# watch PID: the most memory of it and its children, in KiB, as it goes
watch() {
	while kill -0 "$1" 2>/dev/null; do
		for process in $(pgrep -f "$lab/agent.conf"); do
			sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status"
		done 2>/dev/null
		sleep 0.02
	done >>"$lab/memory"
}
least() {
	rm -rf "$lab/unpacked"
	mkdir "$lab/unpacked"
	sync -f "$lab"
	began=$(now)
	sha256sum "$lab/depot/$1/1.0/archive.tar.gz" >/dev/null
	tar -xzf "$lab/depot/$1/1.0/archive.tar.gz" -C "$lab/unpacked"
	sync -f "$lab/unpacked"
	echo $((($(now) - began) / 1000)) >>"$lab/$1.least"
}
ours() {
	number=$((number + 1))
	order "$number" install "$1" 1.0 wiki
	sync -f "$lab"
	began=$(now)
	turn
	echo $((($(now) - began) / 1000)) >>"$lab/$1.ours"
	case $(last_report) in
	*REPORTED\ done*) ;;
	*) echo "speed: $(last_report)" >&2; exit 1 ;;
	esac
	number=$((number + 1))
	order "$number" uninstall "$1" 1.0 wiki
	turn
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

package large 50 1048576
package many 20000 1000
number=0
: >"$lab/memory"
(watch $$) &
lab_pids="$lab_pids $!"
for _ in $(seq "$rounds"); do
	for name in large many; do
		least "$name"
		ours "$name"
	done
done
for name in large many; do
	echo "install_$name $(median "$lab/$name.ours") us, at least $(median "$lab/$name.least") us: $(
	    echo "$(median "$lab/$name.ours") $(median "$lab/$name.least")" |
	    awk '{ printf "%.2f", $1 / $2 }')"
done
echo "memory $(sort -n "$lab/memory" | tail -n 1 | awk '{ printf "%.1f", $1 / 1024 }') MiB"
