# lib: what the benches share. To be read with `. lib.sh` after $work, a folder
# of the bench's own, is made.
#   note NAME VALUE WHAT   a figure, to the table and the result
#   median, ratio A B      of the standard input; of two numbers
#   load PATH BODIES SECONDS CONNECTIONS [DELAY_MS]
#                          answers a second in $rate, their 99th percentile in
#                          milliseconds in $p99; ends the bench on errors
#   result NAME            what was noted, and what other benches of this build
#                          have noted, into tests/bench/result.json
#   fpm_settings PROCESSES for php-fpm, on the socket $work/fpm.sock

: >"$work/result"

note() {
	printf '%s %s\n' "$1" "$2" >>"$work/result"
	printf '%-26s %10s  %s\n' "$1" "$2" "$3"
}

median() {
	sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

ratio() {
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

bench_die() {
	printf 'bench: %s\n' "$1" >&2
	exit 3
}

load() {
	wrk -t2 -c"$4" -d"$3" --latency -s "$top_srcdir/tests/bench/post.lua" \
	    "http://127.0.0.1:$port$1" -- "$2" "${5-0}" >"$work/wrk" 2>&1
	! grep -Eq 'Non-2xx|Socket errors' "$work/wrk" ||
	    bench_die "$1 answers with errors: $(grep -E 'Non-2xx|Socket' "$work/wrk")"
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk")
	p99=$(awk '$1 == "99%" { n = $2 + 0
	    if ($2 ~ /us$/) n /= 1000; else if ($2 !~ /ms$/) n *= 1000
	    printf "%.2f", n }' "$work/wrk")
	[ -n "$rate" ] || bench_die "$(cat "$work/wrk")"
}

result() {
	folder=$top_builddir/tests/bench
	mkdir -p "$folder"
	cp "$work/result" "$folder/$1.figures"
	cat "$folder"/*.figures | awk 'BEGIN { print "{" }
	    { printf "%s  \"%s\": %s", (NR > 1 ? ",\n" : ""), $1, $2 }
	    END { print "\n}" }' >"$folder/result.json"
	printf 'written: %s\n' "$folder/result.json"
}

fpm_settings() {
	cat <<-T
	[global]
	error_log = $work/fpm.log
	daemonize = no
	[peer]
	$([ "$(id -u)" -eq 0 ] && printf 'user = root\ngroup = root\n')
	listen = $work/fpm.sock
	pm = static
	pm.max_children = $1
	php_admin_value[opcache.enable] = 1
	T
}
