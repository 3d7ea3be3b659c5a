#!/bin/sh
# bare: a Debian 12 with nothing but git, in a folder of its own; the shop is
# started there by the README's first command, looked at and stopped. Needs
# root, debootstrap and a Debian mirror. `make bare` calls it.
# usage: bare.sh SOURCE
set -eu

source=$(CDPATH= cd -- "$1" && pwd)
mirror=${KAGIYA_MIRROR:-http://deb.debian.org/debian}
port=${KAGIYA_PORT:-$((20000 + $$ % 12000))}

say() { printf 'bare: %s\n' "$*"; }
die() { printf 'bare: %s\n' "$*" >&2; exit 3; }

[ "$(id -u)" -eq 0 ] || die 'only root can make a system in a folder'
command -v debootstrap >/dev/null || die 'debootstrap is not installed'
# What is mounted here goes with the process.
if [ "${KAGIYA_BARE:-}" != inside ]; then
	KAGIYA_BARE=inside exec unshare --mount --pid --fork --kill-child \
	    sh "$0" "$source"
fi

system=$(mktemp -d "${TMPDIR:-/var/tmp}/kagiya-bare-XXXXXX")
chmod 755 "$system"
# What failed can be looked at.
leave() {
	status=$?
	umount -l "$system/proc" "$system/dev" 2>/dev/null
	[ $status -eq 0 ] && rm -rf "$system" || say "left in $system"
	exit $status
}
trap leave EXIT
say "a bare system in $system"
debootstrap --variant=minbase --include=git,ca-certificates bookworm \
    "$system" "$mirror" >"$system.log" 2>&1 || die "see $system.log"
rm -f "$system.log"
mount -t proc proc "$system/proc"
mount --rbind /dev "$system/dev"
mount --make-rslave "$system/dev"
cp /etc/resolv.conf "$system/etc/resolv.conf"
inside() { chroot "$system" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
git -c safe.directory='*' clone -q "$source" "$system/srv/kagiya"
inside useradd -m tester
inside chown -R tester: /srv/kagiya

say 'as an ordinary user, without sudo'
got=0
said=$(inside setpriv --reuid tester --regid tester --clear-groups \
    /srv/kagiya/bootstrap demo 2>&1) || got=$?
printf '%s\n' "$said" | cut -c 1-100
[ $got -eq 3 ] || die "status $got instead of 3"

inside chown -R root: /srv/kagiya
say 'as root'
inside /srv/kagiya/bootstrap demo --detach --port "$port" --dir /srv/demo
inside curl -sf -o /dev/null "http://127.0.0.1:$port/login" ||
    die 'the login page does not answer'
inside /srv/kagiya/bootstrap demo --stop --dir /srv/demo

say 'as an ordinary user, with the packages there'
inside chown -R tester: /srv/kagiya
inside install -d -o tester /srv/own
inside setpriv --reuid tester --regid tester --clear-groups \
    /srv/kagiya/bootstrap demo --detach --port "$port" --dir /srv/own/demo
inside curl -sf -o /dev/null "http://127.0.0.1:$port/login" ||
    die 'the login page does not answer'
inside setpriv --reuid tester --regid tester --clear-groups \
    /srv/kagiya/bootstrap demo --stop --dir /srv/own/demo
say 'the shop runs on a bare Debian 12'
