# fault: a whole shop whose programs are killed, and what must be true of it
# afterwards. To be read after tap.sh, demo.sh and shop.sh.
#   fault_start           a demo of one's own, the customer is logged in
#   kids NAME             pids of the program that run/NAME.pid watches over
#   hold NAME, go_on NAME   stops and continues it
#   down NAME             kill -9; it is started again by its watch
#   nap MS, below N       a moment; a random number
#   fill PATH FORM NAME=VALUE...   opens the page and fills in its form ...
#   put                   ... which is sent, as often as one likes
#   cut_short MS COMMAND...     sends it, and runs the command MS later; $cut is the
#                         answer's status
#   adopt_database, start_database, kill_database   MariaDB is the test's own
#   query SQL            as the database user that may only read
#   oracle                prints what is wrong in the tables
#   trees                 prints what is wrong in the customer's area

fault_dir=$top_srcdir/tests/fault

reader() {
	mariadb --no-defaults --socket="$KAGIYA_DB_SOCKET" --batch \
	    --skip-column-names --default-character-set=utf8mb4 \
	    -u "$KAGIYA_DB_USER" "$KAGIYA_DB_NAME" "$@"
}

query() {
	reader -e "SELECT $1"
}

kids() {
	for kids_of; do
		read -r kids_pid <"$demo/run/$kids_of.pid"
		cat "/proc/$kids_pid/task/$kids_pid/children" 2>/dev/null || :
	done
}

# shellcheck disable=SC2046
hold() { kill -STOP $(kids "$@"); }
# shellcheck disable=SC2046
go_on() { kill -CONT $(kids "$@"); }
# shellcheck disable=SC2046
down() { kill -KILL $(kids "$@") 2>/dev/null || :; }

below() {
	echo $(($(od -An -N2 -tu2 /dev/urandom) % $1))
}

nap() {
	sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"
}

ms() {
	echo $(($(date +%s%N) / 1000000))
}

filled=${TMPDIR:-/tmp}/kagiya-form-$$

# A program that had no database a moment ago may still say so.
has_form() {
	visit "$form_path"
	action=$(at "//form[@name='$form_name']/@action")
	[ -n "$action" ]
}
fill() {
	form_path=$1 form_name=$2
	shift 2
	until_true 10 has_form || tap_fail "a form $form_name in $form_path"
	{
		for pair in "$@"; do printf '%s\n' "$pair"; done
		xmllint --xpath "//form[@name='$form_name']/field[@kind='hidden' or @kind='token']" \
		    "$answer" 2>/dev/null | sed 's/<field/\n&/g' |
		    sed -n 's/.*name="\([^"]*\)".*<value>\(.*\)<\/value>.*/\1=\2/p'
	} | awk -F = '!seen[$1]++ { printf "data-urlencode = \"%s\"\n", $0 }' >"$filled"
}

put() {
	visit "$action" -H "Origin: ${shop%/}" -H 'Sec-Fetch-Site: same-origin' \
	    -K "$filled" "$@"
}

cut_short() {
	cut_after=$1
	shift
	curl -s -o "$filled.answer" -w '%{http_code}' -b "$jar" --max-time 60 \
	    -H "Origin: ${shop%/}" -H 'Sec-Fetch-Site: same-origin' \
	    -K "$filled" "$shop$action" >"$filled.status" &
	cut_pid=$!
	nap "$cut_after"
	"$@"
	wait "$cut_pid" || :
	cut=$(cat "$filled.status")
}

buyer_fields() {
	cat <<-T
	company=株式会社○×
	department=営業部
	contact=鈴木
	tel=03-1234-5678
	fax=03-1234-5679
	email=1234@1234.co.jp
	postcode=100-0001
	address1=東京都
	address2=千代田区○○1-1-1
	payment_method=P
	T
}

# fill_purchase SERIAL: as another company each time, so that all is written
fill_purchase() {
	set -- "$1" "company=株式会社 $1"
	for pair in $(buyer_fields | sed 1d); do
		set -- "$@" "$pair"
	done
	serial=$1
	shift
	fill "purchase?serial=$serial" purchase "$@"
}

oracle() {
	reader <"$fault_dir/oracle.sql"
}

