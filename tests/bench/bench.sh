#!/bin/sh
# bench: ratios against peers, all in one run on one machine, medians of
# rounds taken in turn. Prints a table, writes tests/bench/result.json.
set -eu
. "$top_srcdir/tests/browser/demo.sh"
. "$top_srcdir/tests/story/shop.sh"

rounds=${ROUNDS:-5}
seconds=${SECONDS_A_ROUND:-4}
pages=${PAGES:-100000}
processes=4 # of either, as conf/systemd starts the catalog

demo_start
shop=$KAGIYA_URL
port=${KAGIYA_URL##*:}; port=$((${port%/} + 1))
work=$demo/bench
mkdir -p "$work"
. "$top_srcdir/tests/bench/lib.sh"
command -v wrk >/dev/null || bench_die "wrk is missing"

sql() {
	mariadb --no-defaults --socket="$KAGIYA_DB_SOCKET" -u root -N kagiya -e "$1"
}

# The same 20 programs for both.
fill_catalog() {
	for n in $(seq 1 30); do
		printf "INSERT IGNORE INTO software (code, depot_id, maker, category, visible, created_at)
		    SELECT 'bench-%s', depot_id, 'メーカー', 'office', 1, '2026-01-01' FROM depot LIMIT 1;
		INSERT IGNORE INTO version (software_id, version, position, released_on, manifest_sha256, manifest,
		    archive_size, unpacked_size, file_count)
		    SELECT software_id, '1.0', 1, '2026-01-01', UNHEX(SHA2('x', 256)), '', 1, 1, 1 FROM software WHERE code = 'bench-%s';
		UPDATE software s JOIN version v USING (software_id) SET s.latest_version_id = v.version_id WHERE s.code = 'bench-%s';
		INSERT IGNORE INTO software_text SELECT software_id, 'ja', 'ソフトウェア%s', 'いろいろな仕事に使える便利なソフトウェアです。', '<p>x</p>', 'x' FROM software WHERE code = 'bench-%s';
		INSERT IGNORE INTO price (software_id, users_from, amount, valid_from)
		    SELECT software_id, 1, 1000 + %s, '2026-01-01' FROM software WHERE code = 'bench-%s';\n" \
		    "$n" "$n" "$n" "$n" "$n" "$n" "$n"
	done | mariadb --no-defaults --socket="$KAGIYA_DB_SOCKET" -u root kagiya
}

# serve PROCESSES: the catalog, without the demo's movable clock; a process
# lives long enough for its memory to be watched
serve() {
	{ cat "$demo/conf/kagiya.conf" && echo 'process.requests = 1000000000'; } \
	    >"$work/kagiya.conf"
	rm -f "$work/catalog.sock"
	env KAGIYA_CONF="$work/kagiya.conf" spawn-fcgi -n \
	    -s "$work/catalog.sock" -- /usr/bin/multiwatch -f "$1" -- \
	    "$top_builddir/fcgi/screen/catalog" >"$work/catalog.log" 2>&1 &
	ours_pid=$!
}

peers() {
	sql "CREATE USER IF NOT EXISTS peer@localhost IDENTIFIED BY 'peer';
	    GRANT SELECT ON kagiya.* TO peer@localhost"
	fpm_settings "$processes" >"$work/fpm.conf"
	cat >"$work/nginx.conf" <<T
$([ "$(id -u)" -eq 0 ] && echo 'user root;')
worker_processes 1;
daemon off;
pid $work/nginx.pid;
error_log $work/nginx.log;
events { worker_connections 256; }
http {
	access_log off;
	client_body_temp_path $work/b; proxy_temp_path $work/p;
	fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
	server {
		listen 127.0.0.1:$port;
		location = /catalog {
			include /etc/nginx/fastcgi_params;
			fastcgi_pass unix:$work/catalog.sock;
		}
		location = /peer {
			include /etc/nginx/fastcgi_params;
			fastcgi_param SCRIPT_FILENAME $top_srcdir/tests/bench/peer/catalog.php;
			fastcgi_param PEER_SOCKET $KAGIYA_DB_SOCKET;
			fastcgi_param PEER_DATABASE kagiya;
			fastcgi_param PEER_USER peer;
			fastcgi_param PEER_PASSWORD peer;
			fastcgi_param PEER_URL $KAGIYA_URL;
			fastcgi_param PEER_SKIN $top_srcdir/xslt/stock;
			fastcgi_pass unix:$work/fpm.sock;
		}
	}
}
T
	serve "$processes"
	/usr/sbin/php-fpm8.2 -R -F -y "$work/fpm.conf" >"$work/fpm.out" 2>&1 &
	fpm=$!
	/usr/sbin/nginx -p "$work" -e "$work/nginx.log" -c "$work/nginx.conf" &
	nginx=$!
	trap 'kill $fpm $nginx $ours_pid 2>/dev/null || :; wait $fpm $nginx $ours_pid 2>/dev/null || :; demo_end' EXIT
	until_true 20 answers peer || bench_die "the peer does not answer"
}
answers() {
	[ "$(curl -s -o "$work/$1.html" -w '%{http_code}' -H "Cookie: session=$session" "http://127.0.0.1:$port/$1")" = 200 ]
}

# rate PATH: answers a second
rate() {
	wrk -t1 -c4 -d"$seconds" -H "Cookie: session=$session" \
	    "http://127.0.0.1:$port/$1" >"$work/wrk"
	if grep -q 'Non-2xx' "$work/wrk"; then
		bench_die "$1 answers with errors"
	fi
	awk '/^Requests\/sec/ { print $2 }' "$work/wrk"
}

children() {
	cat "/proc/$1/task/$1/children"
}

# ticks PID...: processor time of all of them
ticks() {
	for pid in "$@"; do
		awk '{ print $14 + $15 }' "/proc/$pid/stat"
	done | awk '{ n += $1 } END { print n }'
}

resident() {
	for pid in $(children "$ours_pid"); do
		awk '/^VmRSS/ { print $2 }' "/proc/$pid/status"
	done | sort -n | tail -n 1
}

# The median of the rounds' ratios: others may use the machine meanwhile.
catalog() {
	for file in ours theirs ratios; do
		: >"$work/$file"
	done
	for round in $(seq "$rounds"); do
		ours=$(rate catalog)
		theirs=$(rate peer)
		echo "$ours" >>"$work/ours"
		echo "$theirs" >>"$work/theirs"
		echo "$(ratio "$ours" "$theirs")" >>"$work/ratios"
	done
	note catalog_pages_s "$(median <"$work/ours")" "catalog pages a second, ours"
	note peer_pages_s "$(median <"$work/theirs")" "the same page from PHP-FPM"
	note catalog_vs_php "$(median <"$work/ratios")" "wanted: at least 3"
}

# cost PATH NAME PID...: processor time of a page, in milliseconds: of these
# processes, of MariaDB, of nginx
cost() {
	path=$1
	name=$2
	shift 2
	database=$(cat "$demo/run/mariadb.pid")
	front=$(children "$nginx")
	programs=$(ticks "$@")
	databases=$(ticks "$database")
	fronts=$(ticks $front)
	rate "$path" >/dev/null
	served=$(awk '/requests in/ { print $1 }' "$work/wrk")
	programs=$(($(ticks "$@") - programs))
	databases=$(($(ticks "$database") - databases))
	fronts=$(($(ticks $front) - fronts))
	for part in "program $programs" "mariadb $databases" "nginx $fronts"; do
		note "${name}_${part% *}_cpu_ms" "$(awk -v t="${part#* }" -v n="$served" \
		    -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.3f", t * 1000 / hz / n }')" \
		    "processor time a page"
	done
}

# Of one process all the time: what it is at a tenth is what it is at the end.
memory() {
	kill "$ours_pid"
	wait "$ours_pid" || :
	serve 1
	until_true 20 answers catalog || bench_die "the catalog does not answer"
	born=$(children "$ours_pid")
	served=0
	tenth=
	while [ $served -lt "$pages" ]; do
		rate catalog >/dev/null
		served=$((served + $(awk '/requests in/ { print $1 }' "$work/wrk")))
		[ -n "$tenth" ] || [ $served -lt $((pages / 10)) ] ||
		    tenth=$(resident) tenth_at=$served
	done
	last=$(resident)
	[ "$born" = "$(children "$ours_pid")" ] ||
	    bench_die "the process ended while its memory was watched"
	note catalog_rss_tenth_kib "$tenth" "resident after $tenth_at pages"
	note catalog_rss_kib "$last" "resident after $served pages, the same process"
	note catalog_rss_growth "$(ratio "$last" "$tenth")" "wanted: flat"
}

# 50 MB of files that hardly shrink, as a package of the maker's.
big_package() {
	folder=$work/big
	mkdir -p "$folder/files"
	sh "$top_srcdir/tests/sample/groupware/assemble.sh" 2.0 "$work/small"
	sed 's/name="groupware"/name="big"/' "$work/small/package.xml" >"$folder/package.xml"
	cp "$work/small"/*.svg "$work/small"/*.png "$folder/" 2>/dev/null || :
	cp -R "$work/small/files/." "$folder/files/"
	for n in $(seq 500); do
		head -c 104858 /dev/urandom >"$folder/files/part-$n.bin"
	done
	"$KAGIYA_BIN/kagiya-pack" build "$folder" "$KAGIYA_DEPOT_DIR/maker" >/dev/null
	"$KAGIYA_BIN/kagiya-pack" index --depot maker \
	    --key "$demo/secret/depot-maker.pem" "$KAGIYA_DEPOT_DIR/maker" >/dev/null
	"$KAGIYA_BIN/kagiya" depot read maker >/dev/null
	"$KAGIYA_BIN/kagiya" software show big
	archive=$(ls "$KAGIYA_DEPOT_DIR"/maker/big/*/archive.tar.*)
}

# seconds_of_job: from the agent's first step to its last, by its log
seconds_of_job() {
	grep -E "agent\.(step|done) .*job=$1( |\$)" "$demo/log/kagiya-agent.log" |
	    sed 's/^<.>\([^ ]*\)Z.*/\1/' | sed -n '1p;$p' |
	    while read -r stamp; do date -d "$stamp" +%s.%N; done |
	    awk 'NR == 1 { a = $1 } { b = $1 } END { printf "%.4f\n", b - a }'
}

tar_and_digest() {
	rm -rf "$work/out"
	mkdir "$work/out"
	began=$(date +%s.%N)
	sha256sum "$archive" >/dev/null
	tar xf "$archive" -C "$work/out"
	awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { printf "%.4f\n", b - a }'
}

installing() {
	big_package
	: >"$work/install"; : >"$work/tar"
	for round in $(seq "$rounds"); do
		install big "bench $round"
		[ "$(at '//job/@state')" = done ] || bench_die "the install failed"
		seconds_of_job "$(at '//job/@id')" >>"$work/install"
		tar_and_digest >>"$work/tar"
		uninstall "$serial"
	done
	ours=$(median <"$work/install"); theirs=$(median <"$work/tar")
	note install_s "$ours" "installing a package of 50 MB"
	note tar_s "$theirs" "tar x of its archive and its SHA-256"
	note install_vs_tar "$(ratio "$ours" "$theirs")" "wanted: at most 1.5"
}

enter "$KAGIYA_CUSTOMER_LOGIN" "$KAGIYA_CUSTOMER_PASSWORD"
session=$(awk '$6 == "session" { print $7 }' "$jar")
fill_catalog
peers
for name in catalog peer; do
	answers $name && grep -q 'bench-1[^0-9]' "$work/$name.html" && continue
	bench_die "$name does not show the catalog"
done
catalog
cost catalog catalog $(children "$ours_pid")
cost peer peer $(children "$fpm")
memory
installing
result catalog
shop_end
