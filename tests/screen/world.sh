# world: a small shop for the tests of the screens. To be read after lab.sh.
#   world SCREEN...    two customers (anna, bernd), a server, areas, software,
#                      and these screens; it is anna's browser afterwards
#   installed CODE [FOLDER]   anna installs it; $serial is the license's
#   bought SERIAL      anna buys it, $key is its key
#   keep SCREEN, again SCREEN   the form last seen there, to be sent once more
#   stage VERB ...     what happens beside the screens: see stage.c
password='correct horse battery staple'

stage() {
	"$top_builddir/tests/screen/stage" "$@" || lab_bail "stage $*"
}

asking='<manifest name="asking" version="1.0">
<setting name="title" kind="text" required="yes" value="My site" longest="10">
<label xml:lang="en">Title</label><label xml:lang="ja">題名</label></setting>
<setting name="posts" kind="number" value="5" least="1" most="9">
<label xml:lang="en">Posts</label></setting>
<setting name="home" kind="url"><label xml:lang="en">Home</label></setting>
<setting name="open" kind="flag"><label xml:lang="en">Open</label></setting>
<setting name="look" kind="choice" value="dark">
<label xml:lang="en">Look</label>
<choice value="dark"><label xml:lang="en">Dark</label></choice>
<choice value="light"><label xml:lang="en">Light</label></choice></setting>
<database kind="mariadb"/></manifest>'

world_places() {
	stage server host1 'Linux x86_64' 192.0.2.1 8.2.29 10.11.6
	stage area anna host1 anna http://127.0.0.2:8080/anna/
	stage area bernd host1 bernd http://127.0.0.2:8080/bernd/
	stage depot maker http://127.0.0.4:8080/
}

# CODE VERSION CATEGORY MODEL DAYS JA EN NEW MANIFEST MIB PHP [RELATED]
world_software() {
	stage publish maker groupware 2.1 groupware license 60 \
	    'グループウェア△△' 'Groupware & more' 'New calendar' \
	    '<manifest/>' 10 8.0 wiki
	stage publish maker wiki 1.0 wiki free 0 \
	    'ウィキ' 'Wiki' '' '<manifest/>' 20 7.4
	stage publish maker asking 1.0 tool free 0 \
	    '問い' 'Asking' '' "$asking" 1 ''
	stage publish maker modern 1.0 tool license 60 \
	    '最新' 'Modern' '' '<manifest/>' 1 9.1
	stage publish maker secret 1.0 tool license 60 \
	    '秘密' 'Secret' '' '<manifest/>' 1 ''
	stage hide secret
	stage price groupware 1 10000
	stage price groupware 10 9000
}

world() {
	lab customer=anna,password="$password" \
	    customer=bernd,password="$password",language=ja
	lab_user stage
	world_places
	world_software
	for world_screen; do lab screen="$world_screen"; done
	as anna
}

keep() {
	cp "$lab/form-$1" "$lab/kept-$1"
}

again() {
	cp "$lab/kept-$1" "$lab/form-$1"
}

# The query value of the answer's Location.
led_to() {
	lab_header Location | sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p"
}

installed() {
	get install "software=$1"
	post install software="$1" area=anna directory="Programs/${2-$1}"
	serial=$(led_to serial)
	stage deliver host1
}

buyer() {
	post purchase serial="$1" company='株式会社○×' department=営業部 \
	    contact=鈴木 tel=03-1234-5678 fax=03-1234-5679 \
	    email=1234@1234.co.jp postcode=100-0001 \
	    address1=東京都千代田区 address2='○○1-1-1' kana='カ)マルバツ' \
	    payment_method=P "$@"
}

bought() {
	get purchase "serial=$1"
	buyer "$1"
	key=$(echo "SELECT license_key FROM license WHERE serial = '$1'" | sql)
}

# How many rows: count TABLE [WHERE]
count() {
	echo "SELECT COUNT(*) FROM $1 WHERE ${2:-1}" | sql
}
