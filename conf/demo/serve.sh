#!/bin/sh
# serve: starts every part of the demo, waits, and ends what it started.
# Called by demo.sh: serve.sh --port PORT --dir DIR
set -eu

port=$2
dir=$4
source=$KAGIYA_SOURCE
build=$KAGIYA_BUILD
url=http://127.0.0.1:$port/
area_url=http://127.0.0.2:$port/
provider_url=http://127.0.0.3:$port/
maker_url=http://127.0.0.4:$port/
screens='login logout catalog software install job license purchase uninstall notice invoice account'
started=

say() { printf 'demo: %s\n' "$*"; }
die() { printf 'demo: %s\n' "$*" >&2; exit 3; }

# start NAME COMMAND...: in the background, its output in log/NAME.log
start() {
	name=$1
	shift
	"$@" >>"$dir/log/$name.log" 2>&1 </dev/null &
	started="$! $started"
	printf '%s\n' "$!" >"$dir/run/$name.pid"
}

end() {
	trap '' TERM INT HUP
	for pid in $started; do
		kill -TERM "$pid" 2>/dev/null || continue
	done
	for pid in $started; do
		tries=100
		while kill -0 "$pid" 2>/dev/null && [ $tries -gt 0 ]; do
			tries=$((tries - 1)); sleep 0.1
		done
		kill -KILL "$pid" 2>/dev/null || :
	done
	rm -f "$dir/run/"*.pid "$dir/run/"*.sock "$dir/run/ready"
}

# await WHAT COMMAND...: until the command succeeds, at most 30 s
await() {
	what=$1
	shift
	tries=300
	until "$@" >/dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || die "$what does not come up; see $dir/log"
		sleep 0.1
	done
}

# with_clock COMMAND...: under the demo's movable clock
with_clock() {
	env LD_PRELOAD="$faketime" FAKETIME_TIMESTAMP_FILE="$dir/clock" \
	    FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
	    DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1 "$@"
}

kagiya() { "$dir/bin/kagiya" "$@"; }

fill() {
	sed -e "s|@run@|$dir/run|g; s|@share@|$source|g; s|@media@|$dir/media|g" \
	    -e "s|@areas@|$dir/area|g; s|@php@|$dir/run/php.sock|g" \
	    -e "s|@nginx_conf@|/etc/nginx|g" "$@"
}

folders() {
	mkdir -p "$dir/area" "$dir/bin" "$dir/conf" "$dir/depot/provider" \
	    "$dir/depot/maker" "$dir/key" "$dir/log" "$dir/mail" \
	    "$dir/media" "$dir/run" "$dir/secret" "$dir/tmp"
	mkdir -p -m 0700 "$dir/db"
	chmod 0700 "$dir/secret" "$dir/key"
	[ -f "$dir/clock" ] || printf '+0\n' >"$dir/clock"
}

# Under root the areas belong to www-data and PHP runs as that user, when it
# can reach them at all.
owner() {
	owner=$(id -un)
	[ "$(id -u)" -eq 0 ] || return 0
	if setpriv --reuid www-data --regid www-data --clear-groups \
	    test -x "$dir/area"; then
		owner=www-data
	else
		say "note: www-data cannot reach $dir, so PHP runs as root here"
	fi
}

