#!/bin/sh
# run: a test program beside a private database with our schema and rights.
#   run.sh PROGRAM [ARGUMENT...]
# KAGIYA_CONF names settings for it; the user kagiya_test may do everything.
# The program can end and start the server with `sh -c "$MARIADB_AGAIN"`.
here=$(cd "$(dirname "$0")" && pwd)
source=${top_srcdir:-$(cd "$here/../.." && pwd)}
build=${top_builddir:-$(pwd)}
. "$here/mariadb.sh"

work=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-test-XXXXXX") || exit 99
trap 'mariadb_stop; rm -rf "$work"' EXIT
trap 'exit 99' INT TERM HUP

fail() {
	echo "Bail out! $1"
	cat "$work/db/mariadb.log" "$work/log" >&2 2>/dev/null
	exit 99
}

mariadb_start "$work/db" || fail "MariaDB does not start"
mkdir "$work/secret" "$work/media" "$work/key"
printf '%064d' 1 >"$work/secret/form"
printf '%064d' 2 >"$work/secret/license-key"
printf secret >"$work/secret/database-test"
cat >"$work/kagiya.conf" <<T
database.socket = $MARIADB_SOCKET
database.name = kagiya
database.password_file = $work/secret/database-%p
secret.form_file = $work/secret/form
secret.key_file = $work/secret/license-key
key.dir = $work/key
keycheck.dir = $work/keycheck
schema.dir = $source/schema/sql
skin.dir = $source/xslt/stock
skin.schema_dir = $source/schema/page
media.dir = $work/media
T
KAGIYA_CONF=$work/kagiya.conf
MARIADB_AGAIN=". '$here/mariadb.sh'; mariadb_restart"
KAGIYA_TEST_DIR=$work
export KAGIYA_CONF MARIADB_AGAIN KAGIYA_TEST_DIR
"$build/tests/data/make_schema" 2>"$work/log" || fail "no schema"
echo "CREATE USER kagiya_test@localhost IDENTIFIED BY 'secret';
GRANT ALL ON kagiya.* TO kagiya_test@localhost WITH GRANT OPTION;" | mariadb_sql || fail "no user"
"$@"
