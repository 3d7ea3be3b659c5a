# lab: a hosting server for tests: a depot and an area behind a small nginx, a
# stand-in for the manager, an agent that is called by hand. Source this; then
# lab_start. Everything is below $lab and ends with the script.

. "${0%/*}/../tap.sh"

pack=$top_builddir/fcgi/tool/kagiya-pack
agent=$top_builddir/fcgi/agent/kagiya-agent
manager=$top_builddir/tests/agent/manager
source=$top_srcdir/tests/sample/package

free_port() {
	# below the ports that the kernel gives to connections going out
	port=$((20000 + $$ % 12000))
	while ss -Hltn "sport = :$port" 2>/dev/null | grep -q .; do
		port=$((port + 1))
	done
	echo "$port"
}

lab_stop() {
	for pid in $lab_pids; do kill "$pid" 2>/dev/null; done
	test -n "$KEEP_LAB" || rm -rf "$lab"
}

# As root the area belongs to somebody without rights, as it would.
lab_start() {
	lab=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-agent.XXXXXX")
	chmod 755 "$lab"
	lab_pids=
	trap lab_stop EXIT
	trap 'exit 1' INT TERM
	at 1
	mkdir -p "$lab/area/anna" "$lab/depot" "$lab/keys" "$lab/manager" \
	    "$lab/nginx"
	owner=$(id -un)
	if [ "$(id -u)" = 0 ]; then
		owner=www-data
		chown www-data "$lab/area/anna"
	fi
	"$pack" keygen "$lab/maker.pem" "$lab/keys/shelf.pub" >/dev/null
	"$pack" keygen "$lab/manager/job.pem" "$lab/manager.pub" >/dev/null
	"$agent" keygen "$lab/server.pem" "$lab/manager/server.pub"
	web=$(free_port)
	cat >"$lab/nginx/nginx.conf" <<T
daemon off; pid $lab/nginx/pid; error_log $lab/nginx/error.log;
worker_processes 1; events { }
http {
	access_log $lab/nginx/access.log; default_type text/plain;
	client_body_temp_path $lab/nginx/a; proxy_temp_path $lab/nginx/b;
	fastcgi_temp_path $lab/nginx/c; uwsgi_temp_path $lab/nginx/d;
	scgi_temp_path $lab/nginx/e;
	server { listen 127.0.0.1:$web;
		location /depot/ { alias $lab/depot/; }
		location / { root $lab/area; location ~ /\. { deny all; } }
		include $lab/nginx/place*.conf;
		include $lab/nginx/extra*.conf; }
}
T
	test "$(id -u)" != 0 || sed -i '1s/^/user www-data; /' \
	    "$lab/nginx/nginx.conf"
	nginx -p "$lab/nginx" -c "$lab/nginx/nginx.conf" \
	    2>"$lab/nginx/start.log" &
	lab_pids="$lab_pids $!"
	gate=$((web + 1))
	while ss -Hltn "sport = :$gate" 2>/dev/null | grep -q .; do
		gate=$((gate + 1))
	done
	"$manager" "$gate" "$lab/manager" >"$lab/manager/log" 2>&1 &
	lab_pids="$lab_pids $!"
	cat >"$lab/agent.conf" <<T
server = host1
manager.url = http://127.0.0.1:$gate/agent
manager.key = $lab/manager.pub
key = $lab/server.pem
depot.keys = $lab/keys
area.root = $lab/area
state.dir = $lab/state
owner.least_uid = 1
user = nobody
T
	await grep -q ready "$lab/manager/log"
	await test -s "$lab/nginx/pid"
	await curl -s -o /dev/null "http://127.0.0.1:$web/"
}

