# tap: what the checks of style share. A check is a shell function that takes
# the root of a tree and prints one line for each offence. It is first shown a
# small bad tree, where it must speak, then ours, where it must be silent.

top=${top_srcdir:-$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)}
here=$top/tests/style
count=0
# A check must not depend on the language of whoever runs it.
LC_ALL=C.UTF-8
export LC_ALL

scratch=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-style.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM

# verdict OK-OR-NOT NAME OUTPUT
verdict() {
	count=$((count + 1))
	printf '%s %d - %s\n' "$1" "$count" "$2"
	[ "$1" = ok ] || printf '%s\n' "$3" | sed 's/^/# /'
}

# none NAME CHECK: ours has no offence.
none() {
	if ! offences=$("$2" "$top"); then
		verdict 'not ok' "$1" "$offences
the check itself failed"
	elif [ -z "$offences" ]; then
		verdict ok "$1"
	else
		verdict 'not ok' "$1" "$offences"
	fi
}

# enough NAME LEAST COUNT: a check that finds nothing to look at says nothing
# either.
enough() {
	if [ "$3" -ge "$2" ]; then
		verdict ok "$1: $3"
	else
		verdict 'not ok' "$1: $3, not even $2"
	fi
}

# bad FILE: standard input becomes a file of the bad tree.
bad() {
	mkdir -p "$scratch/bad/$(dirname "$1")"
	cat >"$scratch/bad/$1"
}

# sees CHECK PATTERN...: each pattern stands in what the check says of the bad
# tree, which is then thrown away. A pattern !X must not stand there.
sees() {
	check=$1
	shift
	said=$("$check" "$scratch/bad")
	for pattern in "$@"; do
		case $pattern in
		!*)
			if printf '%s\n' "$said" | grep -q -e "${pattern#!}"; then
				verdict 'not ok' "$check spares ${pattern#!}" "$said"
				continue
			fi
			verdict ok "$check spares ${pattern#!}" ;;
		*)
			if printf '%s\n' "$said" | grep -q -e "$pattern"; then
				verdict ok "$check sees $pattern"
				continue
			fi
			verdict 'not ok' "$check sees $pattern" "$said" ;;
		esac
	done
	rm -rf "$scratch/bad"
}

# files ROOT FOLDERS PATTERN...: names from the root; the folders (of ROOT,
# one word for each) that are absent are passed over.
files() (
	cd "$1" || exit 1
	folders=
	for folder in $2; do
		[ ! -d "$folder" ] || folders="$folders $folder"
	done
	shift 2
	[ -n "$folders" ] || exit 0
	for pattern in "$@"; do
		# shellcheck disable=SC2086
		find $folders -type f -name "$pattern"
	done | sort
)

# only KIND ROOT FILES...: FILE:LINE:TEXT of the code, the strings or the
# comments of C files, all else left out.
only() {
	kind=$1
	root=$2
	shift 2
	[ $# -gt 0 ] || return 0
	(cd "$root" && awk -v want="$kind" -f "$here/part.awk" "$@")
}

finish() {
	printf '1..%d\n' "$count"
}
