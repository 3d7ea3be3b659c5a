/* crowd: processes that do the same at the same time, and processes that are
 * killed while they do it. */

#ifndef SHOP_CROWD_H
#define SHOP_CROWD_H

/* Each in a process with a connection of its own; number from 0. The sum of
 * what they return (0 to 100). A process that dies fails the test. */
int crowd_run(int count, int (*act)(int number));

/* How long act takes in a process of its own, in microseconds. */
int64_t crowd_time(int (*act)(int number));

/* Starts act in a process and kills it (-9) after so many microseconds. */
void crowd_kill(int (*act)(int number), int64_t after);

#endif