# lab_second: another server, with an area of bert's; its manager's jobs and
# reports are in $lab/manager2. Say `at 2` to speak to it, `at 1` to go back.
lab_second() {
	mkdir -p "$lab/area2/bert" "$lab/manager2"
	test "$(id -u)" != 0 || chown www-data "$lab/area2/bert"
	cp "$lab/manager/job.pem" "$lab/manager2/job.pem"
	"$agent" keygen "$lab/server2.pem" "$lab/manager2/server.pub"
	gate2=$((gate + 1))
	while ss -Hltn "sport = :$gate2" 2>/dev/null | grep -q .; do
		gate2=$((gate2 + 1))
	done
	"$manager" "$gate2" "$lab/manager2" >"$lab/manager2/log" 2>&1 &
	lab_pids="$lab_pids $!"
	sed "s,host1,host2,; s,:$gate/,:$gate2/,; s,server.pem,server2.pem,
	    s,$lab/area,$lab/area2,; s,$lab/state,$lab/state2," \
	    "$lab/agent.conf" >"$lab/agent2.conf"
	printf 'location /area2/ { alias %s/area2/; }\n' "$lab" \
	    >"$lab/nginx/place2.conf"
	kill -HUP "$(cat "$lab/nginx/pid")"
	await grep -q ready "$lab/manager2/log"
	await sh -c "curl -s -o /dev/null -w '%{http_code}' \
	    http://127.0.0.1:$web/area2/bert/ | grep -q 403"
}
at() {
	case $1 in
	1) jobs=$lab/manager conf=$lab/agent.conf area=anna web_path= ;;
	2) jobs=$lab/manager2 conf=$lab/agent2.conf area=bert web_path=area2/ ;;
	esac
}

# Waits until the command succeeds, at most some seconds.
await() {
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || return 1
		sleep 0.05
	done
}

# offer FOLDER...: built into the depot, which is indexed anew.
offer() {
	for folder in "$@"; do
		"$pack" build "$folder" "$lab/depot" >>"$lab/pack.log" 2>&1 ||
		    return 1
	done
	index
}

index() {
	"$pack" index --depot shelf --key "$lab/maker.pem" "$@" \
	    "$lab/depot" >>"$lab/pack.log" 2>&1
}

# version NUMBER COMMAND: the leaflet's next version: COMMAND changes its files.
# It lies in $lab/leaflet-NUMBER and is offered.
version() {
	cp -R "$source/leaflet" "$lab/leaflet-$1"
	sed -i "2,\$s/version=\"1.0\"/version=\"$1\"/" "$lab/leaflet-$1/package.xml"
	(cd "$lab/leaflet-$1/files" && sh -ec "$2") && offer "$lab/leaflet-$1"
}

# as_owner COMMAND: in the area, as its owner does it.
as_owner() {
	if [ "$(id -u)" = 0 ]; then
		(cd "$lab/area/anna" && setpriv --reuid="$owner" \
		    --regid="$owner" --clear-groups sh -c "$1")
	else
		(cd "$lab/area/anna" && sh -c "$1")
	fi
}

# order NUMBER ACTION PACKAGE VERSION DIRECTORY [WORD VALUE]...
order() {
	{
		echo "number $1"; echo "action $2"; echo "package $3"
		echo "version $4"; echo "directory $5"
		echo "manifest $(sha256sum "$lab/depot/$3/$4/manifest.xml" |
		    cut -d' ' -f1)"
		shift 5
		echo "area $area"; echo "owner $owner"
		echo "url http://127.0.0.1:$web/$web_path$area/"
		echo "serial 2026-0001"; echo "depot shelf"
		echo "depot_url http://127.0.0.1:$web/depot/"
		while [ $# -ge 2 ]; do echo "$1 $2"; shift 2; done
	} >"$jobs/job.new"
	mv "$jobs/job.new" "$jobs/job"
	: >"$jobs/reports"
}

turn() { "$agent" --conf "$conf" --once 2>>"$lab/agent.log"; }

# Every path of the area with type, mode, size, digest.
picture() {
	(cd "$lab/area/anna" && find . -printf '%P %y %m %u ' \
	    \( -type f -printf '%s ' -exec sha256sum -z {} \; -o -printf '\n' \) |
	    tr '\0' '\n' | sort)
}

last_report() { tail -n 1 "$jobs/reports"; }
