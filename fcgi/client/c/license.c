/* license: may the program run, and is it time to ask? All that lasts is in
 * the store, so that threads and processes see the same. */

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "state.h"

enum {
	PATIENT_SECONDS = 2, /* the program could run already */
	URGENT_SECONDS = 5,
	TYPED_SECONDS = 10, /* a person waits */
	AGAIN_SECONDS = 3,
};

struct kagiya_license {
	char *directory;
	char *ca_file;
	struct kagiya_ini ini; /* as it was when this was opened */
	struct kagiya_store store;
};

/* What one call looks at. The agent writes the ini file anew when the program
 * is updated, which a program that stays running does not see. */
struct visit {
	struct kagiya_license *license;
	struct kagiya_ini read;
	const struct kagiya_ini *ini;
	struct kagiya_state state;
	int64_t now;
};

static void
load(struct visit *visit)
{
	kagiya_state_read(&visit->state,
	    kagiya_store_read(&visit->license->store, KAGIYA_FILE_ANSWER),
	    visit->ini);
	visit->now = time(NULL);
}

static void
begin(struct visit *visit, struct kagiya_license *license)
{
	visit->license = license;
	visit->ini = kagiya_ini_read(license->directory, &visit->read)
			 ? &visit->read
			 : &license->ini;
	load(visit);
}

static void
load_again(struct visit *visit)
{
	kagiya_state_free(&visit->state);
	load(visit);
}

static void
end(struct visit *visit)
{
	kagiya_state_free(&visit->state);
	kagiya_ini_free(&visit->read);
}

static void
save(const struct visit *visit)
{
	char *text = kagiya_state_text(&visit->state);

	if (text != NULL)
		kagiya_store_write(
		    &visit->license->store, KAGIYA_FILE_ANSWER, text);
	free(text);
}

/* 24 bytes are 32 letters. */
static bool
make_nonce(char nonce[KAGIYA_NONCE_TEXT])
{
	unsigned char bytes[KAGIYA_NONCE_SIZE];

	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return false;
	EVP_EncodeBlock((unsigned char *)nonce, bytes, sizeof(bytes));
	for (char *c = nonce; *c != '\0'; c++)
		if (*c == '+')
			*c = '-';
		else if (*c == '/')
			*c = '_';
	return true;
}

/* The answer to this very question, or NULL. */
static struct kagiya_answer *
ask(const struct visit *visit, const char *why, const char *key, int seconds,
    int64_t *retry_r)
{
	struct kagiya_question question = { .ini = visit->ini,
		.ca_file = visit->license->ca_file,
		.key = key,
		.why = why,
		.seconds = seconds };
	struct kagiya_answer *answer = NULL;

	*retry_r = 0;
	if (!make_nonce(question.nonce))
		return NULL;
	char *body = kagiya_wire_post(&question, retry_r);
	if (body != NULL)
		answer = kagiya_answer_read(body, visit->ini);
	free(body);
	if (answer == NULL ||
	    kagiya_answer_is_for(answer, visit->ini, question.nonce))
		return answer;
	kagiya_answer_free(answer);
	return NULL;
}

/* What is older than what is known, or to a TEST- key, is never kept. */
static bool
may_keep(const struct visit *visit, const struct kagiya_answer *answer)
{
	return answer != NULL && !kagiya_answer_is_test(answer) &&
	       kagiya_answer_number(answer, "revision") >=
		   kagiya_answer_number(visit->state.answer, "revision");
}

static void
ask_and_keep(struct visit *visit, int seconds)
{
	const bool starts = visit->state.answer == NULL ||
			    kagiya_state_is_updated(&visit->state, visit->ini);
	char *key = kagiya_store_read(&visit->license->store, KAGIYA_FILE_KEY);
	int64_t retry;
	struct kagiya_answer *answer = ask(visit, starts ? "start" : "daily",
	    key == NULL ? "" : key, seconds, &retry);

	free(key);
	visit->now = time(NULL);
	if (may_keep(visit, answer)) {
		kagiya_state_keep(
		    &visit->state, answer, visit->ini, visit->now);
	} else {
		kagiya_answer_free(answer);
		kagiya_state_back_off(&visit->state, visit->now, retry);
	}
	save(visit);
}

static bool
wants(const struct visit *visit, bool forced)
{
	const int64_t since = visit->now - visit->state.asked;

	return forced
		   ? since >= AGAIN_SECONDS || since <= -AGAIN_SECONDS
		   : kagiya_state_is_due(&visit->state, visit->ini, visit->now);
}

/* Another process may be asking, or have asked meanwhile: whoever must wait
 * does so until it has had its time and written what came. */
static void
refresh(struct visit *visit, bool forced)
{
	const bool counts = kagiya_state_counts(&visit->state, visit->now);
	const int seconds = counts ? PATIENT_SECONDS : URGENT_SECONDS;
	const int lock =
	    kagiya_store_lock(&visit->license->store, counts ? 0 : seconds + 1);

	if (lock < 0 && errno == EWOULDBLOCK && counts)
		return;
	load_again(visit);
	if (wants(visit, forced))
		ask_and_keep(visit, seconds);
	if (lock >= 0)
		close(lock);
}

static enum kagiya_decision
check(struct kagiya_license *license, bool asks, bool forced)
{
	struct visit visit;

	if (license == NULL)
		return KAGIYA_UNKNOWN;
	begin(&visit, license);
	if (asks && wants(&visit, forced))
		refresh(&visit, forced);
	const enum kagiya_decision decision =
	    kagiya_state_decide(&visit.state, visit.now);
	end(&visit);
	return decision;
}

