/* form: declared fields, and the values a request brought for them. */

#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct visit;

enum field_kind {
	FIELD_NONE,
	FIELD_TEXT,		/* one line; NFC, trimmed */
	FIELD_PASSWORD,		/* as typed, never given back */
	FIELD_NUMBER,		/* narrowed; whole, least..most */
	FIELD_CHOICE,		/* one of choices */
	FIELD_FLAG,		/* "yes" (also on, true, 1) or absent */
	FIELD_EMAIL,
	FIELD_TEL,		/* narrowed; digits, '-', '+', '(', ')' */
	FIELD_POSTCODE,		/* narrowed; 7 digits, kept as 123-4567 */
	FIELD_ADDRESS,		/* IP address */
	FIELD_DIRECTORY,	/* relative path: NFC, no '.' or '..' part */
	FIELD_SERIAL,		/* 2026-0001 */
	FIELD_CODE,		/* a-z 0-9 and '-', '.', '_' */
	FIELD_KANA,		/* katakana, blanks; full-width after folding */
	FIELD_HIDDEN,		/* text without a widget */
	FIELD_EXTRA,		/* any name that begins with .name */
};

enum field_source { FIELD_BODY, FIELD_QUERY, FIELD_BOTH };

struct field {
	const char *name;
	enum field_kind kind;
	enum field_source source;
	bool required;		/* of a POST */
	size_t longest;		/* code points; 0: 200 */
	int64_t least, most;	/* FIELD_NUMBER; both 0: any */
	const char *const *choices;	/* ends with NULL */
	const char *autocomplete;	/* HTML's token */
	/* Of a screen with several forms: belongs to the form of this name,
	 * required only when that one was sent. NULL: to all. */
	const char *form;
};

/* Checked values. "" or 0 when absent or wrong: what was typed stays with the
 * page for showing again, the checked value is never half good. */
const char *form_text(struct visit *visit, const char *name);
int64_t form_number(struct visit *visit, const char *name);
bool form_flag(struct visit *visit, const char *name);
bool form_has(struct visit *visit, const char *name);

/* Did the request's body bring a field of that name, empty or wrong as it may
 * be? For fields that are not declared yet, too. */
bool form_brought(struct visit *visit, const char *name);

/* For showing: the value that stands in the field when nothing was typed. */
void form_prefill(struct visit *visit, const char *name, const char *value);
void form_prefill_number(struct visit *visit, const char *name, int64_t number);

/* The value that stands in the field whatever was typed, for what the page
 * itself decides (a price that has changed). */
void form_set(struct visit *visit, const char *name, const char *value);

/* The name of the form that was posted, as form_show wrote it; "" when the
 * client did not say. */
const char *form_sent(struct visit *visit);

/* Choices known at run time (areas, settings' values), for the page and for
 * checking: once some were added, form_wrong() refuses a value that is none
 * of them. act adds them, then asks. Adding one twice does nothing. */
void form_choice(
    struct visit *visit, const char *name, const char *value,
    const char *label);

/* A field known at run time (a package's setting), read and checked at once;
 * *field and label live as long as the request. */
void form_add(struct visit *visit, const struct field *field,
    const char *label);

/* How many values came for a FIELD_EXTRA; the nth name without the prefix. */
size_t form_extra_count(struct visit *visit, const char *prefix);
const char *form_extra(struct visit *visit, const char *prefix, size_t n,
    const char **value_r);

/* Adds <form> to the page's head, whatever element is open: the declared
 * fields with their values, limits and choices; for method "post" also the
 * hidden fields form (its name), request (one-time id) and token. name is the
 * message id's stem; action a screen's name. fields: names, separated by
 * blanks, in order; NULL for all of the body that belong to this form, those
 * of form_add included. */
void form_show(struct visit *visit, const char *name, const char *method,
    const char *action, const char *fields);

/* A problem beside a field (NULL: of the page). argument may be NULL. The
 * same as page_problem, and marks the field. */
void form_problem(struct visit *visit, const char *field, const char *id,
    const char *argument);

/* Any problem so far (field checks included)? */
bool form_wrong(struct visit *visit);

/* For the frame: visit->form out of what came, its problems onto the page.
 * body is empty for a GET. */
struct query;
void form_begin(struct visit *visit, const struct query *body,
    const struct query *address);

/* What came for a field that is not declared (token, request, next). "" when
 * absent, doubled or not UTF-8. */
const char *form_raw(struct visit *visit, const char *name);

#endif