# Every file and folder that should be in the area, as find sees them; with
# sums of the files of the package.
wanted_tree() {
	query "directory, serial FROM license JOIN area USING (area_id)
	    WHERE name = 'suzuki' AND status IN ('1', '3')" >"$filled.installed"
	sed -n 's/^<file path="\([^"]*\)".* sha256="\([^"]*\)".*/\2 \1/p' \
	    "$KAGIYA_DEPOT_DIR/maker/groupware/2.0/manifest.xml" >"$filled.files"
	awk -F '\t' '
	function folder(path) {
		while (sub(/\/[^\/]*$/, "", path))
			print "d - " path
	}
	FNR == NR { split($0, part, " "); sum[part[2]] = part[1]; next }
	{
		for (path in sum) {
			print "f " sum[path] " " $1 "/" path
			folder($1 "/" path)
		}
		print "d - " $1 "/data"
		print "f - " $1 "/kagiya-license.ini"
		print "f - " $1 "/kagiya-setting.ini"
	}' "$filled.files" "$filled.installed" | sort -u
}

seen_tree() {
	(
		cd "$KAGIYA_AREA_DIR" || exit
		find . -mindepth 1 -type d -printf 'd - %P\n'
		find . -type f -name 'kagiya-*.ini' -printf 'f - %P\n'
		find . -type f ! -name 'kagiya-*.ini' -exec sha256sum {} + |
		    sed 's/^\([0-9a-f]*\)  \.\//f \1 /'
		find . -mindepth 1 ! -type f ! -type d -printf '%y - %P\n'
	) | sort -u
}

licensed() {
	while IFS='	' read -r directory serial; do
		place=$KAGIYA_AREA_DIR/$directory
		[ "$(ini serial)" = "$serial" ] || echo "$directory: not $serial"
	done <"$filled.installed"
}

# An empty .kagiya may stay: the next job wants it again.
trees() {
	wanted_tree >"$filled.wanted"
	seen_tree | grep -vx 'd - .kagiya' >"$filled.seen" || :
	diff "$filled.wanted" "$filled.seen" | head -n 20
	licensed
	cut -f 2 "$filled.installed" | sort >"$filled.wanted"
	ls "$demo/agent/state/installed" | sort >"$filled.seen"
	diff "$filled.wanted" "$filled.seen"
	find "$demo/agent/state/job" -mindepth 1
}

# A folder that shows itself has all its files, at any moment.
torn() {
	find "$KAGIYA_AREA_DIR" -name .kagiya -prune -o -type f -printf '%P\n' |
	    awk -v files="$1" '
	    { split($0, part, "/"); n[part[1] "/" part[2]]++ }
	    END { for (at in n) if (n[at] != files) print at, n[at] }'
}

# The demo's own watch over MariaDB is told of another process: its own. From
# now on MariaDB ends with the test: $database is its pid.
adopt_database() {
	read -r database <"$demo/run/mariadb.pid"
	tr '\0' '\n' <"/proc/$database/cmdline" >"$filled.database"
	cp "$demo/run/demo.pid" "$demo/run/mariadb.pid"
}
start_database() {
	set --
	while IFS= read -r word; do set -- "$@" "$word"; done <"$filled.database"
	"$@" >>"$demo/log/mariadb.log" 2>&1 </dev/null &
	database=$!
	until_true 30 mariadb-admin --no-defaults --connect-timeout=2 \
	    --socket="$KAGIYA_DB_SOCKET" -u root ping >/dev/null 2>&1
}
# A dead process stays visible until its parent looks.
database_gone() {
	case $(sed 's/.*) //' "/proc/$database/stat" 2>/dev/null) in
	'' | Z*) return 0 ;;
	esac
	return 1
}
kill_database() {
	kill -KILL "$database"
	until_true 10 database_gone
	start_database
}

fault_start() {
	demo_start
	shop=$KAGIYA_URL
	enter "$KAGIYA_CUSTOMER_LOGIN" "$KAGIYA_CUSTOMER_PASSWORD"
	visit catalog
	[ "$status" = 200 ] || { echo 'Bail out! nobody is let in'; exit 99; }
}

# What is held would never end.
fault_end() {
	go_on kagiya-agent worker 2>/dev/null || :
	shop_end
	rm -f "$filled" "$filled".*
}
