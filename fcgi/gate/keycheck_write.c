/* keycheck_write: one list of fields, three forms: JWS, lines, XML. */

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/jws.h"
#include "base/must.h"
#include "base/text.h"
#include "base/xml.h"
#include "gate/keycheck.h"
#include "shop/key_set.h"
#include "web/gate.h"

enum kind { MARK, NUMBER, WORDS };

/* MARKs are for machines, WORDS for people. */
static const struct part {
	const char *name;
	enum kind kind;
	size_t offset;
} parts[] = {
	{ "result", MARK, offsetof(struct reply, result) },
	{ "code", MARK, offsetof(struct reply, code) },
	{ "key", MARK, offsetof(struct reply, key) },
	{ "permission", NUMBER, offsetof(struct reply, permission) },
	{ "product", MARK, offsetof(struct reply, product) },
	{ "serial", MARK, offsetof(struct reply, serial) },
	{ "instance", MARK, offsetof(struct reply, instance) },
	{ "users", NUMBER, offsetof(struct reply, users) },
	{ "nonce", MARK, offsetof(struct reply, nonce) },
	{ "trial_end", MARK, offsetof(struct reply, trial_end) },
	{ "ng_from", MARK, offsetof(struct reply, ng_from) },
	{ "iat", NUMBER, offsetof(struct reply, iat) },
	{ "next_check", NUMBER, offsetof(struct reply, next_check) },
	{ "cache_until", NUMBER, offsetof(struct reply, cache_until) },
	{ "grace_until", NUMBER, offsetof(struct reply, grace_until) },
	{ "revision", NUMBER, offsetof(struct reply, revision) },
	{ "latest", MARK, offsetof(struct reply, latest) },
	{ "notices", NUMBER, offsetof(struct reply, notices) },
	{ "text", WORDS, offsetof(struct reply, text) },
	{ "url", WORDS, offsetof(struct reply, url) },
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]), LIMIT = 16 * 1024 };

static const char *
string_of(const struct reply *reply, const struct part *part)
{
	const char *value;

	memcpy(&value, (const char *)reply + part->offset, sizeof(value));
	return value;
}

static int64_t
number_of(const struct reply *reply, const struct part *part)
{
	int64_t value;

	memcpy(&value, (const char *)reply + part->offset, sizeof(value));
	return value;
}

/* RFC 8259: what stands between the quotes. Our words are UTF-8 already. */
static void
put_string(struct text *out, const char *string)
{
	text_add_n(out, "\"", 1);
	while (*string != '\0') {
		size_t plain = 0;

		while ((unsigned char)string[plain] >= ' ' &&
		       string[plain] != '"' && string[plain] != '\\')
			plain++;
		text_add_n(out, string, plain);
		string += plain;
		if (*string == '"' || *string == '\\')
			text_print(out, "\\%c", *string++);
		else if (*string != '\0')
			text_print(out, "\\u%04x", (unsigned char)*string++);
	}
	text_add_n(out, "\"", 1);
}

/* Decimal, without the work of printf: there are seven in each answer. */
static void
put_number(struct text *out, int64_t number)
{
	char digits[24];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do
		digits[--at] = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (number < 0)
		digits[--at] = '-';
	text_add_n(out, digits + at, sizeof(digits) - at);
}

static const char *
payload_of(struct arena *arena, const struct reply *reply)
{
	struct text *out = text_new(arena, LIMIT);

	for (size_t i = 0; i < PARTS; i++) {
		const struct part *part = &parts[i];

		text_add(out, i == 0 ? "{\"" : ",\"");
		text_add(out, part->name);
		text_add_n(out, "\":", 2);
		if (part->kind == NUMBER)
			put_number(out, number_of(reply, part));
		else
			put_string(out, string_of(reply, part));
	}
	text_add_n(out, "}", 1);
	must(!out->over);
	return out->bytes;
}

/* The header of a signature changes with the key only. */
static const char *
head_of(const struct key_set_key *key, const char *type)
{
	static struct {
		struct arena *kept;
		const char *kid, *head;
	} heads[2], *head;

	head = &heads[strcmp(type, REPLY_TEST) == 0];
	if (head->kept != NULL && strcmp(head->kid, key->kid) == 0)
		return head->head;
	if (head->kept != NULL)
		arena_free(head->kept);
	head->kept = arena_new();
	head->kid = arena_copy(head->kept, key->kid);
	head->head = jws_head(head->kept, key->pair, type);
	return head->head;
}

/* The first line says it all to a shell; the last proves the others. */
static void
write_lines(struct text *out, const struct reply *reply, const char *jws)
{
	text_print(out, "%s\n", reply->result);
	for (size_t i = 0; i < PARTS; i++) {
		const struct part *part = &parts[i];

		if (part->kind == NUMBER)
			text_print(out, "%s=%" PRId64 "\n", part->name,
			    number_of(reply, part));
		else
			text_print(
			    out, "%s=%s\n", part->name, string_of(reply, part));
	}
	text_print(out, "jws=%s\n", jws);
}

static void
write_element(struct text *out, const char *name, const char *value)
{
	text_print(out, "\t<%s>", name);
	xml_escape(out, value);
	text_print(out, "</%s>\n", name);
}

static void
write_xml(struct text *out, const struct reply *reply, const char *jws)
{
	text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<keycheck");
	for (size_t i = 0; i < PARTS; i++) {
		const struct part *part = &parts[i];

		if (part->kind == NUMBER)
			xml_put_number(out, part->name, number_of(reply, part));
		else if (part->kind == MARK)
			xml_put(out, part->name, string_of(reply, part));
	}
	text_add(out, ">\n");
	for (size_t i = 0; i < PARTS; i++)
		if (parts[i].kind == WORDS)
			write_element(
			    out, parts[i].name, string_of(reply, &parts[i]));
	write_element(out, "jws", jws);
	text_add(out, "</keycheck>\n");
}

/* Who names two forms gets the first of this table. */
static const struct form {
	const char *accept;
	const char *content_type;
	void (*write)(
	    struct text *out, const struct reply *reply, const char *jws);
} forms[] = {
	{ "application/jose", "application/jose", NULL },
	{ "text/plain", "text/plain; charset=utf-8", write_lines },
	{ "application/xml", "application/xml; charset=utf-8", write_xml },
};

enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

static const struct form *
form_for(const char *accept)
{
	for (size_t i = 0; accept != NULL && i < FORMS; i++)
		if (strcasestr(accept, forms[i].accept) != NULL)
			return &forms[i];
	return &forms[0];
}

void
reply_write(const struct call *call, const struct reply *reply,
    const struct key_set_key *key, const char *type, struct answer *answer)
{
	struct arena *arena = call->work->arena;
	const struct form *form = form_for(call->accept);
	const char *jws = jws_sign_under(
	    arena, key->pair, head_of(key, type), payload_of(arena, reply));
	struct text *out;

	answer->body = jws;
	if (form->write != NULL) {
		out = text_new(arena, LIMIT);
		form->write(out, reply, jws);
		must(!out->over);
		answer->body = out->bytes;
	}
	answer->status = 200;
	answer->content_type = form->content_type;
	answer->length = strlen(answer->body);
	answer->headers[0] = "Cache-Control";
	answer->headers[1] = "no-store";
}
