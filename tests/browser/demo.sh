# demo: for tests that need a whole shop: one of their own, ended at the end.

# skip_all WHY: the whole test says why it cannot run
skip_all() {
	printf '1..0 # SKIP %s\n' "$1"
	exit 0
}

# curl's 7 is "connection refused": the only answer of a free port
is_free() {
	refused=0
	curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$1/" || refused=$?
	[ $refused -eq 7 ]
}

# A port that nobody listens on now, from a range of this test's own.
free_port() {
	# below the ports that the kernel gives to connections going out
	port=$((20000 + $$ % 12000))
	until is_free $port; do
		port=$((port + 7))
	done
	printf '%s\n' "$port"
}

demo_call() {
	KAGIYA_SOURCE=$top_srcdir KAGIYA_BUILD=$top_builddir \
	    sh "$top_srcdir/conf/demo/demo.sh" "$@" --dir "$demo"
}

demo_end() {
	status=$?
	trap - EXIT
	demo_call --stop >/dev/null 2>&1 || :
	if grep -El 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$demo"/log/*.log |
	    sed 's/^/# a sanitizer has something to say in /' | grep .; then
		status=1
	fi
	if [ $status -eq 0 ]; then
		rm -rf "$demo"
	else
		printf '# what the demo left is in %s\n' "$demo"
	fi
	exit $status
}

demo_start() {
	demo=$(mktemp -d "${TMPDIR:-/tmp}/kagiya-demo-XXXXXX")
	chmod 755 "$demo"
	trap demo_end EXIT
	trap 'exit 130' INT TERM
	demo_call --detach --port "$(free_port)" | sed 's/^/# /'
	[ -f "$demo/demo.env" ] || { echo "Bail out! no demo"; exit 1; }
	. "$demo/demo.env"
}

# The test's modules beside an installed node_modules, outside the source.
node_modules() {
	modules=$top_builddir/tests/node
	mkdir -p "$modules"
	(
		flock 9
		cp "$top_srcdir/tests/package.json" "$top_srcdir/tests/package-lock.json" \
		    "$top_srcdir/tests/.npmrc" "$modules/"
		if ! cmp -s "$modules/package-lock.json" "$modules/installed"; then
			(cd "$modules" && npm ci --no-audit --no-fund --ignore-scripts) \
			    >"$modules/npm.out" 2>&1 || { tail -n 5 "$modules/npm.out" | sed 's/^/# /'; exit 1; }
			cp "$modules/package-lock.json" "$modules/installed"
		fi
		mkdir -p "$modules/browser"
		cp "$top_srcdir"/tests/browser/*.mjs "$modules/browser/"
	) 9>"$modules.lock" || { echo "Bail out! npm could not install what the test needs"; exit 1; }
}
