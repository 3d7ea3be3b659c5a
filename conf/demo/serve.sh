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
# MediaWiki has 20,000 files: for those who ask for it
catalog='adminer dokuwiki wordpress'
[ -z "${KAGIYA_DEMO_FULL-}" ] || catalog="$catalog mediawiki"
screens='login logout catalog software install job license purchase uninstall notice invoice account'
started=

say() { printf 'demo: %s\n' "$*"; }
die() { printf 'demo: %s\n' "$*" >&2; exit 3; }

exec_in_background() {
	exec "$@" >>"$dir/log/$name.log" 2>&1 </dev/null
}

# start NAME COMMAND...: in the background, its output in log/NAME.log
start() {
	name=$1
	shift
	exec_in_background "$@" &
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

kagiya() { "$dir/bin/kagiya" "$@"; }

fill() {
	sed -e "s|@run@|$dir/run|g; s|@share@|$source|g; s|@media@|$dir/media|g" \
	    -e "s|@parcel@|$dir/parcel|g" \
	    -e "s|@areas@|$dir/area|g; s|@php@|$dir/run/php|g" \
	    -e "s|@nginx_conf@|/etc/nginx|g" "$@"
}

folders() {
	mkdir -p "$dir/area" "$dir/bin" "$dir/conf/php" "$dir/depot/provider" \
	    "$dir/depot/maker" "$dir/key" "$dir/log" "$dir/mail" \
	    "$dir/media" "$dir/parcel" "$dir/run/php" "$dir/secret" "$dir/tmp"
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
secret.setting_file = $dir/secret/setting
key.dir = $dir/key
keycheck.dir = $dir/run/keycheck
skin.dir = $source/xslt/stock
skin.schema_dir = $source/schema/page
page.validate = no
schema.dir = $source/schema/sql
media.dir = $dir/media
parcel.dir = $dir/parcel
worker.depot_seconds = 5
agent.poll_seconds = 1
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
include = $dir/conf/php/*.conf
T
	for login in suzuki hanako taro; do pool "$login"; done
}

# pool AREA: its own PHP. It looks at the movable clock; who runs the demo as
# himself cannot run PHP as somebody else.
pool() {
	mkdir -p "$dir/tmp/php/$1" && chown "$owner" "$dir/tmp/php/$1"
	fill "$source/conf/php-fpm/area.conf.in" | sed -e "s|@area@|$1|g" \
	    -e "s|@owner@|$owner|g; s|@web@|$owner|g; s|@tmp@|$dir/tmp/php|g" |
	    if [ "$(id -u)" -eq 0 ]; then cat; else grep -v '^\(user\|group\|listen[.]\)'; fi \
		>"$dir/conf/php/$1.conf"
	cat >>"$dir/conf/php/$1.conf" <<T
env[FAKETIME_TIMESTAMP_FILE] = $dir/clock
env[FAKETIME_CACHE_DURATION] = 0
env[FAKETIME_DONT_FAKE_MONOTONIC] = 1
env[FAKETIME_DISABLE_SHM] = 1
T
}

# The agent knows the manager's and the makers' keys on its own account.
agent_configuration() {
	mkdir -p "$dir/agent/depot" "$dir/agent/state"
	for name in provider maker; do
		cp "$dir/secret/depot-$name.pub" "$dir/agent/depot/$name.pub"
	done
	least=1
	[ "$owner" != root ] || least=0
	cat >"$dir/conf/agent.conf" <<T
server = web1
manager.url = ${url}agent
manager.key = $dir/key/job.pub
key = $dir/secret/agent.pem
depot.keys = $dir/agent/depot
area.root = $dir/area
state.dir = $dir/agent/state
owner.least_uid = $least
user = $owner
poll.seconds = 1
database.socket = $dir/hosting/mariadb.sock
database.password_file = $dir/hosting/password
T
}

# wrapper NAME PROGRAM: DIR/bin/NAME runs it with this demo's settings
wrapper() {
	cat >"$dir/bin/$1" <<T
#!/bin/sh
KAGIYA_CONF=$dir/conf/kagiya.conf; export KAGIYA_CONF
KAGIYA_AGENT_CONF=$dir/conf/agent.conf; export KAGIYA_AGENT_CONF
exec $clock $2 "\$@"
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
	# What a provider does for a new area: its folder, its PHP.
	cat >"$dir/bin/open-area" <<T
#!/bin/sh
set -e
mkdir -p "$dir/area/\$1" "$dir/tmp/php/\$1"
chown --reference="$dir/area/suzuki" "$dir/area/\$1" "$dir/tmp/php/\$1"
sed -e "s|^\\[suzuki]|[\$1]|; s|/suzuki\\.sock|/\$1.sock|" \
    -e "s|/area/suzuki/|/area/\$1/|; s|/tmp/php/suzuki|/tmp/php/\$1|g" \
    "$dir/conf/php/suzuki.conf" >"$dir/conf/php/\$1.conf"
kill -USR2 "\$(cat "$dir/run/php-fpm.pid")"
until [ -S "$dir/run/php/\$1.sock" ]; do sleep 0.1; done
T
	chmod +x "$dir/bin/sendmail" "$dir/bin/open-area"
}

database() {
	if [ ! -d "$dir/db/data/mysql" ]; then
		say "making the database"
		# --force: on a bare system not even "localhost" can be looked up
		TMPDIR=$dir/db mariadb-install-db --no-defaults --force \
		    --datadir="$dir/db/data" \
		    --auth-root-authentication-method=normal --skip-test-db \
		    --user="$(id -un)" >"$dir/log/install-db.log" 2>&1 ||
		    die "mariadb-install-db failed; see $dir/log/install-db.log"
	fi
	say "starting MariaDB"
	start mariadb mariadbd --defaults-file="$source/conf/mariadb.cnf" \
	    --datadir="$dir/db/data" --tmpdir="$dir/db" \
	    --socket="$dir/db/mariadb.sock" \
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

# The hosting server's own, not the shop's: its agent may make accounts and so
# do anything in it; a stolen hosting server must not reach the licenses.
hosting_files() {
	[ ! -f "$dir/hosting/password" ] || return 0
	mkdir -p -m 0700 "$dir/hosting"
	chown "$owner" "$dir/hosting"
	TMPDIR=$dir/hosting mariadb-install-db --no-defaults --force \
	    --datadir="$dir/hosting/data" \
	    --auth-root-authentication-method=normal --skip-test-db \
	    --user="$owner" >"$dir/log/install-hosting.log" 2>&1
}

hosting_start() {
	start mariadb-hosting mariadbd \
	    --defaults-file="$source/conf/mariadb-area.cnf" \
	    --datadir="$dir/hosting/data" --tmpdir="$dir/hosting" \
	    --socket="$dir/hosting/mariadb.sock" --user="$owner" \
	    --pid-file="$dir/hosting/mariadbd.pid"
}

# Once: whoever has the agent's password may do what root may.
hosting_account() {
	new=$dir/hosting/password.new
	await "the hosting server's MariaDB" mariadb-admin --no-defaults \
	    --socket="$dir/hosting/mariadb.sock" -u root ping
	[ ! -f "${new%.new}" ] || return 0
	od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$new"
	chmod 0600 "$new"
	chown "$owner" "$new"
	mariadb --no-defaults --socket="$dir/hosting/mariadb.sock" -u root <<T
CREATE OR REPLACE USER kagiya_agent@localhost IDENTIFIED BY '$(cat "$new")';
GRANT CREATE USER, CONNECTION ADMIN ON *.* TO kagiya_agent@localhost;
GRANT ALL PRIVILEGES ON \`kagiya\\_%\`.* TO kagiya_agent@localhost
    WITH GRANT OPTION;
ALTER USER root@localhost IDENTIFIED BY '$(cat "$new")';
T
	mv "$new" "${new%.new}"
}

# serve NAME PROCESSES PROGRAM...: a FastCGI program on run/NAME.sock; one that
# dies is started again, however often
serve() {
	name=$1 processes=$2
	shift 2
	start "$name" $clock KAGIYA_CONF="$dir/conf/kagiya.conf" \
	    LIBFCGI_OS_CLOSE_POLL_TIMEOUT=50 \
	    spawn-fcgi -n -s "$dir/run/$name.sock" -M 0660 -- \
	    /usr/bin/multiwatch -f "$processes" -r 1000 -t 1000 -- "$@"
}

programs() {
	say "starting the shop's programs"
	for screen in $screens; do
		serve "$screen" 2 "$build/fcgi/screen/$screen"
	done
	serve keycheck 4 "$build/fcgi/gate/keycheck"
	serve agent 2 "$build/fcgi/gate/agent"
	serve parcel 2 "$build/fcgi/gate/parcel"
	for name in provider maker; do
		serve "depot-$name" 1 /usr/bin/env KAGIYA_DEPOT_KEY="$dir/key/job.pub" \
		    "$build/fcgi/depot/depot"
	done
	start php-fpm $clock /usr/sbin/php-fpm8.2 -F $php_as_root \
	    -y "$dir/conf/php-fpm.conf"
	start nginx /usr/sbin/nginx -p "$dir/tmp" -e "$dir/log/nginx-error.log" \
	    -c "$dir/conf/nginx.conf"
	await nginx curl -fs -o /dev/null "${url}login"
}

# sign NAME: a new index of a depot
sign() {
	# good for as long as anybody may move the clock
	"$dir/bin/kagiya-pack" index --depot "$1" --days 3650 \
	    --key "$dir/secret/depot-$1.pem" "$dir/depot/$1"
}

# Once for a folder: packages from Debian's and our own, two makers' keys.
packages() {
	[ -f "$dir/depot/provider/index.xml" ] && return 0
	say "packing software for the depots"
	for name in provider maker; do
		"$dir/bin/kagiya-pack" keygen "$dir/secret/depot-$name.pem" \
		    "$dir/secret/depot-$name.pub"
	done
	# shared by the demos of one build: packed once
	sh "$source/conf/catalog/build.sh" "$build/fcgi/tool/kagiya-pack" \
	    "$dir/depot/provider" "$build/catalog-cache" $catalog \
	    >"$dir/log/catalog.log" 2>&1 ||
	    say "note: some of Debian's packages could not be had; see $dir/log/catalog.log"
	rm -rf "$dir/tmp/groupware"
	sh "$source/tests/sample/groupware/assemble.sh" 2.0 "$dir/tmp/groupware"
	"$dir/bin/kagiya-pack" build "$dir/tmp/groupware" "$dir/depot/maker"
	sign maker
	sign provider
}

# Depots, prices, the hosting server, customers with their areas: once.
furnish() {
	[ -f "$dir/demo.env" ] && return 0
	say "filling the catalog"
	kagiya depot add provider "$provider_url" --key "$dir/secret/depot-provider.pub"
	kagiya depot add maker "$maker_url" --key "$dir/secret/depot-maker.pub"
	kagiya depot read
	kagiya software list | cut -f 1 | while read -r code; do
		kagiya software price "$code" 1000
		kagiya software show "$code"
	done
	kagiya software price groupware 3000
	kagiya software price groupware 2500 --users-from 20
	"$dir/bin/kagiya-pack" keygen "$dir/secret/agent.pem" "$dir/secret/agent.pub"
	kagiya server add web1 --os "Debian 12 / x86-64" --ip 127.0.0.2 \
	    --php "$(php -r 'echo PHP_VERSION;')" \
	    --mariadb "$(mariadbd --version | sed 's/.* Ver \([0-9.]*\).*/\1/')" \
	    --key "$dir/secret/agent.pub"
	password=Kagiya-$(od -An -N9 -tx1 /dev/urandom | tr -d ' \n')
	printf '%s\n' "$password" >"$dir/secret/password"
	kagiya account add suzuki --name 鈴木 --email suzuki@example.jp \
	    --password "$dir/secret/password"
	kagiya account add staff --kind staff --name 係 --email staff@example.jp \
	    --password "$dir/secret/password"
	first=$(kagiya account add hanako --name 花子 --email hanako@example.jp)
	second=$(kagiya account add taro --name Taro --language en --email taro@example.jp)
	for login in suzuki hanako taro; do
		mkdir -p "$dir/area/$login"
		chown "$owner" "$dir/area/$login"
		kagiya area add "$login" web1 "$login" --owner "$owner" \
		    --url "$area_url$login/"
	done
	cat >"$dir/demo.env.new" <<T
KAGIYA_URL=$url
KAGIYA_CUSTOMER_LOGIN=suzuki
KAGIYA_CUSTOMER_PASSWORD=$password
KAGIYA_STAFF_LOGIN=staff
KAGIYA_STAFF_PASSWORD=$password
KAGIYA_NEW_LOGIN=hanako
KAGIYA_NEW_PASSWORD=$first
KAGIYA_NEW_LOGIN_2=taro
KAGIYA_NEW_PASSWORD_2=$second
KAGIYA_DB_SOCKET=$dir/db/mariadb.sock
KAGIYA_DB_NAME=kagiya
KAGIYA_DB_USER=kagiya_reader
KAGIYA_AREA_DIR=$dir/area/suzuki
KAGIYA_AREA_URL=${area_url}suzuki/
KAGIYA_AREA_ROOT=$dir/area
KAGIYA_DEPOT_DIR=$dir/depot
KAGIYA_MAIL_DIR=$dir/mail
KAGIYA_BIN=$dir/bin
KAGIYA_CONF=$dir/conf/kagiya.conf
T
	mv "$dir/demo.env.new" "$dir/demo.env"
}

# A program that must run once only: started again when it dies.
keep() {
	name=$1
	shift
	start "$name" $clock KAGIYA_CONF="$dir/conf/kagiya.conf" \
	    /usr/bin/multiwatch -f 1 -r 1000 -t 1 -- "$@"
}

greet() {
	. "$dir/demo.env"
	cat <<T
demo: up at $KAGIYA_URL
demo:   customer   $KAGIYA_CUSTOMER_LOGIN  $KAGIYA_CUSTOMER_PASSWORD
demo:   newcomers  $KAGIYA_NEW_LOGIN  $KAGIYA_NEW_PASSWORD  (initial password)
demo:              $KAGIYA_NEW_LOGIN_2  $KAGIYA_NEW_PASSWORD_2  (initial password, English)
demo:   staff      $KAGIYA_STAFF_LOGIN  $KAGIYA_STAFF_PASSWORD
demo: all of it in $dir; addresses for scripts in $dir/demo.env
T
}

printf '%s\n' "$$" >"$dir/run/demo.pid"
trap 'end; exit 0' TERM INT HUP
trap end EXIT
faketime=$(find /usr/lib -name libfaketime.so.1 | head -n 1)
[ -n "$faketime" ] || die "libfaketime is missing: install Debian's faketime"
# the movable clock: words before a command, unquoted, for no path has blanks
clock="env LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$dir/clock
    FAKETIME_CACHE_DURATION=0 FAKETIME_DONT_FAKE_MONOTONIC=1
    DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1"
clock=$(echo $clock)
folders
owner
php_as_root=
[ "$owner" != root ] || php_as_root=-R
configuration
commands
# what takes long and needs no database, meanwhile
{ hosting_files && packages; } &
meanwhile=$!
database
wait "$meanwhile" ||
    die "the packages or a database were not made; see $dir/log"
hosting_start
programs
furnish
hosting_account
agent_configuration
keep worker "$build/fcgi/worker/kagiya-worker"
keep kagiya-agent "$build/fcgi/agent/kagiya-agent" --conf "$dir/conf/agent.conf"
greet
touch "$dir/run/ready"
# until a part that must not end does, or somebody ends us
while sleep 1; do
	for name in mariadb nginx; do
		read -r pid <"$dir/run/$name.pid"
		kill -0 "$pid" 2>/dev/null || die "$name has ended; see $dir/log"
	done
done
