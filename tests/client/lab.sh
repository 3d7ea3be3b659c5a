#!/bin/sh
# lab: a folder of its own, and a test in JavaScript before the shop's end of
# the line: lab.sh SCRIPT [WORD...]
set -u

here=$(CDPATH= cd -- "${0%/*}" && pwd)
top_srcdir=${top_srcdir:-$(CDPATH= cd -- "$here/../.." && pwd)}
top_builddir=${top_builddir:-$(pwd)}
LAB=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-client-XXXXXX") || exit 99
export LAB top_srcdir top_builddir
trap 'rm -rf "$LAB"' EXIT
trap 'exit 99' INT TERM HUP

script=$1
shift
node "$here/$script" "$@"
