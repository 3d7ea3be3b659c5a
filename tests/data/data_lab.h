/* data_lab: a connection and rows to begin with, for tests beside a private
 * database (run.sh). */

#ifndef DATA_LAB_H
#define DATA_LAB_H

#include "../base/lab.h"

#include "base/arena.h"
#include "data/db.h"
#include "data/work.h"

/* Settings, arena and connection; as cmocka's group set-up and tear-down. */
int data_lab_open(void **state);
int data_lab_close(void **state);

/* Of the one connection. */
struct work *data_lab_work(void);

/* Begin and commit, which must succeed. */
void data_lab_begin(void);
void data_lab_commit(void);

/* The server ends and starts again. */
void data_lab_restart_server(void);

/* Rows the tests need; each call makes another one. In a transaction. */
int64_t data_lab_account(const char *login, const char *password);
int64_t data_lab_depot(const char *name);

#endif
