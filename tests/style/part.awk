# part: the code, the strings or the comments of C files, line by line as
# FILE:LINE:TEXT; -v want=code|string|comment|program (code and strings).

FNR == 1 { state = "code" }

{
	text = ""
	rest = $0
	if (state == "line")
		state = "code"
	while (rest != "") {
		if (state == "code")
			take_code()
		else if (state == "comment")
			take_until("*/", 2)
		else if (state == "line")
			take_all()
		else
			take_quoted()
	}
	if (state == "string" || state == "character")
		state = "code"
	if (text ~ /[^ \t]/)
		print FILENAME ":" FNR ":" text
}

function keep(kind, part) {
	if (kind == want || (want == "program" && kind != "comment"))
		text = text part
}

# In code the quotes stay, so that an empty pair shows where a string was; in
# strings each has one before it, as a border.
function keep_quote(opening) {
	if (want == "code" || want == "program" || (want == "string" && opening))
		text = text mark
}

function take_code() {
	if (!match(rest, /\/\*|\/\/|"|'/)) {
		keep("code", rest)
		rest = ""
		return
	}
	keep("code", substr(rest, 1, RSTART - 1))
	mark = substr(rest, RSTART, RLENGTH)
	rest = substr(rest, RSTART + RLENGTH)
	if (mark == "/*")
		state = "comment"
	else if (mark == "//") {
		state = "line"
		keep("comment", "//")
		if (rest == "")
			rest = " "
	} else
		state = mark == "\"" ? "string" : "character"
	if (mark == "\"" || mark == "'")
		keep_quote(1)
}

function take_until(end, length_of_end, at) {
	at = index(rest, end)
	if (at == 0) {
		keep("comment", rest)
		rest = ""
		return
	}
	keep("comment", substr(rest, 1, at - 1))
	rest = substr(rest, at + length_of_end)
	state = "code"
}

function take_all() {
	keep("comment", rest)
	rest = ""
}

function take_quoted(quote, i, c) {
	quote = mark = state == "string" ? "\"" : "'"
	for (i = 1; i <= length(rest); i++) {
		c = substr(rest, i, 1)
		if (c == "\\")
			i++
		else if (c == quote)
			break
	}
	keep("string", substr(rest, 1, i - 1))
	if (c == quote && i <= length(rest)) {
		keep_quote(0)
		state = "code"
	}
	rest = substr(rest, i + 1)
}
