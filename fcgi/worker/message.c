/* message: a letter's subject and text with the headers of a mail around. */

#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "base/xml.h"
#include "data/mail.h"
#include "data/work.h"
#include "web/page.h"
#include "web/skin.h"
#include "worker/letter.h"

enum { LETTER_LIMIT = 256 << 10 };

/* RFC 2045's base64, in lines of 76 characters. */
static void
put_base64(struct text *out, const char *bytes, size_t length, bool lines)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij"
				     "klmnopqrstuvwxyz0123456789+/";

	for (size_t at = 0; at < length; at += 3) {
		unsigned char three[3] = { 0 };
		const size_t n = length - at < 3 ? length - at : 3;
		memcpy(three, bytes + at, n);
		const char four[4] = {
			digits[three[0] >> 2],
			digits[(three[0] & 3) << 4 | three[1] >> 4],
			n > 1 ? digits[(three[1] & 15) << 2 | three[2] >> 6]
			      : '=',
			n > 2 ? digits[three[2] & 63] : '=',
		};
		text_add_n(out, four, 4);
		if (lines && (at / 3) % 19 == 18)
			text_add(out, "\n");
	}
}

/* How many bytes of the string fit into one encoded word, whole characters
 * only. */
static size_t
word_length(const char *string)
{
	size_t length = strlen(string);

	if (length <= 42)
		return length;
	length = 42;
	while (length > 0 && ((unsigned char)string[length] & 0xc0) == 0x80)
		length--;
	return length;
}

/* RFC 2047: the subject as encoded words. */
static void
put_subject(struct text *out, const char *subject)
{
	text_add(out, "Subject:");
	while (subject[0] != '\0') {
		const size_t length = word_length(subject);
		text_add(out, " =?UTF-8?B?");
		put_base64(out, subject, length, false);
		text_add(out, "?=\n");
		subject += length;
	}
}

static void
put_date(struct text *out, int64_t now)
{
	char line[64];
	struct tm tm;
	const time_t time = (time_t)now;

	gmtime_r(&time, &tm);
	strftime(line, sizeof(line), "%a, %d %b %Y %H:%M:%S +0000", &tm);
	text_print(out, "Date: %s\n", line);
}

/* The recipient was checked as an address; nothing else of ours may hold a
 * line end. */
static const char *
one_line(struct arena *arena, const char *string)
{
	char *copy = arena_copy(arena, string);

	for (char *c = copy; *c != '\0'; c++)
		if ((unsigned char)*c < ' ')
			*c = ' ';
	return copy;
}

const char *
letter_message(
    struct work *work, const struct mail *mail, const struct page *page)
{
	struct arena *arena = work->arena;
	struct text *out = text_new(arena, LETTER_LIMIT);
	size_t length;
	const char *xml = skin_apply(arena, page, "mail", mail->kind, &length);
	struct xml_node *root =
	    xml == NULL ? NULL
			: xml_read(arena, xml, length, LETTER_LIMIT, NULL);
	const char *body = xml_text(arena, xml_child(root, "text"));
	const char *subject = text_trim(arena,
	    one_line(arena, xml_text(arena, xml_child(root, "subject"))));

	if (body[0] == '\0' || subject[0] == '\0')
		return NULL;
	text_print(out, "From: <%s>\n", setting_text("mail.from"));
	text_print(out, "To: <%s>\n", one_line(arena, mail->recipient));
	put_subject(out, subject);
	put_date(out, work->now);
	/* the same for each try, so that a doubled mail can be told */
	text_print(out, "Message-ID: <%lld.%lld@%s>\n",
	    (long long)mail->mail_id, (long long)mail->created_at,
	    strchr(setting_text("mail.from"), '@') + 1);
	text_print(out, "Content-Language: %s\n", mail->language);
	text_add(out, "Auto-Submitted: auto-generated\n"
		      "MIME-Version: 1.0\n"
		      "Content-Type: text/plain; charset=UTF-8\n"
		      "Content-Transfer-Encoding: base64\n\n");
	put_base64(out, body, strlen(body), true);
	text_add(out, "\n");
	return out->over ? NULL : out->bytes;
}
