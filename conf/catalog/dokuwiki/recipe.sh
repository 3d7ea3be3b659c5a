# dokuwiki: Debian keeps its configuration in /etc, its pages in /var and the
# libraries it shares outside; here all of it comes back below one folder.
debs='php-geshi libphp-simplepie php-phpseclib libjs-jquery libjs-jquery-ui
    libjs-jquery-cookie dokuwiki'

prepare() {
	wiki=usr/share/dokuwiki
	share="s|'/usr/share/|DOKU_INC.'vendor/debian/|g"
	for one in inc/load.php inc/parserutils.php lib/exe/jquery.php \
	    lib/exe/js.php; do
		changed dokuwiki $wiki/$one $one "$share" || return 1
	done
	changed dokuwiki etc/dokuwiki/dokuwiki.php conf/dokuwiki.php \
	    "s|'/var/lib/dokuwiki/data'|'./data'|" || return 1
	for one in classmap files namespaces psr4 static; do
		changed dokuwiki $wiki/vendor/composer/autoload_$one.php \
		    vendor/composer/autoload_$one.php \
		    -e "s|\$vendorDir . '/usr/share/|\$vendorDir . '/debian/|" \
		    -e "s|'/usr/share/|__DIR__ . '/../debian/|" || return 1
	done
}

options() {
	from=usr/share/javascript to=vendor/debian/javascript
	pack --root usr/share/dokuwiki --map etc/dokuwiki=conf \
	    --map var/lib/dokuwiki/data=data \
	    --map usr/share/php-geshi=vendor/debian/php-geshi \
	    --map usr/share/php/simplepie=vendor/debian/php/simplepie \
	    --map usr/share/php/phpseclib=vendor/debian/php/phpseclib \
	    --map $from/jquery/jquery.min.js=$to/jquery/jquery.min.js \
	    --map $from/jquery-ui/jquery-ui.min.js=$to/jquery-ui/jquery-ui.min.js \
	    --map $from/jquery-ui/ui/i18n=$to/jquery-ui/ui/i18n \
	    --map $from/jquery-cookie/jquery.cookie.js=$to/jquery-cookie/jquery.cookie.js \
	    --map usr/share/doc/dokuwiki/copyright=COPYRIGHT.txt \
	    --drop inc/preload.php --drop conf/plugins.local.php \
	    --drop .htaccess --drop conf/acl.auth.php \
	    --drop conf/users.auth.php --drop bin
}
