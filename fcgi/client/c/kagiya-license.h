/* kagiya-license: asks a Kagiya shop whether this program may run, remembers
 * the signed answer and lives through the shop's absence. All of it is told
 * in kagiya-license(3). */

#ifndef C_KAGIYA_LICENSE_H
#define C_KAGIYA_LICENSE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KAGIYA_PUBLIC __attribute__((visibility("default")))

/* An installed program's license. Any number of threads may use one. */
struct kagiya_license;

/* A verdict whose signature was checked. Never changes once it is there. */
struct kagiya_answer;

enum kagiya_decision {
	KAGIYA_RUN = 0,	    /* a signed OK that is young enough */
	KAGIYA_STOP = 1,    /* a signed NG */
	KAGIYA_KEPT = 2,    /* the shop is away; its last OK still counts */
	KAGIYA_UNKNOWN = 3, /* no signed answer that still counts */
};

/* `directory` holds kagiya-license.ini. `folder` is where key and answer are
 * kept, made when it is not there: one that your package declares as data;
 * NULL: kagiya-license inside the directory. NULL with errno when the file is
 * not there or not whole (EINVAL): the functions below take that as a license
 * of which nothing is known. */
KAGIYA_PUBLIC struct kagiya_license *kagiya_open(
    const char *directory, const char *folder);
KAGIYA_PUBLIC void kagiya_close(struct kagiya_license *license);

/* Certificates (PEM) to believe the shop's web server by instead of the
 * system's. Before the first question; false when out of memory. */
KAGIYA_PUBLIC bool kagiya_trust(
    struct kagiya_license *license, const char *ca_file);

/* The one question. Asks the shop at the first start, after an update of the
 * program and about once a day; else it is answered from the file. True for
 * KAGIYA_RUN and KAGIYA_KEPT. */
KAGIYA_PUBLIC bool kagiya_may_run(struct kagiya_license *license);
KAGIYA_PUBLIC enum kagiya_decision kagiya_check(
    struct kagiya_license *license);

/* For a button "check again": asks now, but not twice in 3 seconds. */
KAGIYA_PUBLIC enum kagiya_decision kagiya_check_now(
    struct kagiya_license *license);

/* What is known, without asking. */
KAGIYA_PUBLIC enum kagiya_decision kagiya_standing(
    struct kagiya_license *license);

/* Asks with a key that was typed. NULL: no signed answer came. The key is kept
 * when the shop knows it as this program's; a wrong one changes nothing. The
 * answer is the caller's to free. */
KAGIYA_PUBLIC struct kagiya_answer *kagiya_activate(
    struct kagiya_license *license, const char *typed);

/* The kept answer, the caller's to free, or NULL. */
KAGIYA_PUBLIC struct kagiya_answer *kagiya_answer(
    struct kagiya_license *license);
KAGIYA_PUBLIC void kagiya_answer_free(struct kagiya_answer *answer);

/* To a TEST- key: to be shown, and never kept. */
KAGIYA_PUBLIC bool kagiya_answer_is_test(const struct kagiya_answer *answer);

/* A field by its name: result code key product serial instance nonce trial_end
 * ng_from latest text url. Lives as long as the answer; "" for a name that is
 * none of these and for no answer. */
KAGIYA_PUBLIC const char *kagiya_answer_text(
    const struct kagiya_answer *answer, const char *name);

/* permission users iat next_check cache_until grace_until revision notices;
 * 0 for another name and for no answer. */
KAGIYA_PUBLIC int64_t kagiya_answer_number(
    const struct kagiya_answer *answer, const char *name);

/* Whole days until the trial's last day is over; -1 outside a trial. */
KAGIYA_PUBLIC int kagiya_days_left(struct kagiya_license *license);

/* From kagiya-license.ini, known even before the first answer: where to buy,
 * and this install's serial number. They live as long as the license. */
KAGIYA_PUBLIC const char *kagiya_buy_url(const struct kagiya_license *license);
KAGIYA_PUBLIC const char *kagiya_serial(const struct kagiya_license *license);

/* The word for a decision: RUN STOP KEPT UNKNOWN. */
KAGIYA_PUBLIC const char *kagiya_decision_name(enum kagiya_decision decision);

#ifdef __cplusplus
}
#endif

#endif
