# shop: a customer of the shop in shell: curl for the browser, the page's
# document for what he sees. $shop is the address, $jar his cookies.

jar=${TMPDIR:-/tmp}/kagiya-jar-$$
answer=${TMPDIR:-/tmp}/kagiya-answer-$$

# visit PATH [CURL OPTION...]: GET; the document goes to $answer, $status and
# $location tell the rest
visit() {
	path=$1
	shift
	status=$(curl -s -o "$answer" -D "$answer.head" -w '%{http_code}' \
	    -b "$jar" -c "$jar" -H 'Accept: application/xml' "$@" "$shop$path") || :
	location=$(sed -n 's/^[Ll]ocation: *//p' "$answer.head" | tr -d '\r')
}

# at XPATH: a string from the last document
at() {
	xmllint --xpath "string($1)" "$answer" 2>/dev/null
}

# send PATH FORM NAME=VALUE...: opens the page and posts its form FORM with the
# values; what the form carries unseen (token, request id) goes along.
send() {
	path=$1 form=$2
	shift 2
	visit "$path"
	carried=$(xmllint --xpath "//form[@name='$form']/field[@kind='hidden' or @kind='token']/@name" \
	    "$answer" 2>/dev/null | sed 's/.*="\(.*\)"/\1/')
	for name in $carried; do
		case " $* " in *" $name="*) continue ;; esac
		set -- "$@" "$name=$(at "//form[@name='$form']/field[@name='$name']/value")"
	done
	action=$(at "//form[@name='$form']/@action")
	for pair in "$@"; do
		shift
		set -- "$@" --data-urlencode "$pair"
	done
	visit "$action" -H "Origin: ${shop%/}" -H 'Sec-Fetch-Site: same-origin' "$@"
}

# enter LOGIN PASSWORD
enter() {
	rm -f "$jar"
	send login login "login=$1" "password=$2"
}

# until_true SECONDS COMMAND...
until_true() {
	tries=$(($1 * 5))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.2
	done
}

job_ended() {
	visit "job?serial=$1"
	case $(at '//job/@state') in done | failed | cancelled) return 0 ;; esac
	return 1
}

# install SOFTWARE DIRECTORY: until the job is over; $serial is the license
install() {
	send "install?software=$1" install "software=$1" "directory=$2"
	serial=${location##*serial=}
	until_true 60 job_ended "$serial"
}

# uninstall SERIAL
uninstall() {
	send "uninstall?serial=$1" uninstall "serial=$1" confirm=yes
	until_true 60 job_ended "$1"
}

# purchase SERIAL USERS: with the seed's sample data; $key is the key
purchase() {
	send "purchase?serial=$1&users=$2" purchase "serial=$1" 'company=株式会社○×' \
	    'department=営業部' 'contact=鈴木' 'tel=03-1234-5678' \
	    'fax=03-1234-5679' 'email=1234@1234.co.jp' 'postcode=100-0001' \
	    'address1=東京都' 'address2=千代田区○○1-1-1' "users=$2" \
	    payment_method=P
	visit "license?serial=$1"
	key=$(at '//entry/key')
}

# ini NAME: from the kagiya-license.ini of the install in $place
ini() {
	sed -n "s/^$1 *= *\"\(.*\)\"/\1/p" "$place/kagiya-license.ini"
}

# ask [KEY]: the key check as the program in $place would ask; the plain
# answer goes to $answer
ask() {
	curl -s -o "$answer" -H 'Accept: text/plain' \
	    --data-urlencode v=1 --data-urlencode "product=$(ini product)" \
	    --data-urlencode "serial=$(ini serial)" \
	    --data-urlencode "instance=$(ini instance)" \
	    --data-urlencode "key=${1:-}" --data-urlencode "version=$(ini version)" \
	    --data-urlencode "nonce=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" \
	    --data-urlencode why=start "${shop}keycheck"
}

# said NAME: from the last plain answer
said() {
	sed -n "s/^$1=//p" "$answer"
}

# invoiced SERIAL: $invoice is its invoice's number
invoiced() {
	visit invoice
	invoice=$(at "//entry[@serial='$1']/@no")
	[ -n "$invoice" ]
}

shop_end() {
	rm -f "$jar" "$answer" "$answer.head"
}
