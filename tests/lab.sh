# lab: a database, some programs and a visitor, for tests that speak to the
# programs as the web server does. To be read with `. lab.sh`; see tap.sh, too.
#
#   lab WORD...           starts what is named and makes who is named:
#                         screen=NAME, gate=NAME, set=NAME=VALUE (a setting),
#                         customer=LOGIN,password=P,language=ja,initial=yes
#                         (all but the login may be left out), staff=LOGIN
#   as LOGIN | as nobody  whose browser it is from now on; LOGIN is logged in
#   get SCREEN [QUERY] [OPTION...]
#   post SCREEN [?QUERY] [NAME=VALUE...] [OPTION...]
#                         with token and one-time id of the form last seen there
#                         (form=NAME chooses one of several)
#   send METHOD SCREEN [OPTION...]     nothing added; options as of `request`
#   status N              of the last answer
#   header NAME [PATTERN] is there (and fits)
#   check WHAT XPATH VALUE             of the last page
#   cookie NAME WORD...   was set with these words (HttpOnly, Secure ...)
#   field NAME            prints the value that stands in the field
#   value XPATH           prints its string
#   sql                   runs the standard input as the database's root
#   sees_log PATTERN      a program's log has the line (waits for it)
#   start NAME, stop NAME one program; restart by both
#   mariadb_stop_server, mariadb_restart, mariadb_kill
#
# Pages are asked for as XML and checked against schema/page/SCREEN.rng; with
# accept=text/html they are HTML. Everything runs in a folder of its own and
# ends with the test.

lab_here=$(CDPATH= cd -- "${lab_folder:-$(dirname -- "$0")/..}" && pwd)
top_srcdir=${top_srcdir:-$(CDPATH= cd -- "$lab_here/.." && pwd)}
top_builddir=${top_builddir:-$top_srcdir/build}
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/data/mariadb.sh"

lab_request=$top_builddir/tests/request
lab_pids=
accept=application/xml
base=/
TAP_ON_FAILURE=lab_tell

# What was asked, what came, what the programs said.
lab_tell() {
	[ -z "${lab_asked-}" ] || printf '> %s\n' "$lab_asked"
	head -c 4000 "$lab/answer" 2>/dev/null
	for log in "$lab"/log/*; do
		[ -s "$log" ] && printf '%s: %s\n' "${log##*/}" "$(tail -n 3 "$log")"
	done
}

