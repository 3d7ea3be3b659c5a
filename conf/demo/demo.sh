#!/bin/sh
# demo: a whole shop from the build tree, in one folder, on the loopback.
# Called by ./bootstrap demo with KAGIYA_SOURCE and KAGIYA_BUILD set.
set -eu

port=8080
dir=
verb=run
offset=

say() { printf 'demo: %s\n' "$*"; }
die() { code=$1; shift; printf 'demo: %s\n' "$*" >&2; exit "$code"; }

while [ $# -gt 0 ]; do
	case $1 in
	--detach) verb=detach ;;
	--stop) verb=stop ;;
	--status) verb=status ;;
	--port) [ $# -gt 1 ] || die 2 "--port wants a number"; port=$2; shift ;;
	--dir) [ $# -gt 1 ] || die 2 "--dir wants a folder"; dir=$2; shift ;;
	clock) [ $# -gt 1 ] || die 2 "clock wants an offset, as +61d"
		verb=clock; offset=$2; shift ;;
	*) die 2 "unknown word '$1'; see ./bootstrap --help" ;;
	esac
	shift
done
case $port in '' | *[!0-9]*) die 2 "--port wants a number, not '$port'" ;; esac
[ "$port" -ge 1024 ] && [ "$port" -le 65535 ] ||
    die 2 "--port wants a number from 1024 to 65535"

[ -n "$dir" ] || dir=$KAGIYA_SOURCE/demo
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
# nginx, php-fpm and sh would each read these in their own way
case $dir in *[!A-Za-z0-9/._+-]*)
	die 2 "the folder's path may hold only letters, digits and / . _ + -" ;;
esac

is_up() {
	[ -f "$dir/run/demo.pid" ] && read -r pid <"$dir/run/demo.pid" &&
	    [ -r "/proc/$pid/cmdline" ] &&
	    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "--dir $dir "
}

stop_demo() {
	is_up || { say "nothing runs in $dir"; return 0; }
	read -r pid <"$dir/run/demo.pid"
	kill -TERM "$pid"
	tries=300
	while [ -d "/proc/$pid" ] && [ $tries -gt 0 ]; do
		tries=$((tries - 1)); sleep 0.1
	done
	[ -d "/proc/$pid" ] && die 3 "process $pid does not end"
	say "stopped"
}

case $verb in
stop) stop_demo; exit 0 ;;
status)
	if is_up; then
		. "$dir/demo.env"; say "up: $KAGIYA_URL"; exit 0
	fi
	say "not running in $dir"; exit 1 ;;
clock)
	case $offset in
	[+-][0-9]*) ;;
	*) die 2 "clock wants an offset, as +61d or +2h or +0" ;;
	esac
	printf '%s' "${offset#?}" | grep -Eqx '[0-9]+[smhdy]?' ||
	    die 2 "clock wants an offset, as +61d or +2h or +0"
	[ -f "$dir/clock" ] || die 1 "there is no demo in $dir"
	printf '%s\n' "$offset" >"$dir/clock.new"
	mv "$dir/clock.new" "$dir/clock"
	# each program looks at that file anew a second later; now all do
	sleep 1.2
	say "clock is $offset from now"; exit 0 ;;
esac

is_up && die 1 "a demo already runs in $dir (./bootstrap demo --stop ends it)"
# curl's 7 is "connection refused": the only answer of a free port
taken=0
curl -s -o /dev/null --max-time 2 "http://127.0.0.1:$port/" || taken=$?
[ $taken -eq 7 ] || die 3 "port $port is taken; choose another with --port"

socket=$dir/run/uninstall.sock
[ ${#socket} -le 100 ] || die 2 "the folder's path is too long for sockets; choose another with --dir"
mkdir -p "$dir/run" "$dir/log" || die 3 "$dir cannot be made"
rm -f "$dir/run/ready"
set -- sh "$KAGIYA_SOURCE/conf/demo/serve.sh" --port "$port" --dir "$dir"
[ "$verb" = detach ] || exec "$@"

setsid "$@" >"$dir/log/demo.log" 2>&1 </dev/null &
starter=$!
while [ ! -f "$dir/run/ready" ]; do
	kill -0 "$starter" 2>/dev/null || {
		tail -n 20 "$dir/log/demo.log" >&2
		die 3 "the demo did not start; see $dir/log/demo.log"
	}
	sleep 0.1
done
cat "$dir/log/demo.log"
