# mediawiki: Debian spreads it over /usr/share, /var/lib and /etc with links in
# between; here it is one folder again. Some 20,000 files.
debs='mediawiki-classes mediawiki'

prepare() { :; }

# The web installer is not needed; the extensions are there twice.
options() {
	pack --root usr/share/mediawiki \
	    --map usr/share/doc/mediawiki/copyright=COPYRIGHT.txt \
	    --drop config --drop extensions-core --drop mw-config \
	    --drop vendor/wip-requires.sh
}