enum kagiya_decision
kagiya_check(struct kagiya_license *license)
{
	return check(license, true, false);
}

enum kagiya_decision
kagiya_check_now(struct kagiya_license *license)
{
	return check(license, true, true);
}

enum kagiya_decision
kagiya_standing(struct kagiya_license *license)
{
	return check(license, false, false);
}

bool
kagiya_may_run(struct kagiya_license *license)
{
	const enum kagiya_decision decision = kagiya_check(license);

	return decision == KAGIYA_RUN || decision == KAGIYA_KEPT;
}

/* The shop knows the key as this program's. */
static bool
is_ours(const struct kagiya_answer *answer)
{
	const char *code = kagiya_answer_text(answer, "code");

	return strcmp(kagiya_answer_text(answer, "key"), "valid") == 0 &&
	       strcmp(code, "PRODUCT_MISMATCH") != 0 &&
	       strcmp(code, "INSTANCE_MISMATCH") != 0;
}

static struct kagiya_answer *
ask_with(struct visit *visit, const char *key)
{
	int64_t retry;
	struct kagiya_answer *answer =
	    ask(visit, "activate", key, TYPED_SECONDS, &retry);

	if (may_keep(visit, answer) && is_ours(answer)) {
		kagiya_store_write(
		    &visit->license->store, KAGIYA_FILE_KEY, key);
		kagiya_state_keep(
		    &visit->state, answer, visit->ini, time(NULL));
		save(visit);
		visit->state.answer = NULL; /* it is the caller's */
	}
	return answer;
}

struct kagiya_answer *
kagiya_activate(struct kagiya_license *license, const char *typed)
{
	static const char blanks[] = " \t\r\n";
	struct kagiya_answer *answer = NULL;
	struct visit visit;

	if (license == NULL)
		return NULL;
	typed += strspn(typed, blanks);
	size_t length = strlen(typed);
	while (length > 0 && strchr(blanks, typed[length - 1]) != NULL)
		length--;
	char *key = strndup(typed, length);
	if (key == NULL)
		return NULL;
	const int lock = kagiya_store_lock(&license->store, TYPED_SECONDS);
	begin(&visit, license);
	answer = ask_with(&visit, key);
	end(&visit);
	if (lock >= 0)
		close(lock);
	free(key);
	return answer;
}

struct kagiya_answer *
kagiya_answer(struct kagiya_license *license)
{
	struct visit visit;

	if (license == NULL)
		return NULL;
	begin(&visit, license);
	struct kagiya_answer *answer = visit.state.answer;
	visit.state.answer = NULL;
	end(&visit);
	return answer;
}

static int64_t
noon_of(int64_t time)
{
	const time_t seconds = (time_t)time;
	struct tm day;

	localtime_r(&seconds, &day);
	struct tm noon = { .tm_year = day.tm_year,
		.tm_mon = day.tm_mon,
		.tm_mday = day.tm_mday,
		.tm_hour = 12 };
	return timegm(&noon);
}

int
kagiya_days_left(struct kagiya_license *license)
{
	struct visit visit;
	int days = -1;

	if (license == NULL)
		return -1;
	begin(&visit, license);
	const struct kagiya_answer *answer = visit.state.answer;
	const int64_t end_of = kagiya_answer_noon(answer, "trial_end");
	if (strcmp(kagiya_answer_text(answer, "code"), "TRIAL") == 0 &&
	    end_of != INT64_MAX) {
		const int64_t left = end_of - noon_of(kagiya_state_time(
						  &visit.state, visit.now));
		days = left < 0 ? 0 : (int)(left / 86400);
	}
	end(&visit);
	return days;
}

const char *
kagiya_buy_url(const struct kagiya_license *license)
{
	return license == NULL ? "" : license->ini.buy_url;
}

const char *
kagiya_serial(const struct kagiya_license *license)
{
	return license == NULL ? "" : license->ini.serial;
}

const char *
kagiya_decision_name(enum kagiya_decision decision)
{
	static const char *const names[] = { "RUN", "STOP", "KEPT", "UNKNOWN" };

	return names[decision];
}

bool
kagiya_trust(struct kagiya_license *license, const char *ca_file)
{
	free(license->ca_file);
	license->ca_file = strdup(ca_file);
	return license->ca_file != NULL;
}

static char *
folder_name(const char *directory, const char *folder)
{
	char *path;

	if (folder != NULL)
		return strdup(folder);
	return asprintf(&path, "%s/kagiya-license", directory) < 0 ? NULL
								   : path;
}

struct kagiya_license *
kagiya_open(const char *directory, const char *folder)
{
	struct kagiya_license *license = calloc(1, sizeof(*license));

	if (license == NULL)
		return NULL;
	kagiya_store_open(&license->store, folder_name(directory, folder));
	license->directory = strdup(directory);
	if (license->store.folder != NULL && license->directory != NULL &&
	    kagiya_ini_read(directory, &license->ini))
		return license;
	const int trouble = errno;
	kagiya_close(license);
	errno = trouble;
	return NULL;
}

void
kagiya_close(struct kagiya_license *license)
{
	if (license == NULL)
		return;
	kagiya_ini_free(&license->ini);
	kagiya_store_close(&license->store);
	free(license->directory);
	free(license->ca_file);
	free(license);
}
