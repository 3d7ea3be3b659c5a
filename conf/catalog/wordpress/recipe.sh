# wordpress: with the libraries that Debian shares; of the languages Japanese
# alone, for the others would be half of the package.
debs='php-getid3 libjs-cropper libjs-underscore
    wordpress-theme-twentytwentythree wordpress'
needs='ca-certificates wordpress-l10n'

prepare() {
	ssl=wp-includes/certificates
	taken wordpress-l10n wp-content/languages 6 '*/languages/ja.mo' \
	    '*/languages/admin*-ja.mo' '*/languages/continents*-ja.mo' &&
	    taken ca-certificates $ssl 5 '*/ca-certificates/mozilla/*.crt' ||
	    return 1
	# Debian puts this together when it installs the certificates.
	cat "$work/files/$ssl"/*.crt >"$work/bundle" &&
	    rm "$work/files/$ssl"/*.crt &&
	    mv "$work/bundle" "$work/files/$ssl/ca-bundle.crt"
}

options() {
	pack --root usr/share/wordpress \
	    --map usr/share/doc/wordpress/copyright=COPYRIGHT.txt \
	    --drop .htaccess --drop readme.html --drop wp-config-sample.php
}
