#!/bin/sh
# vectors: writes vectors.json, the answers that every client kit must take or
# refuse. Signed by OpenSSL's command with the secret keys of RFC 8032 (7.1),
# which everybody knows; EdDSA is deterministic, so each run writes the same.
#   vectors.sh >vectors.json
set -eu

lab=$(mktemp -d)
trap 'rm -rf "$lab"' EXIT
trap 'exit 1' INT TERM

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
# printf of dash knows octal only.
unhex() {
	printf '%b' "$(printf '%s' "$1" | fold -w 2 | awk '
	    function value(c) { return index("0123456789abcdef", c) - 1 }
	    { printf "\\0%03o", value(substr($0, 1, 1)) * 16 + \
		value(substr($0, 2, 1)) }')"
}
unbase64url() {
	{ printf '%s' "$1" | tr '_-' '/+'
	case $((${#1} % 4)) in 2) printf '==' ;; 3) printf '=' ;; esac
	} | openssl base64 -d -A
}

# key NAME SEED: sets NAME_raw and NAME_kid
key() {
	unhex "302e020100300506032b657004220420$2" >"$lab/$1.der"
	openssl pkey -inform DER -in "$lab/$1.der" -pubout -outform DER |
	    tail -c 32 >"$lab/$1.raw"
	eval "$1_raw=$(base64url <"$lab/$1.raw")"
	eval "$1_kid=$(openssl dgst -sha256 -binary "$lab/$1.raw" | head -c 8 |
	    base64url)"
}
key first 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60
key second 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb
key stranger c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7

# sign NAME HEADER PAYLOAD: the compact form in $jws, its parts in $h $p $s
sign() {
	h=$(printf '%s' "$2" | base64url)
	p=$(printf '%s' "$3" | base64url)
	printf '%s.%s' "$h" "$p" >"$lab/input"
	s=$(openssl pkeyutl -sign -rawin -keyform DER -inkey "$lab/$1.der" \
	    -in "$lab/input" | base64url)
	jws=$h.$p.$s
}

header() { printf '{"alg":"EdDSA","kid":"%s","typ":"%s"}' "$1" "$2"; }
head1=$(header "$first_kid" kagiya-check)

# payload FIELD=JSON...: the usual one with these changed; FIELD= leaves out.
payload() {
	for change; do printf '%s\n' "$change"; done | awk '
	    { at = index($0, "=")
	    new[substr($0, 1, at - 1)] = substr($0, at + 1) }
	    END {
		n = split("result code key permission product serial instance" \
		    " users nonce trial_end ng_from iat next_check" \
		    " cache_until grace_until revision latest notices text url",
		    names, " ")
		split("\"OK\"|\"VALID\"|\"valid\"|0|\"groupware\"|" \
		    "\"2026-0001\"|\"abcdefghjkmnpqrstvwxyz2345\"|5|" \
		    "\"nonce-0123456789abcdef\"|\"2027-01-21\"|\"\"|" \
		    "1795305600|1795392000|1795910400|1796515200|7|\"2.1\"|2|" \
		    "\"ライセンスは有効です。\"|" \
		    "\"https://shop.example/license?serial=2026-0001\"",
		    values, "|")
		for (i = 1; i <= n; i++) {
			value = names[i] in new ? new[names[i]] : values[i]
			if (value != "")
				out = out ",\"" names[i] "\":" value
		}
		printf "{%s%s}", substr(out, 2), new["more"]
	    }'
}
usual=$(payload)

count=0
# put NAME REASON JWS: REASON "" when it is to be taken, "test" when it is to
# be taken as an answer to a TEST- key.
put() {
	[ $count -eq 0 ] || printf ',\n'
	count=$((count + 1))
	accept=false test=false
	case $2 in '' | test) accept=true ;; esac
	[ "$2" != test ] || test=true
	printf '\t\t{ "name": "%s",\n\t\t  "accept": %s, "test": %s, ' \
	    "$1" $accept $test
	[ $accept = true ] && printf '"reason": "",\n' ||
	    printf '"reason": "%s",\n' "$2"
	printf '\t\t  "jws": "%s" }' "$3"
}

# signed NAME REASON HEADER PAYLOAD [KEY]
signed() {
	sign "${5:-first}" "$3" "$4"
	put "$1" "$2" "$jws"
}

# flip PART BIT: the part with one bit of its bytes changed
flip() {
	byte=$(($2 / 8)) bit=$(($2 % 8))
	all=$(unbase64url "$1" | hex)
	old=$(printf '%s' "$all" | cut -c$((byte * 2 + 1))-$((byte * 2 + 2)))
	new=$(printf '%02x' $((0x$old ^ (1 << bit))))
	{ printf '%s' "$all" | head -c $((byte * 2)); printf '%s' "$new"
	printf '%s' "$all" | tail -c +$((byte * 2 + 3)); } >"$lab/flipped"
	unhex "$(cat "$lab/flipped")" | base64url
}

# The next letter of the alphabet after the last one: for a last group that is
# not full, the same bytes.
other_end() {
	last=$(printf '%s' "$1" | tail -c 1)
	printf '%s%s' "${1%?}" "$(printf '%s' "$last" |
	    tr 'A-Za-z0-8' 'B-Za-z0-9')"
}

