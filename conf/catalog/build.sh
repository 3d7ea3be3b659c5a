#!/bin/sh
# build: packages for a catalog out of Debian's, which are fetched by apt-get
# and kept in a folder with what was built of them; what cannot be had is left
# out and named.
# usage: build.sh KAGIYA-PACK DEPOT CACHE [PACKAGE...]
# Exit status: 0 all there, 1 something left out, 2 usage, 3 nothing built.
#
# How NAME is built stands in NAME/recipe.sh:
#   debs       Debian's packages; the last one gives the version
#   needs      more of them, whose files are only taken one by one
#   prepare    puts changed files below $work/files
#   options    calls pack with the options of kagiya-pack build
set -u

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

say() { printf 'catalog: %s\n' "$*"; }

# deb PACKAGE: its file in the cache
deb() { ls "$cache/$1"_*.deb 2>/dev/null | tail -n 1; }

# have PACKAGE: fetched beside and moved, for somebody else may be at it in the
# same folder. apt-get's own user may not write where we do.
have() {
	[ -z "$(deb "$1")" ] || return 0
	(mkdir -p "$work/deb" && cd "$work/deb" && apt-get \
	    -o APT::Sandbox::User=root -qq download "$1" >apt.log 2>&1 &&
	    mv "$1"_*.deb "$cache/")
	[ -z "$(deb "$1")" ] || return 0
	say "$name is left out: Debian's package $1 cannot be had" \
	    "($(tail -n 1 "$work/deb/apt.log"))"
	return 1
}

# changed PACKAGE PATH TARGET SED...: a file, with its paths mended.
changed() {
	from=$(deb "$1") path=$2 to=$work/files/$3
	shift 3
	mkdir -p "${to%/*}"
	dpkg-deb --fsys-tarfile "$from" | tar -xO "./$path" | sed "$@" >"$to"
	[ -s "$to" ]
}

# taken PACKAGE FOLDER STRIP PATTERN...: files, without STRIP folders above.
taken() {
	from=$(deb "$1") to=$work/files/$2 strip=$3
	shift 3
	mkdir -p "$to"
	dpkg-deb --fsys-tarfile "$from" |
	    tar -x -C "$to" --strip-components="$strip" --wildcards "$@"
}

pack() {
	# The list of packages is meant to fall apart into words.
	# shellcheck disable=SC2046
	"$pack" build --version "$version" \
	    $(for one in $debs; do printf ' --deb %s' "$(deb "$one")"; done) \
	    "$@" "$work" "$work/depot"
}

# The same input gives the same bytes, so it is built once.
recipe() {
	{
		cat "$pack" "$0"
		find "$here/$name" -type f | LC_ALL=C sort | xargs cat
		for one in $debs $needs; do deb "$one"; done
	} | sha256sum | cut -c 1-32
}

# build NAME: in the depot, whole or not at all
build() {
	name=$1 needs=
	# shellcheck disable=SC1090
	. "$here/$name/recipe.sh"
	for one in $needs $debs; do have "$one" || return 1; done
	# Ours has no epoch.
	version=$(dpkg-deb -f "$(deb "$one")" Version | sed 's/^[0-9]*://')
	[ ! -e "$depot/$name/$version" ] || return 0
	built=$cache/built/$name-$(recipe)
	if [ ! -d "$built" ]; then
		mkdir -p "$cache/built" && cp -R "$here/$name/." "$work/" &&
		    prepare && options || return 1
		mv -T "$work/depot/$name/$version" "$built" 2>/dev/null ||
		    [ -d "$built" ] || return 1
	fi
	mkdir -p "$depot/$name" && cp -R "$built" "$depot/$name/$version.new" &&
	    mv -T "$depot/$name/$version.new" "$depot/$name/$version" &&
	    say "$name $version"
}

[ $# -ge 3 ] || {
	sed -n '2,6s/^# //p' "$0" >&2
	exit 2
}
pack=$1 depot=$2 cache=$3
shift 3
[ $# -gt 0 ] || set -- adminer dokuwiki wordpress
mkdir -p "$depot" "$cache" || exit 3
depot=$(cd "$depot" && pwd) cache=$(cd "$cache" && pwd)
trap 'rm -rf "$cache/work-$$"' EXIT
trap 'exit 3' INT TERM
right=0 missing=0
for wanted; do
	[ -f "$here/$wanted/recipe.sh" ] || {
		say "there is no recipe for $wanted"
		exit 2
	}
	work=$cache/work-$$/$wanted
	mkdir -p "$work" || exit 3
	if build "$wanted"; then
		right=$((right + 1))
	else
		missing=$((missing + 1))
		say "$wanted is left out"
	fi
	rm -rf "$work"
done
[ "$right" -gt 0 ] || exit 3
[ "$missing" -eq 0 ]
