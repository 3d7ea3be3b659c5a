#!/bin/sh
# keycheck: starts the gate and nginx before it, then a judge of kit/ speaks.
#   keycheck.sh JUDGE [PROCESSES]
# $KEYCHECK_SET may hold settings. Run by tests/data/run.sh.
set -u

lab=$KAGIYA_TEST_DIR
gate=
web=
finish() {
	test -z "$web" || kill "$web"
	test -z "$gate" || kill "$gate"
	wait
}
trap finish EXIT
trap 'exit 99' INT TERM HUP

cat >>"$KAGIYA_CONF" <<T
site.url = https://shop.example/base/
site.language = en
${KEYCHECK_SET-}
T
# A key pair by a stranger's tool: only the PEM form is agreed upon.
openssl genpkey -algorithm ed25519 -out "$lab/key/check.pem" 2>/dev/null
openssl pkey -in "$lab/key/check.pem" -pubout -out "$lab/key/check.pub"

configure() {
	cat >"$lab/nginx.conf" <<T
daemon off;
pid $lab/nginx.pid;
error_log $lab/nginx.log;
events { }
http {
	access_log off;
	map \$http_x_test_address \$address {
		default \$http_x_test_address;
		'' 192.0.2.7;
	}
	client_body_temp_path $lab/body;
	fastcgi_temp_path $lab/fastcgi;
	proxy_temp_path $lab/proxy;
	scgi_temp_path $lab/scgi;
	uwsgi_temp_path $lab/uwsgi;
	server {
		listen unix:$lab/web;
		listen 127.0.0.1:$port;
		location = /keycheck {
			fastcgi_pass unix:$lab/gate;
			fastcgi_param REQUEST_METHOD \$request_method;
			fastcgi_param QUERY_STRING \$query_string;
			fastcgi_param CONTENT_TYPE \$content_type;
			fastcgi_param CONTENT_LENGTH \$content_length;
			fastcgi_param REQUEST_URI \$request_uri;
			fastcgi_param SCRIPT_NAME /keycheck;
			fastcgi_param REMOTE_ADDR \$address;
			fastcgi_param HTTP_X_TEST_ADDRESS '';
		}
	}
}
T
	test "$(id -u)" -ne 0 || sed -i '1i user root;' "$lab/nginx.conf"
}

several=
test "${2-1}" -eq 1 || several="/usr/bin/multiwatch -f $2 --"
spawn-fcgi -n -s "$lab/gate" -- $several "$top_builddir/fcgi/gate/keycheck" \
	2>"$lab/gate.log" &
gate=$!
# Somebody else may take the free port before nginx does.
answers() {
	curl -s -o "$lab/none" --unix-socket "$lab/web" http://shop/ &&
		test -S "$lab/gate"
}
tries=0
until test -n "$web" && answers; do
	tries=$((tries + 1))
	test $tries -lt 100 || {
		echo "Bail out! nginx or the gate does not start"
		cat "$lab/nginx.log" "$lab/gate.log" >&2
		exit 99
	}
	if test -z "$web" || ! kill -0 "$web" 2>/dev/null; then
		port=$(php -r '$s = stream_socket_server("tcp://127.0.0.1:0");
		    echo substr(strrchr(stream_socket_get_name($s, false),
		    ":"), 1);')
		configure
		rm -f "$lab/web"
		nginx -c "$lab/nginx.conf" -p "$lab" 2>>"$lab/nginx.log" &
		web=$!
	fi
	sleep 0.1
done

LAB=$lab GATE_PID=$gate SHOP=http://127.0.0.1:$port
export LAB GATE_PID SHOP
php -d error_reporting=-1 -d display_errors=1 \
	"$top_srcdir/tests/gate/kit/$1" ||
	echo "not ok 999 - the judge went through"
count=$(($(cat "$lab/done") + 1))

# Nothing is left unreleased: a build with ASan would say so here.
pid=$gate
gate=
kill -TERM "$pid"
wait "$pid"
if [ $? -eq 0 ] && ! grep -q 'Sanitizer\|bug ' "$lab/gate.log"; then
	echo "ok $count - SIGTERM ends the gate in order"
else
	echo "not ok $count - SIGTERM ends the gate in order"
	tail -20 "$lab/gate.log" >&2
fi
echo "1..$count"