# S + L (RFC 8032, 5.1.7): the same equation, another signature.
beyond_order() {
	unbase64url "$1" | hex | awk '
	    function value(c) { return index("0123456789abcdef", c) - 1 }
	    { order = "edd3f55c1a631258d69cf7a2def9de14" \
		"00000000000000000000000000000010"
	    printf "%s", substr($0, 1, 64)
	    for (i = 0; i < 32; i++) {
		sum = value(substr($0, 65 + 2 * i, 1)) * 16 + \
		    value(substr($0, 66 + 2 * i, 1)) + \
		    value(substr(order, 2 * i + 1, 1)) * 16 + \
		    value(substr(order, 2 * i + 2, 1)) + carry
		printf "%02x", sum % 256
		carry = int(sum / 256)
	    } }' >"$lab/beyond"
	unhex "$(cat "$lab/beyond")" | base64url
}

cat <<T
{
	"what": "answers of /keycheck and what a client makes of them, kagiya-keycheck(7); accept and test are the rule, reason tells why",
	"keys": {
		"first": { "kid": "$first_kid", "raw": "$first_raw" },
		"second": { "kid": "$second_kid", "raw": "$second_raw" },
		"stranger": { "kid": "$stranger_kid", "raw": "$stranger_raw" }
	},
	"accepted": ["first", "second"],
	"asked": { "product": "groupware", "serial": "2026-0001",
		"instance": "abcdefghjkmnpqrstvwxyz2345",
		"nonce": "nonce-0123456789abcdef" },
	"kept_revision": 7,
	"reasons": {
		"form": "not three parts of canonical base64url",
		"header": "not JSON, or alg, kid, typ or crit",
		"signature": "not by the key that kid names",
		"payload": "not JSON, or a field is missing, doubled or of another type",
		"other": "the answer to another question",
		"older": "a revision below the one known"
	},
	"vectors": [
T

signed 'an answer' '' "$head1" "$usual"
good=$jws gh=$h gp=$p gs=$s
signed 'of the second key' '' "$(header "$second_kid" kagiya-check)" \
    "$usual" second
signed 'an NG' '' "$head1" "$(payload 'result="NG"' 'code="PAYMENT_OVERDUE"' \
    permission=1 revision=8)"
signed 'a trial' '' "$head1" "$(payload 'code="TRIAL"' 'key="missing"' \
    users=0)"
signed 'a higher revision' '' "$head1" "$(payload revision=8)"
signed 'to a TEST- key' test "$(header "$first_kid" kagiya-check-test)" \
    "$(payload revision=0)"
signed 'blanks and another order of names' '' \
    "{ \"typ\" : \"kagiya-check\", \"kid\" : \"$first_kid\", \"alg\" : \"EdDSA\" }" \
    "$(printf '%s' "$usual" | sed 's/^{/{ /; s/,"/ ,\n "/g; s/":/" : /g')"
signed 'text as \\u escapes' '' "$head1" "$(payload \
    'text="\u6709\u52b9 \ud83d\udd11 \"\\\/"')"
signed 'a field that nobody knows yet' '' "$head1" \
    "$(payload 'more=,"later":{"a":[1,null,true]}')"
signed 'a code that nobody knows yet' '' "$head1" "$(payload 'code="LATER"')"
signed 'a header name that nobody knows yet' '' \
    "{\"alg\":\"EdDSA\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\",\"later\":1}" \
    "$usual"

for bit in 0 7 100; do
	put "header: bit $bit flipped" header "$(flip "$gh" $bit).$gp.$gs"
done
put 'header: a bit of typ flipped' header \
    "$(flip "$gh" $(((${#head1} - 3) * 8))).$gp.$gs"
for bit in 0 93 800 2222; do
	put "payload: bit $bit flipped" signature "$gh.$(flip "$gp" $bit).$gs"
done
for bit in 0 255 256 500 511; do
	put "signature: bit $bit flipped" signature "$gh.$gp.$(flip "$gs" $bit)"
done
put 'signature of another answer' signature "$gh.$gp.$s"
put 'signature of zeros' signature "$gh.$gp.$(head -c 64 /dev/zero | base64url)"
put 'signature plus the order of the group' signature \
    "$gh.$gp.$(beyond_order "$gs")"
put 'signature of 63 bytes' signature \
    "$gh.$gp.$(unbase64url "$gs" | head -c 63 | base64url)"
put 'signature of 65 bytes' signature \
    "$gh.$gp.$({ unbase64url "$gs"; printf x; } | base64url)"
signed 'a stranger with the kid of ours' signature "$head1" "$usual" stranger
signed 'our other key with that kid' signature "$head1" "$usual" second
signed 'a stranger who brings his key along' signature \
    "{\"alg\":\"EdDSA\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\",\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"$stranger_raw\"}}" \
    "$usual" stranger

signed 'a stranger' header "$(header "$stranger_kid" kagiya-check)" "$usual" \
    stranger
signed 'kid of nobody' header "$(header AAAAAAAAAAA kagiya-check)" "$usual"
signed 'no kid' header '{"alg":"EdDSA","typ":"kagiya-check"}' "$usual"
signed 'kid is a number' header \
    '{"alg":"EdDSA","kid":1,"typ":"kagiya-check"}' "$usual"
signed 'kid is empty' header "$(header '' kagiya-check)" "$usual"
for alg in none eddsa Ed25519 HS256 ES256 ''; do
	signed "alg is '$alg'" header \
	    "{\"alg\":\"$alg\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\"}" \
	    "$usual"
done
h=$(printf '{"alg":"HS256","kid":"%s","typ":"kagiya-check"}' "$first_kid" |
    base64url)
put 'HS256 with the public key as its secret' header "$h.$gp.$(printf \
    '%s.%s' "$h" "$gp" | openssl dgst -sha256 -binary -mac HMAC \
    -macopt hexkey:"$(hex <"$lab/first.raw")" | base64url)"
put 'alg none and no signature' form "$(printf \
    '{"alg":"none","kid":"%s","typ":"kagiya-check"}' "$first_kid" |
    base64url).$gp."
signed 'no alg' header \
    "{\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\"}" "$usual"
signed 'typ is JWT' header "$(header "$first_kid" JWT)" "$usual"
signed 'typ of a depot ticket' header \
    "$(header "$first_kid" kagiya-ticket)" "$usual"
signed 'no typ' header "{\"alg\":\"EdDSA\",\"kid\":\"$first_kid\"}" "$usual"
signed 'crit' header \
    "{\"alg\":\"EdDSA\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\",\"crit\":[\"exp\"],\"exp\":1}" \
    "$usual"
signed 'crit is empty' header \
    "{\"alg\":\"EdDSA\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\",\"crit\":[]}" \
    "$usual"
signed 'alg twice in the header' header \
    "{\"alg\":\"none\",\"alg\":\"EdDSA\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\"}" \
    "$usual"
signed 'kid twice in the header' header \
    "{\"alg\":\"EdDSA\",\"kid\":\"$stranger_kid\",\"kid\":\"$first_kid\",\"typ\":\"kagiya-check\"}" \
    "$usual"
signed 'header is a list' header '["EdDSA"]' "$usual"
signed 'header is no JSON' header 'EdDSA' "$usual"
signed 'bytes behind the header' header "$head1 x" "$usual"

put 'nothing' form ''
put 'two parts' form "$gh.$gp"
put 'four parts' form "$good.$gs"
put 'no header' form ".$gp.$gs"
put 'no payload' form "$gh..$gs"
put 'no signature' form "$gh.$gp."
put 'padding' form "$gh.$gp.$gs=="
put 'signature: unused bits set' form "$gh.$gp.$(other_end "$gs")"
for latest in 2.10 2.100 2.1000; do
	case $((${#p} % 4)) in 0) sign first "$head1" \
	    "$(payload "latest=\"$latest\"")" ;; esac
done
put 'payload: unused bits set' form "$h.$(other_end "$p").$s"
put 'a space behind it' form "$good "
put 'a line behind it' form "$good\\n"
put 'a line end before it' form "\\n$good"
put 'a line end inside' form "$gh.\\n$gp.$gs"
put 'a letter behind it' form "${good}A"
put 'a point behind it' form "$good."
put 'the plain base64 alphabet' form "$gh.$gp.+/${gs#??}"
put 'a letter that base64 has not' form "$gh.$gp.!${gs#?}"
put 'the general JSON form' form "{\\\"payload\\\":\\\"$gp\\\",\\\"protected\\\":\\\"$gh\\\",\\\"signature\\\":\\\"$gs\\\"}"
put 'a page of a captive portal' form '<!DOCTYPE html><title>Login</title>'

signed 'a name twice in the payload' payload "$head1" \
    "$(payload 'more=,"result":"NG"')"
signed 'a name twice, once escaped' payload "$head1" \
    "$(payload 'more=,"re\u0073ult":"NG"')"
signed 'bytes behind the payload' payload "$head1" "$usual x"
signed 'two payloads' payload "$head1" "$usual$usual"
signed 'a list' payload "$head1" "[$usual]"
signed 'a word' payload "$head1" '"OK"'
signed 'no JSON' payload "$head1" OK
signed 'cut off' payload "$head1" "${usual%?????}"
signed 'result is neither OK nor NG' payload "$head1" "$(payload 'result="ok"')"
for name in result code key permission product serial instance users nonce \
    trial_end ng_from iat next_check cache_until grace_until revision latest \
    notices text url; do
	signed "no $name" payload "$head1" "$(payload "$name=")"
done
signed 'revision is a string' payload "$head1" "$(payload 'revision="7"')"
signed 'revision is a fraction' payload "$head1" "$(payload revision=7.5)"
signed 'grace_until is null' payload "$head1" "$(payload grace_until=null)"
signed 'grace_until is a string' payload "$head1" \
    "$(payload 'grace_until="1796515200"')"
signed 'permission is true' payload "$head1" "$(payload permission=true)"
signed 'nonce is a number' payload "$head1" "$(payload nonce=1)"

signed 'another nonce' other "$head1" \
    "$(payload 'nonce="nonce-0123456789abcdeg"')"
signed 'an empty nonce' other "$head1" "$(payload 'nonce=""')"
signed 'another instance' other "$head1" \
    "$(payload 'instance="zzzdefghjkmnpqrstvwxyz2345"')"
signed 'another serial' other "$head1" "$(payload 'serial="2026-0002"')"
signed 'another product' other "$head1" "$(payload 'product="wiki"')"
signed 'a lower revision' older "$head1" "$(payload revision=6)"
signed 'a lower revision that says NG' older "$head1" \
    "$(payload 'result="NG"' 'code="TRIAL_ENDED"' revision=6)"
signed 'revision 0' older "$head1" "$(payload revision=0)"

printf '\n\t]\n}\n'
