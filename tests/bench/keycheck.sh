#!/bin/sh
# keycheck: the key check against PHP-FPM, Node and a constant answer, all
# behind one nginx, medians of rounds taken in turn; and against itself with
# more licenses. Prints a table, writes tests/bench/result.json.
#   SIZES="1000 1000000 10000000"   licenses; the first one is compared with
#   ROUNDS=5 SECONDS_A_ROUND=4
set -eu
. "$top_srcdir/tests/browser/demo.sh"

rounds=${ROUNDS:-5}
seconds=${SECONDS_A_ROUND:-4}
sizes=${SIZES:-1000 1000000 10000000}
connections=32
work=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-bench-XXXXXX")
chmod 755 "$work"
port=$(free_port)
pids=
leave() {
	status=$?
	trap - EXIT
	for pid in $pids; do kill "$pid" 2>/dev/null || :; done
	wait
	[ $status -eq 0 ] && rm -rf "$work" || echo "bench: left in $work" >&2
	exit $status
}
trap leave EXIT
. "$top_srcdir/tests/bench/lib.sh"
command -v wrk >/dev/null || bench_die 'wrk is missing'
mkdir "$work/secret" "$work/key" "$work/node" "$work/tmp"

# until_true SECONDS COMMAND...
until_true() {
	left=$(($1 * 10)); shift
	until "$@" >/dev/null 2>&1; do
		left=$((left - 1))
		[ $left -gt 0 ] || return 1
		sleep 0.1
	done
}

# Durable as in production; caches large enough for ten million licenses.
database_run() {
	mariadbd --no-defaults --datadir="$work/data" --tmpdir="$work/tmp" \
	    --socket="$work/db.sock" --pid-file="$work/db.pid" --skip-networking \
	    --skip-name-resolve --user="$(id -un)" --skip-log-bin \
	    --innodb-buffer-pool-size="$1" --innodb-log-file-size=1G \
	    --innodb-flush-log-at-trx-commit="$2" --local-infile=OFF \
	    >>"$work/db.log" 2>&1 </dev/null &
	database=$!
	pids="$pids $database"
	until_true 60 mariadb-admin --no-defaults --socket="$work/db.sock" \
	    -u root ping || bench_die "$(tail -n 3 "$work/db.log")"
}
database_end() {
	kill "$database"
	wait "$database" || :
}
sql() {
	mariadb --no-defaults --socket="$work/db.sock" -u root -N "$@"
}

settings() {
	cat <<-T
	site.name = Bench
	site.url = https://shop.example/
	database.socket = $work/db.sock
	database.name = check_$1
	database.user = check_$1_%p
	database.password_file = $work/secret/database-$1-%p
	secret.form_file = $work/secret/form
	secret.key_file = $work/secret/key
	key.dir = $work/key
	media.dir = $work/media
	schema.dir = $top_srcdir/schema/sql
	skin.dir = $top_srcdir/xslt/stock
	skin.schema_dir = $top_srcdir/schema/page
	keycheck.dir = $work/keycheck-$1
	keycheck.right_minute = 1000000
	T
	[ ! -f "$work/set" ] || cat "$work/set"
}

# What a license refers to; then the licenses.
fill() {
	accounts=$(($1 / 10 + 1))
	"$top_builddir/tests/bench/check_rows" "$1" "$work/questions-$1" \
	    >"$work/rows"
	chmod 644 "$work/rows"
	sql "check_$1" <<-T
	SET foreign_key_checks = 0, unique_checks = 0;
	INSERT INTO depot (name, url, public_key) VALUES ('bench', 'http://x/', RANDOM_BYTES(32));
	INSERT INTO server (name, os_model, ip_address, public_key) VALUES ('bench', 'Debian', '127.0.0.1', RANDOM_BYTES(32));
	INSERT INTO account (login, kind, name, email, language, password_hash, created_at)
	    SELECT CONCAT('customer', seq), 'customer', 'x', 'x@example.org', 'ja', '-', '2026-01-01' FROM seq_1_to_$accounts;
	INSERT INTO area (account_id, server_id, name, owner, url) VALUES (1, 1, 'a', 'a', 'http://x/');
	INSERT INTO software (code, depot_id, maker, category, created_at)
	    SELECT CONCAT('bench-', seq), 1, 'm', 'office', '2026-01-01' FROM seq_1_to_20;
	INSERT INTO version (software_id, version, position, released_on, manifest_sha256, manifest, archive_size, unpacked_size, file_count)
	    SELECT software_id, '1.0', 1, '2026-01-01', RANDOM_BYTES(32), '', 1, 1, 1 FROM software;
	UPDATE software s JOIN version v USING (software_id) SET s.latest_version_id = v.version_id;
	LOAD DATA INFILE '$work/rows' INTO TABLE license (serial, account_id, software_id, product, instance, @digest)
	    SET key_digest = UNHEX(@digest), version_id = software_id, area_id = 1, status = '3', users = 5,
	    os_model = 'Debian 12', ip_address = '127.0.0.1', directory = 'p', settings = '{}', paid = 1,
	    trial_start = '2026-01-01', trial_end = '2026-03-02', key_entered_at = '2026-01-02', created_at = '2026-01-01';
	T
	rm "$work/rows"
}

