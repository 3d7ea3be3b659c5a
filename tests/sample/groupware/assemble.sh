#!/bin/sh
# assemble: puts one version of the sample product together, as its maker would
# before kagiya-pack: package.xml, the icon, and the program below files/.
# usage: assemble.sh 2.0|2.1 NEW-FOLDER
set -eu

version=$1 target=$2
here=$(cd "${0%/*}" && pwd)
kit=$here/../../../fcgi/client/php/KagiyaLicense.php

test -f "$here/package/$version.xml" || {
	echo "assemble: no version $version" >&2
	exit 2
}
mkdir -p "$target/files"
cp "$here/package/$version.xml" "$target/package.xml"
cp "$here/program/icon.svg" "$here/package/month.png" "$target"
cp -R "$here/program/." "$target/files/"
cp "$kit" "$target/files/lib/KagiyaLicense.php"
echo "$version" >"$target/files/VERSION"
test "$version" != 2.0 || rm "$target/files/ical.php"