configuration() {
	cat >"$dir/conf/kagiya.conf" <<T
site.name = 鍵屋
site.url = $url
site.legal_url = ${url}asset/legal.html
seller.name = 鍵屋ホスティング株式会社
seller.address = 〒100-0001\n東京都千代田区○○1-1-1
seller.tel = 03-1234-5600
seller.email = shop@example.jp
seller.registration_no = T1234567890123
seller.bank = ○○銀行 △△支店\n普通 1234567\nカギヤホステイング(カ
database.socket = $dir/db/mariadb.sock
database.name = kagiya
database.password_file = $dir/secret/database-%p
secret.form_file = $dir/secret/form
secret.key_file = $dir/secret/license-key
key.dir = $dir/key
skin.dir = $source/xslt/stock
skin.schema_dir = $source/schema/page
page.validate = yes
schema.dir = $source/schema/sql
media.dir = $dir/media
mail.command = $dir/bin/sendmail
mail.from = shop@example.jp
T
	cat >"$dir/conf/nginx.conf" <<T
$( [ "$(id -u)" -eq 0 ] && echo "user root;" )
worker_processes 2;
daemon off;
pid $dir/run/nginx.pid;
error_log $dir/log/nginx-error.log;
events { worker_connections 512; }
http {
	include /etc/nginx/mime.types;
	default_type application/octet-stream;
	access_log $dir/log/access.log;
	sendfile on;
	client_body_temp_path $dir/tmp/body;
	proxy_temp_path $dir/tmp/proxy;
	fastcgi_temp_path $dir/tmp/fastcgi;
	uwsgi_temp_path $dir/tmp/uwsgi;
	scgi_temp_path $dir/tmp/scgi;
	server {
		listen 127.0.0.1:$port default_server;
		include $dir/conf/shop.conf;
	}
	server {
		listen 127.0.0.2:$port;
		include $dir/conf/area.conf;
	}
	server {
		listen 127.0.0.3:$port;
		include $dir/conf/depot-provider.conf;
	}
	server {
		listen 127.0.0.4:$port;
		include $dir/conf/depot-maker.conf;
	}
}
T
	for name in shop area; do
		fill "$source/conf/nginx/$name.conf.in" >"$dir/conf/$name.conf"
	done
	for name in provider maker; do
		fill "$source/conf/nginx/depot.conf.in" |
		    sed "s|@depot@|$dir/depot/$name|; s|@socket@|$dir/run/depot-$name.sock|; s|@depot@|$dir/depot/$name|" \
			>"$dir/conf/depot-$name.conf"
	done
	cat >"$dir/conf/php-fpm.conf" <<T
[global]
error_log = $dir/log/php-fpm.log
daemonize = no
[area]
$( [ "$(id -u)" -eq 0 ] && printf 'user = %s\ngroup = %s\n' "$owner" "$(id -gn "$owner")" )
listen = $dir/run/php.sock
pm = static
pm.max_children = 3
env[FAKETIME_TIMESTAMP_FILE] = $dir/clock
env[FAKETIME_CACHE_DURATION] = 1
env[FAKETIME_DONT_FAKE_MONOTONIC] = 1
env[FAKETIME_DISABLE_SHM] = 1
catch_workers_output = yes
T
}

# wrapper NAME PROGRAM: DIR/bin/NAME runs it with this demo's settings
wrapper() {
	cat >"$dir/bin/$1" <<T
#!/bin/sh
KAGIYA_CONF=$dir/conf/kagiya.conf; export KAGIYA_CONF
KAGIYA_AGENT_CONF=$dir/conf/agent.conf; export KAGIYA_AGENT_CONF
LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$dir/clock \\
FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \\
DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1 \\
exec $2 "\$@"
T
	chmod +x "$dir/bin/$1"
}

commands() {
	wrapper kagiya "$build/fcgi/tool/kagiya"
	wrapper kagiya-pack "$build/fcgi/tool/kagiya-pack"
	wrapper kagiya-agent "$build/fcgi/agent/kagiya-agent"
	# The stand-in for sendmail: a file for each mail, whole or not there.
	cat >"$dir/bin/sendmail" <<T
#!/bin/sh
new=\$(mktemp $dir/mail/.new-XXXXXX) && cat >"\$new" &&
    mv "\$new" "$dir/mail/\$(date +%Y%m%d-%H%M%S)-\${new##*-}.eml" || exit 75
T
	chmod +x "$dir/bin/sendmail"
}

database() {
	if [ ! -d "$dir/db/data/mysql" ]; then
		say "making the database"
		mariadb-install-db --no-defaults --datadir="$dir/db/data" \
		    --auth-root-authentication-method=normal --skip-test-db \
		    --user="$(id -un)" >"$dir/log/install-db.log" 2>&1 ||
		    die "mariadb-install-db failed; see $dir/log/install-db.log"
	fi
	say "starting MariaDB"
	start mariadb mariadbd --defaults-file="$source/conf/mariadb.cnf" \
	    --datadir="$dir/db/data" --socket="$dir/db/mariadb.sock" \
	    --skip-networking --user="$(id -un)" \
	    --pid-file="$dir/run/mariadbd.pid"
	await MariaDB mariadb-admin --no-defaults --socket="$dir/db/mariadb.sock" -u root ping
	mariadb --no-defaults --socket="$dir/db/mariadb.sock" -u root -e "
	    CREATE DATABASE IF NOT EXISTS kagiya CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
	    CREATE USER IF NOT EXISTS kagiya_reader@localhost;
	    GRANT SELECT ON kagiya.* TO kagiya_reader@localhost;"
	kagiya keys make
	kagiya schema upgrade
	kagiya schema grant
}

# serve NAME PROCESSES PROGRAM...: a FastCGI program on run/NAME.sock
serve() {
	name=$1 processes=$2
	shift 2
	start "$name" with_clock env KAGIYA_CONF="$dir/conf/kagiya.conf" \
	    LIBFCGI_OS_CLOSE_POLL_TIMEOUT=50 \
	    spawn-fcgi -n -s "$dir/run/$name.sock" -M 0660 -- \
	    /usr/bin/multiwatch -f "$processes" -- "$@"
}