databases() {
	mariadb-install-db --no-defaults --force --datadir="$work/data" \
	    --auth-root-authentication-method=normal --skip-test-db \
	    --user="$(id -un)" >"$work/install.log" 2>&1
	database_run 10G 0
	for size in $sizes; do
		settings "$size" >"$work/kagiya-$size.conf"
		export KAGIYA_CONF="$work/kagiya-$size.conf"
		[ -f "$work/key/check.pem" ] ||
		    "$top_builddir/fcgi/tool/kagiya" keys make >/dev/null
		"$top_builddir/fcgi/tool/kagiya" schema upgrade >/dev/null
		"$top_builddir/fcgi/tool/kagiya" schema grant
		fill "$size"
	done
	first=${sizes%% *}
	sql -e "CREATE USER peer@localhost IDENTIFIED BY 'peer';
	    GRANT SELECT ON check_$first.* TO peer@localhost"
	database_end
	database_run 10G 1
}

# pool NAME COMMAND...: two processes of it, as the units start them
pool() {
	socket=$work/$1.sock
	shift
	spawn-fcgi -n -s "$socket" -- /usr/bin/multiwatch -f 2 -- "$@" \
	    >>"$work/pool.log" 2>&1 &
	pids="$pids $!"
}

peers() {
	seed=$(openssl rand -hex 32)
	signer=$(php -r 'echo bin2hex(sodium_crypto_sign_secretkey(
	    sodium_crypto_sign_seed_keypair(hex2bin($argv[1]))));' "$seed")
	cp "$top_srcdir/tests/bench/peer/"*.js* "$work/node/"
	(cd "$work/node" && npm ci --no-audit --no-fund >npm.log 2>&1) ||
	    bench_die "npm: $(tail -n 2 "$work/node/npm.log")"
	for n in 1 2; do
		env PEER_SOCKET="$work/db.sock" PEER_DATABASE="check_$first" \
		    PEER_USER=peer PEER_PASSWORD=peer PEER_SEED="$seed" \
		    PEER_KEY_SECRET="$(cat "$work/secret/key")" NODE_ENV=production \
		    node "$work/node/keycheck.js" "$work/node-$n.sock" \
		    >>"$work/node.log" 2>&1 &
		pids="$pids $!"
	done
	fpm_settings 2 >"$work/fpm.conf"
	/usr/sbin/php-fpm8.2 -R -F -y "$work/fpm.conf" >"$work/fpm.out" 2>&1 &
	pids="$pids $!"
	pool hello "$top_builddir/tests/bench/hello"
}

location() {
	cat <<-T
	location = /$1 {
		include /etc/nginx/fastcgi_params;
		fastcgi_pass unix:$work/$1.sock;
	}
	T
}

web() {
	cat >"$work/nginx.conf" <<-T
	$([ "$(id -u)" -eq 0 ] && echo 'user root;')
	worker_processes 2;
	daemon off;
	pid $work/nginx.pid;
	error_log $work/nginx.log;
	events { worker_connections 1024; }
	http {
		access_log off;
		client_body_temp_path $work/b; proxy_temp_path $work/p;
		fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
		upstream node {
			server unix:$work/node-1.sock max_fails=0;
			server unix:$work/node-2.sock max_fails=0;
			keepalive 64;
		}
		server {
			listen 127.0.0.1:$port;
			location = /php {
				include /etc/nginx/fastcgi_params;
				fastcgi_param SCRIPT_FILENAME $top_srcdir/tests/bench/peer/keycheck.php;
				fastcgi_param PEER_SOCKET $work/db.sock;
				fastcgi_param PEER_DATABASE check_$first;
				fastcgi_param PEER_USER peer;
				fastcgi_param PEER_PASSWORD peer;
				fastcgi_param PEER_KEY_SECRET $(cat "$work/secret/key");
				fastcgi_param PEER_SIGNER $signer;
				fastcgi_pass unix:$work/fpm.sock;
			}
			location = /node {
				proxy_http_version 1.1;
				proxy_set_header Connection "";
				proxy_set_header X-Real-IP \$remote_addr;
				proxy_pass http://node/keycheck;
			}
			$(location hello)
			$(for size in $sizes; do location "keycheck-$size"; done)
		}
	}
	T
	nginx -p "$work" -e "$work/nginx.log" -c "$work/nginx.conf" &
	pids="$pids $!"
}

