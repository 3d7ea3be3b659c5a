/* net: HTTP, in a process that can do nothing else. */

#ifndef AGENT_NET_H
#define AGENT_NET_H

#include "agent/broker.h"
#include "depot/fetch.h"

struct agent;
struct arena;

/* As fetch(), in a task without rights; bytes are collected here, or go to
 * `wish->take` in this process, which is also where sent() is called. */
enum fetch_end net_fetch(const struct agent *agent, struct arena *arena,
    const struct fetch *wish, struct fetched *fetched_r);

int net_task(const struct broker_task *task);

#endif
