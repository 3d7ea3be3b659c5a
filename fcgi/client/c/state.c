/* state: the kept answer with the times that belong to it. */

#include "state.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HOUR = 3600,
	DAY = 24 * HOUR,
	YEAR = 366 * DAY,
	SET_BACK = 600,
	MEMBERS = 16
};

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Seconds times `from` to `to` percent, by chance, so that a thousand programs
 * do not ask at once. */
static int64_t
about(int64_t seconds, unsigned from, unsigned to)
{
	unsigned short chance;

	if (RAND_bytes((unsigned char *)&chance, sizeof(chance)) != 1)
		chance = 0;
	return (seconds * (from + chance % (to - from + 1)) + 99) / 100;
}

static const struct field {
	const char *name;
	size_t offset;
} fields[] = {
	{ "received", offsetof(struct kagiya_state, received) },
	{ "asked", offsetof(struct kagiya_state, asked) },
	{ "ask_at", offsetof(struct kagiya_state, ask_at) },
	{ "retry_at", offsetof(struct kagiya_state, retry_at) },
	{ "failures", offsetof(struct kagiya_state, failures) },
};

enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

static void
set(struct kagiya_state *state, const struct kagiya_member *member)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (strcmp(fields[i].name, member->name) == 0 &&
		    member->is_number && member->number >= 0 &&
		    member->number <= KAGIYA_MOST)
			memcpy((char *)state + fields[i].offset,
			    &member->number, sizeof(member->number));
	if (strcmp(member->name, "version") == 0 && member->string != NULL)
		state->version = member->string;
}

static void
set_answer(
    struct kagiya_state *state, const char *jws, const struct kagiya_ini *ini)
{
	struct kagiya_answer *answer = kagiya_answer_read(jws, ini);

	if (answer == NULL || kagiya_answer_is_test(answer) ||
	    !kagiya_answer_is_for(answer, ini, NULL)) {
		kagiya_answer_free(answer);
		return;
	}
	state->answer = answer;
	if (state->received == 0)
		state->received = kagiya_answer_number(answer, "iat");
}

void
kagiya_state_read(
    struct kagiya_state *state_r, char *text, const struct kagiya_ini *ini)
{
	struct kagiya_member members[MEMBERS];
	const char *jws = "";

	*state_r = (struct kagiya_state){ .version = "", .text = text };
	const int count = text == NULL ? -1
				       : kagiya_json_read(text, strlen(text),
					     members, MEMBERS);
	for (int i = 0; i < count; i++) {
		set(state_r, &members[i]);
		if (strcmp(members[i].name, "jws") == 0 &&
		    members[i].string != NULL)
			jws = members[i].string;
	}
	set_answer(state_r, jws, ini);
}

void
kagiya_state_free(struct kagiya_state *state)
{
	kagiya_answer_free(state->answer);
	free(state->text);
}

static void
put_string(FILE *out, const char *string)
{
	fputc('"', out);
	for (; *string != '\0'; string++)
		if ((unsigned char)*string < 0x20 || *string == '"' ||
		    *string == '\\')
			fprintf(out, "\\u%04x", (unsigned)*string);
		else
			fputc(*string, out);
	fputc('"', out);
}

char *
kagiya_state_text(const struct kagiya_state *state)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	if (out == NULL)
		return NULL;
	fputs("{\"version\":", out);
	put_string(out, state->version);
	for (size_t i = 0; i < FIELDS; i++) {
		int64_t number;

		memcpy(&number, (const char *)state + fields[i].offset,
		    sizeof(number));
		fprintf(out, ",\"%s\":%lld", fields[i].name, (long long)number);
	}
	if (state->answer != NULL)
		fprintf(
		    out, ",\"jws\":\"%s\"", kagiya_answer_jws(state->answer));
	fputs("}\n", out);
	const bool failed = ferror(out) != 0;
	if (fclose(out) == 0 && !failed)
		return text;
	free(text);
	return NULL;
}

/* What the shop signed, and what has passed here since: a local clock that is
 * wrong, or was set back, gains nobody a day. */
int64_t
kagiya_state_time(const struct kagiya_state *state, int64_t now)
{
	return kagiya_answer_number(state->answer, "iat") +
	       most(0, now - state->received);
}

enum kagiya_decision
kagiya_state_decide(const struct kagiya_state *state, int64_t now)
{
	const struct kagiya_answer *answer = state->answer;

	if (answer == NULL)
		return KAGIYA_UNKNOWN;
	if (!kagiya_answer_is_ok(answer))
		return KAGIYA_STOP;
	const int64_t time = kagiya_state_time(state, now);
	if (time > kagiya_answer_number(answer, "grace_until") ||
	    time >= kagiya_answer_noon(answer, "ng_from"))
		return KAGIYA_UNKNOWN;
	return time > kagiya_answer_number(answer, "cache_until") ||
		       now < state->received - DAY
		   ? KAGIYA_KEPT
		   : KAGIYA_RUN;
}

bool
kagiya_state_counts(const struct kagiya_state *state, int64_t now)
{
	const enum kagiya_decision decision = kagiya_state_decide(state, now);

	return decision == KAGIYA_RUN || decision == KAGIYA_KEPT;
}

bool
kagiya_state_is_updated(
    const struct kagiya_state *state, const struct kagiya_ini *ini)
{
	return strcmp(state->version, ini->version) != 0;
}

bool
kagiya_state_is_due(
    const struct kagiya_state *state, const struct kagiya_ini *ini, int64_t now)
{
	if (now < state->asked - SET_BACK)
		return true;
	return now >= state->retry_at &&
	       (kagiya_state_decide(state, now) == KAGIYA_UNKNOWN ||
		   now >= state->ask_at || kagiya_state_is_updated(state, ini));
}

void
kagiya_state_keep(struct kagiya_state *state, struct kagiya_answer *answer,
    const struct kagiya_ini *ini, int64_t now)
{
	const int64_t pause = kagiya_answer_number(answer, "next_check") -
			      kagiya_answer_number(answer, "iat");

	kagiya_answer_free(state->answer);
	state->answer = answer;
	state->version = ini->version;
	state->received = state->asked = now;
	state->retry_at = state->failures = 0;
	state->ask_at =
	    now + most(1, about(least(most(0, pause), YEAR), 75, 125));
}

void
kagiya_state_back_off(struct kagiya_state *state, int64_t now, int64_t retry)
{
	static const int64_t patient[] = { 900, HOUR, 3 * HOUR, 3 * HOUR };
	static const int64_t urgent[] = { 10, 30, 60, 300 };
	const int64_t *steps =
	    kagiya_state_counts(state, now) ? patient : urgent;
	const int64_t pause = about(steps[least(state->failures, 3)], 50, 150);

	state->asked = now;
	state->failures = least(state->failures, 1000) + 1;
	state->retry_at = now + most(pause, least(retry, DAY));
}
