# tap: assertions of a shell test, printed as TAP. To be read with `. tap.sh`.
#   ok WHAT COMMAND...        the command succeeds
#   is WHAT GOT WANTED        two strings are equal
#   like WHAT GOT PATTERN     the string fits the shell pattern
#   skip WHAT WHY             cannot be tried here
#   diag                      standard input as comment
#   finish                    the plan; exits 1 when something failed
# With TAP_ON_FAILURE set, that command is run after each failure.

tap_count=0
tap_failed=0

diag() {
	sed 's/^/# /'
}

tap_pass() {
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s\n' "$tap_count" "$1"
}

tap_fail() {
	tap_count=$((tap_count + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_count" "$1"
	[ -z "${TAP_ON_FAILURE-}" ] || $TAP_ON_FAILURE | diag
	return 1
}

ok() {
	tap_what=$1
	shift
	if "$@"; then tap_pass "$tap_what"; else tap_fail "$tap_what"; fi
}

is() {
	if [ "$2" = "$3" ]; then tap_pass "$1"; return; fi
	printf '# got:    %s\n# wanted: %s\n' "$2" "$3"
	tap_fail "$1"
}

like() {
	# shellcheck disable=SC2254
	case $2 in
	$3) tap_pass "$1"; return ;;
	esac
	printf '# got:     %s\n# pattern: %s\n' "$2" "$3"
	tap_fail "$1"
}

skip() {
	tap_count=$((tap_count + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

finish() {
	printf '1..%d\n' "$tap_count"
	[ "$tap_failed" -eq 0 ] || exit 1
	exit 0
}
