#!/bin/sh
# replica: a second server that follows the first, then the gate before both.
# Run by tests/data/run.sh.
set -u
. "$top_srcdir/tests/data/mariadb.sh"

echo "CREATE USER repl@127.0.0.1 IDENTIFIED BY 'repl';
GRANT REPLICATION SLAVE ON *.* TO repl@127.0.0.1;" | mariadb_sql
(
	MARIADB_NET=--skip-networking
	MARIADB_MORE='--server-id=2 --read-only --slave-net-timeout=4'
	unset MARIADB_DIR MARIADB_SOCKET
	mariadb_start "$KAGIYA_TEST_DIR/replica" || exit 1
	mariadb_sql <<-T || exit 1
	CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = $PRIMARY_PORT,
	    MASTER_USER = 'repl', MASTER_PASSWORD = 'repl',
	    MASTER_CONNECT_RETRY = 1, MASTER_USE_GTID = slave_pos;
	START SLAVE;
	T
	printf '%s' "$MARIADB_SOCKET" >"$KAGIYA_TEST_DIR/replica/socket"
) || { echo 'Bail out! no replica'; exit 99; }
REPLICA_SOCKET=$(cat "$KAGIYA_TEST_DIR/replica/socket")
KEYCHECK_SET="database.replica = /nowhere/socket, $REPLICA_SOCKET
keycheck.wrong_minute = 100000
keycheck.right_minute = 1000000
keycheck.spool_kb = 64"
export REPLICA_SOCKET KEYCHECK_SET
sh "$top_srcdir/tests/gate/keycheck.sh" replica.php 2
MARIADB_DIR=$KAGIYA_TEST_DIR/replica MARIADB_SOCKET=$REPLICA_SOCKET
mariadb_stop