lab_bail() {
	printf 'Bail out! %s\n' "$1"
	tail -n 20 "$lab"/log/* 2>/dev/null | diag
	exit 99
}

lab_end() {
	lab_code=$?
	trap - EXIT
	for lab_pid in $lab_pids; do kill "$lab_pid" 2>/dev/null; done
	for lab_pid in $lab_pids; do wait "$lab_pid" 2>/dev/null; done
	mariadb_stop
	[ -n "${lab-}" ] && rm -rf "$lab"
	exit $lab_code
}

# wait_for SECONDS COMMAND...: until it succeeds
wait_for() {
	lab_left=$(($1 * 20))
	shift
	until "$@"; do
		lab_left=$((lab_left - 1))
		[ $lab_left -gt 0 ] || return 1
		sleep 0.05
	done
}

lab_defaults() {
	cat <<-T
	site.name = Lab & Söhne
	site.url = http://shop.example/
	database.socket = $MARIADB_SOCKET
	database.name = kagiya
	database.password_file = $lab/secret/database-%p
	secret.form_file = $lab/secret/form
	secret.key_file = $lab/secret/key
	secret.setting_file = $lab/secret/setting
	key.dir = $lab/key
	keycheck.dir = $lab/keycheck
	media.dir = $lab/media
	schema.dir = $top_srcdir/schema/sql
	skin.dir = $top_srcdir/xslt/stock
	skin.schema_dir = $top_srcdir/schema/page
	T
}

# The last word on a setting counts.
lab_settings() {
	{ lab_defaults; cat "$lab/set"; } |
	    awk '{ line[$1] = $0 } END { for (name in line) print line[name] }'
}

lab_open() {
	lab=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-lab-XXXXXX") || exit 99
	trap lab_end EXIT
	trap 'exit 130' INT TERM HUP
	mkdir "$lab/log" "$lab/secret" "$lab/key" "$lab/media" "$lab/jar"
	: >"$lab/answer"
	: >"$lab/set"
	# Servers beside ours must not find their temporary tables in ours.
	TMPDIR=$lab
	export TMPDIR
	mariadb_start "$lab/db" || {
		grep -h ERROR "$lab/db/"*.log | diag
		lab_bail "MariaDB does not start"
	}
	head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$lab/secret/form"
	head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$lab/secret/key"
	head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$lab/secret/setting"
	lab_settings >"$lab/kagiya.conf"
	KAGIYA_CONF=$lab/kagiya.conf
	export KAGIYA_CONF
	"$top_builddir/tests/data/make_schema" 2>"$lab/log/schema" ||
	    lab_bail "the schema cannot be made"
	lab_jar=$lab/jar/nobody
}

sql() {
	mariadb_sql kagiya
}

# A program that grant.sql does not know belongs to a test: it may do all.
lab_user() {
	[ -f "$lab/secret/database-$1" ] && return
	printf secret >"$lab/secret/database-$1"
	echo "CREATE USER kagiya_$1@localhost IDENTIFIED BY 'secret';
	GRANT ALL ON kagiya.* TO kagiya_$1@localhost;" | mariadb_sql
}

lab_program() {
	for lab_file in "$top_builddir/fcgi/screen/$1" \
	    "$top_builddir/fcgi/gate/$1" "$top_builddir/tests/web/$1" \
	    "$top_builddir/fcgi/depot/$1"; do
		[ -x "$lab_file" ] && return
	done
	lab_bail "there is no program $1"
}

lab_is_up() {
	[ -S "$lab/$1.sock" ] || ! kill -0 "$lab_pid" 2>/dev/null
}

start() {
	lab_program "$1"
	lab_user "$1"
	rm -f "$lab/$1.sock"
	spawn-fcgi -n -s "$lab/$1.sock" -- "$lab_file" 2>>"$lab/log/$1" \
	    >/dev/null &
	lab_pid=$!
	lab_pids="$lab_pids $lab_pid"
	printf '%s' "$lab_pid" >"$lab/$1.pid"
	wait_for 10 lab_is_up "$1" && kill -0 "$lab_pid" 2>/dev/null ||
	    lab_bail "$1 does not start"
}

# stop NAME: $lab_ended is its exit status
stop() {
	lab_pid=$(cat "$lab/$1.pid")
	kill "$lab_pid" 2>/dev/null
	wait "$lab_pid"
	lab_ended=$?
	lab_pids=$(printf '%s\n' $lab_pids | grep -vx "$lab_pid")
}

# word_of NAME DEFAULT LIST: the value of NAME in a=1,b=2
word_of() {
	lab_word=$(printf '%s\n' "$3" | tr ',' '\n' | sed -n "s/^$1=//p")
	printf '%s' "${lab_word:-$2}"
}

lab_account() {
	lab_login=$(word_of "$1" '' "$2")
	lab_password=$(word_of password '' "$2")
	lab_hash=-
	[ -n "$lab_password" ] &&
	    lab_hash=$(openssl passwd -6 -salt lab "$lab_password")
	[ "$(word_of initial no "$2")" = yes ] && lab_initial=1 || lab_initial=0
	sql <<-T || lab_bail "no account $lab_login"
	INSERT INTO account (login, kind, name, email, language,
		password_hash, password_initial, created_at)
	VALUES ('$lab_login', '$1', '$lab_login & Co', '$lab_login@example.org',
		'$(word_of language en "$2")', '$lab_hash', $lab_initial, UTC_TIMESTAMP());
	T
}

lab() {
	[ -n "${lab-}" ] || lab_open
	for lab_want; do
		case $lab_want in
		set=*)
			printf '%s\n' "${lab_want#set=}" |
			    sed 's/=/ = /' >>"$lab/set"
			lab_settings >"$lab/kagiya.conf" ;;
		customer=*) lab_account customer "$lab_want" ;;
		staff=*) lab_account staff "$lab_want" ;;
		screen=* | gate=*) start "${lab_want#*=}" ;;
		*) lab_bail "lab does not know $lab_want" ;;
		esac
	done
}

as() {
	lab_jar=$lab/jar/$1
	lab_asked=
	[ "$1" = nobody ] && { rm -f "$lab_jar"; return; }
	[ -s "$lab_jar" ] && return
	lab_token=$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n')
	printf 'session=%s\n' "$lab_token" >"$lab_jar"
	sql <<-T || lab_bail "no session for $1"
	INSERT INTO session (token_hash, account_id, form_secret, user_agent,
		address, created_at, seen_at)
	SELECT UNHEX(SHA2('$lab_token', 256)), account_id, RANDOM_BYTES(32),
		'lab', '192.0.2.1', UTC_TIMESTAMP(), UTC_TIMESTAMP()
	FROM account WHERE login = '$1';
	T
}

# Every byte but the plain ones: what it means stays the same.
encode() {
	printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'
}

value() {
	xmllint --nonet --xpath "string($1)" "$lab/body" 2>/dev/null
}

field() {
	value "//field[@name='$1']/value"
}

lab_schema() {
	lab_rng=$top_srcdir/schema/page/$1.rng
	[ -f "$lab_rng" ] || lab_rng=$top_srcdir/tests/web/$1.rng
}

# Head and body apart; an XML page must be as its schema says.
lab_take() {
	sed '/^$/q' "$lab/answer" >"$lab/head"
	sed '1,/^$/d' "$lab/answer" >"$lab/body"
	[ "$lab_method" != HEAD ] || return 0
	grep -qi '^Content-Type: application/xml' "$lab/head" || return 0
	lab_schema "$(value '/page/@screen')"
	xmllint --nonet --noout --relaxng "$lab_rng" "$lab/body" \
	    2>"$lab/invalid" && return 0
	diag <"$lab/invalid"
	tap_fail "the page is as $lab_rng says"
}

send() {
	lab_method=$1 lab_screen=$2
	shift 2
	lab_asked="$lab_method $base$lab_screen $*"
	if ! "$lab_request" "$lab/$lab_screen.sock" "$lab_method" \
	    "$base$lab_screen" -H "Accept:$accept" -c "$lab_jar" "$@" \
	    >"$lab/answer" 2>"$lab/log/request"; then
		tap_fail "$lab_screen answers ($(cat "$lab/log/request"))"
		return 1
	fi
	lab_take
}

# A page that has forms is what one goes on with. A form that was carried out
# is used up.
lab_keep_form() {
	if grep -q '<form ' "$lab/body"; then
		cp "$lab/body" "$lab/form-$lab_screen"
	elif [ "$lab_method" = POST ]; then
		rm -f "$lab/form-$lab_screen"
	fi
}

get() {
	lab_screen=$1
	shift
	lab_query=
	case ${1-} in
	-*) ;;
	*) lab_query=${1-}; [ $# -eq 0 ] || shift ;;
	esac
	send GET "$lab_screen" -q "$lab_query" "$@" || return 1
	lab_keep_form
}

# What the form last seen for this screen carries along unseen.
lab_carried() {
	lab_form="(//form[@method='post'][@action='$1']${2:+[@name='$2']})[1]"
	for lab_name in form request token; do
		lab_value=$(xmllint --nonet --xpath \
		    "string($lab_form/field[@name='$lab_name']/value)" \
		    "$lab/form-$1" 2>/dev/null)
		printf '&%s=%s' "$lab_name" "$(encode "$lab_value")"
	done
	echo
}

post() {
	lab_to=$1 lab_query= lab_body= lab_named= lab_given=' '
	shift
	case ${1-} in '?'*) lab_query=${1#?}; shift ;; esac
	while [ $# -gt 0 ]; do
		case $1 in -*) break ;; esac
		case $1 in
		form=*) lab_named=${1#form=} ;;
		*)
			lab_given="$lab_given${1%%=*} "
			lab_body="$lab_body&$(encode "${1%%=*}")=$(encode "${1#*=}")" ;;
		esac
		shift
	done
	[ -s "$lab/form-$lab_to" ] || get "$lab_to" "$lab_query"
	lab_carry=$(lab_carried "$lab_to" "$lab_named" | tr '&' '\n' |
	    while IFS= read -r lab_pair; do
		case $lab_given in *" ${lab_pair%%=*} "*) continue ;; esac
		printf '&%s' "$lab_pair"
	    done)
	send POST "$lab_to" -q "$lab_query" \
	    -d "$(printf '%s' "$lab_body$lab_carry" | sed 's/^&*//')" "$@" ||
	    return 1
	lab_keep_form
}

status() {
	lab_status=$(sed -n '1s/^Status: \([0-9]*\).*/\1/p' "$lab/head")
	is "$lab_method $lab_screen: status $1" "$lab_status" "$1"
}

lab_header() {
	sed -n "s/^$1: //Ip" "$lab/head" | head -n 1
}

header() {
	if [ $# -eq 1 ]; then
		ok "header $1" grep -qi "^$1:" "$lab/head"
	else
		like "header $1" "$(lab_header "$1")" "$2"
	fi
}

check() {
	is "$1" "$(value "$2")" "$3"
}

cookie() {
	lab_name=$1
	lab_line=$(sed -n "s/^Set-Cookie: $1=//Ip" "$lab/head")
	shift
	for lab_word; do
		like "cookie $lab_name: $lab_word" "$lab_line" "*$lab_word*"
	done
}

lab_has_line() {
	grep -qh -- "$1" "$lab"/log/*
}

sees_log() {
	ok "the log says $1" wait_for 5 lab_has_line "$1"
}

mariadb_stop_server() {
	mariadb_end TERM
}
