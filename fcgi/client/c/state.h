/* state: the kept answer with the times that belong to it, and what follows
 * from them (rules 1, 2, 9, 10 and 11 of fcgi/client/RULES). */

#ifndef C_STATE_H
#define C_STATE_H

#include "kit.h"

/* Times are seconds of the local clock; 0 when not known. */
struct kagiya_state {
	struct kagiya_answer *answer;	/* NULL: none that is ours */
	const char *version;		/* for which it was asked */
	int64_t received;
	int64_t asked;
	int64_t ask_at;
	int64_t retry_at;
	int64_t failures;
	char *text;	/* the version may lie in it */
};

/* From the store's text, which becomes the state's; what is damaged or not
 * ours is as absent. `ini` must outlive it. */
void kagiya_state_read(struct kagiya_state *state_r, char *text,
    const struct kagiya_ini *ini);
void kagiya_state_free(struct kagiya_state *state);

/* For the store, the caller's to free; NULL when out of memory. */
char *kagiya_state_text(const struct kagiya_state *state);

enum kagiya_decision kagiya_state_decide(
    const struct kagiya_state *state, int64_t now);
bool kagiya_state_counts(const struct kagiya_state *state, int64_t now);

/* The shop's time, reckoned; there must be an answer. */
int64_t kagiya_state_time(const struct kagiya_state *state, int64_t now);

bool kagiya_state_is_updated(
    const struct kagiya_state *state, const struct kagiya_ini *ini);
bool kagiya_state_is_due(const struct kagiya_state *state,
    const struct kagiya_ini *ini, int64_t now);

/* A new answer, the state's from now on. */
void kagiya_state_keep(struct kagiya_state *state, struct kagiya_answer *answer,
    const struct kagiya_ini *ini, int64_t now);

/* No answer came: `retry` seconds were asked for. */
void kagiya_state_back_off(
    struct kagiya_state *state, int64_t now, int64_t retry);

#endif
