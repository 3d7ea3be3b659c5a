#!/bin/sh
# build: packages for a catalog out of Debian's, which are fetched by apt-get
# and kept in a folder; what cannot be had is left out and named.
# usage: build.sh KAGIYA-PACK DEPOT CACHE [PACKAGE...]
# Exit status: 0 all there, 1 something left out, 2 usage, 3 nothing built.
set -u

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

say() { printf 'catalog: %s\n' "$*"; }

# have PACKAGE: its .deb in the cache; the name in $deb.
have() {
	deb=$(ls "$cache/$1"_*.deb 2>/dev/null | tail -n 1)
	[ -z "$deb" ] || return 0
	# apt-get's own user may not write where we do.
	(cd "$cache" && apt-get -o APT::Sandbox::User=root -qq download "$1" \
	    >"$cache/apt.log" 2>&1)
	deb=$(ls "$cache/$1"_*.deb 2>/dev/null | tail -n 1)
	[ -n "$deb" ] && return 0
	say "$name is left out: Debian's package $1 cannot be had" \
	    "($(tail -n 1 "$cache/apt.log"))"
	return 1
}

# The version without its epoch; ours has no such thing.
version_of() { dpkg-deb -f "$1" Version | sed 's/^[0-9]*://'; }

# changed DEB PATH TARGET SED...: a file of the package, with its paths mended.
changed() {
	from=$1 path=$2 to=$work/files/$3
	shift 3
	mkdir -p "${to%/*}"
	dpkg-deb --fsys-tarfile "$from" | tar -xO "./$path" | sed "$@" >"$to"
	[ -s "$to" ]
}

build() {
	[ ! -e "$depot/$name/$version" ] || {
		say "$name $version is there"
		return 0
	}
	"$pack" build --version "$version" "$@" "$work" "$depot"
}

prepare() {
	work=$cache/work/$name
	rm -rf "$work"
	mkdir -p "$work"
	cp -R "$here/$name/." "$work/"
}

build_adminer() {
	have adminer || return 1
	version=$(version_of "$deb")
	prepare
	build --deb "$deb" --root usr/share/adminer \
	    --map usr/share/doc/adminer/copyright=COPYRIGHT.txt \
	    --drop adminer --drop editor --drop compile.php \
	    --drop coverage.php --drop lang.php
}

# Debian keeps its configuration in /etc, its pages in /var and the libraries
# it shares outside; here all of it comes back below one folder.
build_dokuwiki() {
	options=
	for one in php-geshi libphp-simplepie php-phpseclib libjs-jquery \
	    libjs-jquery-ui libjs-jquery-cookie dokuwiki; do
		have "$one" || return 1
		options="$options --deb $deb"
	done
	version=$(version_of "$deb")
	prepare
	wiki=usr/share/dokuwiki
	share="s|'/usr/share/|DOKU_INC.'vendor/debian/|g"
	changed "$deb" $wiki/inc/load.php inc/load.php "$share" &&
	    changed "$deb" $wiki/inc/parserutils.php inc/parserutils.php \
		"$share" &&
	    changed "$deb" $wiki/lib/exe/jquery.php lib/exe/jquery.php \
		"$share" &&
	    changed "$deb" $wiki/lib/exe/js.php lib/exe/js.php "$share" &&
	    changed "$deb" etc/dokuwiki/dokuwiki.php conf/dokuwiki.php \
		"s|'/var/lib/dokuwiki/data'|'./data'|" || return 1
	for one in classmap files namespaces psr4 static; do
		changed "$deb" "$wiki/vendor/composer/autoload_$one.php" \
		    "vendor/composer/autoload_$one.php" \
		    -e "s|\$vendorDir . '/usr/share/|\$vendorDir . '/debian/|" \
		    -e "s|'/usr/share/|__DIR__ . '/../debian/|" || return 1
	done
	# The list of packages is meant to fall apart into words.
	# shellcheck disable=SC2086
	build $options --root $wiki --map etc/dokuwiki=conf \
	    --map var/lib/dokuwiki/data=data \
	    --map usr/share/php-geshi=vendor/debian/php-geshi \
	    --map usr/share/php/simplepie=vendor/debian/php/simplepie \
	    --map usr/share/php/phpseclib=vendor/debian/php/phpseclib \
	    --map usr/share/javascript/jquery/jquery.min.js=vendor/debian/javascript/jquery/jquery.min.js \
	    --map usr/share/javascript/jquery-ui/jquery-ui.min.js=vendor/debian/javascript/jquery-ui/jquery-ui.min.js \
	    --map usr/share/javascript/jquery-ui/ui/i18n=vendor/debian/javascript/jquery-ui/ui/i18n \
	    --map usr/share/javascript/jquery-cookie/jquery.cookie.js=vendor/debian/javascript/jquery-cookie/jquery.cookie.js \
	    --map usr/share/doc/dokuwiki/copyright=COPYRIGHT.txt \
	    --drop inc/preload.php --drop conf/plugins.local.php \
	    --drop .htaccess --drop conf/acl.auth.php --drop conf/users.auth.php \
	    --drop bin
}

[ $# -ge 3 ] || {
	sed -n '2,5s/^# //p' "$0" >&2
	exit 2
}
pack=$1 depot=$2 cache=$3
shift 3
[ $# -gt 0 ] || set -- adminer dokuwiki
mkdir -p "$depot" "$cache" || exit 3
depot=$(cd "$depot" && pwd) cache=$(cd "$cache" && pwd)
built=0 missing=0
for name; do
	case $name in
	adminer | dokuwiki) ;;
	*) say "there is no recipe for $name"; exit 2 ;;
	esac
	if "build_$name"; then
		built=$((built + 1))
	else
		missing=$((missing + 1))
		say "$name is left out"
	fi
done
rm -rf "$cache/work"
[ "$built" -gt 0 ] || exit 3
[ "$missing" -eq 0 ]