# Each must give what it is measured for.
proper() {
	head -n 1 "$work/questions-$1" >"$work/body"
	tr -d '\n' <"$work/body" >"$work/body1"
	curl -s --data @"$work/body1" "http://127.0.0.1:$port/$2" |
	    cut -d. -f2 | tr '_-' '/+' |
	    { cat; printf '==='; } | base64 -di 2>/dev/null |
	    grep -q '"code":"VALID"'
}

# answers NAME: their median in $rate after all rounds
measured() {
	for name in php node hello $(for s in $sizes; do echo "keycheck-$s"; done); do
		: >"$work/rate-$name"
	done
	for round in $(seq "$rounds"); do
		for name in php node hello $(for s in $sizes; do echo "keycheck-$s"; done); do
			size=${name#keycheck-}
			[ "$size" != "$name" ] || size=$first
			load "/$name" "$work/questions-$size" "$seconds" $connections
			printf '%s\n' "$rate" >>"$work/rate-$name"
		done
	done
}
# 1000 is 1k, 10000000 is 10m
short() {
	printf '%s\n' "$1" | sed 's/000000$/m/; s/000$/k/'
}
of() {
	median <"$work/rate-$1"
}

# Its two processes, by their settings file.
processes() {
	for exe in /proc/[0-9]*/exe; do
		[ "$(readlink "$exe")" = "$top_builddir/fcgi/gate/keycheck" ] || continue
		process=${exe%/exe}
		tr '\0' '\n' <"$process/environ" |
		    grep -qx "KAGIYA_CONF=$work/kagiya-$first.conf" &&
		    printf '%s\n' "${process#/proc/}"
	done
}
resident() {
	for pid in $(processes); do
		awk '/^VmRSS/ { print $2 }' "/proc/$pid/status"
	done | sort -n | tail -n 1
}

databases
for size in $sizes; do
	export KAGIYA_CONF="$work/kagiya-$size.conf"
	pool "keycheck-$size" "$top_builddir/fcgi/gate/keycheck"
done
peers
web
for name in php node; do
	until_true 20 proper "$first" $name || bench_die "$name gives no right answer"
done
for size in $sizes; do
	until_true 20 proper "$size" "keycheck-$size" ||
	    bench_die "the gate gives no right answer with $size licenses"
done

measured
ours=$(of "keycheck-$first")
note keycheck_s "$ours" 'signed checks a second, ours'
note keycheck_php_s "$(of php)" 'PHP-FPM'
note keycheck_node_s "$(of node)" 'Node with fastify'
note keycheck_hello_s "$(of hello)" 'a constant by libfcgi'
note keycheck_vs_php "$(ratio "$ours" "$(of php)")" 'wanted: at least 2'
note keycheck_vs_node "$(ratio "$ours" "$(of node)")" 'wanted: at least 1.5'
note keycheck_vs_hello "$(ratio "$ours" "$(of hello)")" 'wanted: at least 0.45'
for size in $sizes; do
	[ "$size" = "$first" ] ||
	    note "keycheck_$(short "$size")_vs_$(short "$first")" \
		"$(ratio "$(of "keycheck-$size")" "$ours")" 'wanted: 0.9 to 1.1'
done

# Half the rate: as many connections as wait long enough.
pause=$(awk -v rate="$ours" 'BEGIN { printf "%d", 64 / (rate / 2) * 1000 }')
load "/keycheck-$first" "$work/questions-$first" $((seconds * 3)) 64 "$pause"
note keycheck_half_s "$rate" 'checks a second while that was measured'
note keycheck_p99_ms "$p99" 'wanted: below 5'

before=$(resident)
load "/keycheck-$first" "$work/questions-$first" $((seconds * 5)) $connections
note keycheck_rss_kib "$(resident)" "resident KiB; wanted: below 16384; $before before"
result keycheck
