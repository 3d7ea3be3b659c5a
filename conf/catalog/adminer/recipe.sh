# adminer: a clean tree.
debs=adminer

prepare() { :; }

options() {
	pack --root usr/share/adminer \
	    --map usr/share/doc/adminer/copyright=COPYRIGHT.txt \
	    --drop adminer --drop editor --drop compile.php \
	    --drop coverage.php --drop lang.php
}
