/* world: a shop with a server, a depot, three programs and customers, for
 * tests beside a private database (tests/data/run.sh). */

#ifndef SHOP_WORLD_H
#define SHOP_WORLD_H

#include "../base/lab.h"

#include "base/arena.h"
#include "base/clock.h"
#include "data/db.h"
#include "data/work.h"
#include "shop/purchase.h"
#include "shop/wish.h"

struct arena;

/* cmocka's group set-up and tear-down. */
int world_open(void **state);
int world_close(void **state);
/* In a forked child: a connection of its own. */
void world_reopen(void);

/* From now on as that program: its database user, its rights. "test" may do
 * everything. */
void world_play(const char *program);

struct work *world_work(void);

/* From now on it is noon in Tokyo on that day. */
int32_t world_day(const char *day);
void world_later(int days);

/* A new customer with an area of 100 MiB; he acts from now on. The same name
 * makes another one. */
int64_t world_customer(void);
void world_as(int64_t account);
int64_t world_area(void);

/* The programs: license model, 60 days, versions 1.0 and (published) 2.0;
 * each is related to the next. Prices: 1 user 5000 yen, from 10 users 4200,
 * 10 %. */
enum world_program { WIKI, MAIL, CHAT };
const char *world_code(enum world_program program);
void world_publish(enum world_program program, const char *features);

void world_begin(void);
void world_commit(void);
void world_rollback(void);

/* Asks for it and lets the agent do it; the serial. */
const char *world_request(enum world_program program, const char *directory);
void world_agent(const char *serial);
const char *world_install(enum world_program program, const char *directory);

/* The seed's buyer (0062), and buying as he does. */
extern const struct buyer world_suzuki;
const char *world_buy(const char *serial, int64_t users);
/* The gate saw the license's key, the worker acted. */
void world_enter_key(const char *serial);
const char *world_sell(enum world_program program, const char *directory);

/* The job page's button. */
enum wish_result world_again(struct work *work, const char *serial);

/* Any statement: its first column, alone in its row, as a number or text
 * (arguments in the statement itself). "" for NULL and for no row. */
int64_t world_number(const char *sql);
const char *world_text(const char *sql);
void world_change(const char *sql);
/* "SELECT what FROM license WHERE serial = '...'" */
const char *world_license(const char *serial, const char *what);

#endif
