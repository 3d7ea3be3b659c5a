# mariadb: a private database server for a test, on a socket only. To be read
# with `. mariadb.sh`:
#   mariadb_start DIR   makes and starts it; $MARIADB_SOCKET is its socket
#   mariadb_restart     ends it and starts it again on the same data
#   mariadb_kill        as kill -9 does
#   mariadb_stop        ends it; DIR can be removed then
#   mariadb_sql [DB]    runs the standard input as root
# Other shells of the same test may use them, too: MARIADB_DIR and
# MARIADB_SOCKET are exported. MARIADB_NET may hold options that open a port,
# MARIADB_MORE others.
# 1 when the server does not come up; its log is DIR/mariadb.log.

mariadb_up() {
	mariadb-admin --no-defaults --socket="$MARIADB_SOCKET" -u root \
	    ping >/dev/null 2>&1
}

mariadb_run() {
	mariadbd --no-defaults --datadir="$MARIADB_DIR/data" \
	    --tmpdir="$MARIADB_DIR/tmp" --socket="$MARIADB_SOCKET" \
	    --pid-file="$MARIADB_DIR/pid" \
	    ${MARIADB_NET---skip-networking} --skip-name-resolve --user="$(id -un)" \
	    --innodb-buffer-pool-size=32M --innodb-log-file-size=16M \
	    --innodb-flush-log-at-trx-commit=0 --skip-log-bin \
	    --innodb-rollback-on-timeout=ON --local-infile=OFF ${MARIADB_MORE-} \
	    >>"$MARIADB_DIR/mariadb.log" 2>&1 </dev/null &
	mariadb_pid=$!
	mariadb_tries=0
	until mariadb_up; do
		mariadb_tries=$((mariadb_tries + 1))
		kill -0 "$mariadb_pid" 2>/dev/null &&
		    [ "$mariadb_tries" -lt 300 ] || return 1
		sleep 0.1
	done
}

# A process that was killed stays visible until its parent, which may be
# another shell, looks: /proc tells the living from the dead.
mariadb_gone() {
	case $(cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null) in
	'' | Z) return 0 ;;
	esac
	return 1
}

mariadb_end() {
	mariadb_old=$(cat "$MARIADB_DIR/pid" 2>/dev/null) || return 0
	kill "-$1" "$mariadb_old" 2>/dev/null
	until mariadb_gone "$mariadb_old"; do sleep 0.05; done
	rm -f "$MARIADB_DIR/pid"
}

mariadb_start() {
	MARIADB_DIR=$(mkdir -p "$1" && cd "$1" && pwd) || return 1
	# A socket's name may have 107 bytes; a test's folder is often deeper.
	MARIADB_SOCKET=$(mktemp -d /tmp/kagiya-db-XXXXXX)/s || return 1
	export MARIADB_DIR MARIADB_SOCKET
	# A server that starts removes what it finds in the folder of temporary
	# tables: each needs its own.
	mkdir "$MARIADB_DIR/tmp" || return 1
	# --force: on a bare system not even "localhost" can be looked up
	TMPDIR=$MARIADB_DIR/tmp mariadb-install-db --no-defaults --force \
	    --datadir="$MARIADB_DIR/data" \
	    --auth-root-authentication-method=normal --skip-test-db \
	    --user="$(id -un)" >"$MARIADB_DIR/install.log" 2>&1 || return 1
	mariadb_run
}

mariadb_restart() {
	mariadb_end TERM
	mariadb_run
}

mariadb_kill() {
	mariadb_end KILL
}

mariadb_stop() {
	[ -n "${MARIADB_DIR-}" ] || return 0
	mariadb_end TERM
	rm -rf "${MARIADB_SOCKET%/s}"
}

mariadb_sql() {
	mariadb --no-defaults --socket="$MARIADB_SOCKET" -u root \
	    --default-character-set=utf8mb4 --batch --skip-column-names "$@"
}
