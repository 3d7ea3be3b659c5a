/* ini: prints kagiya-license.ini as the agent writes it. Arguments: check_url,
 * product, serial, instance, version, buy_url, then the public keys. */

#include "agent/ini.h"

#include <stdio.h>

#include "base/arena.h"
#include "depot/order.h"

int
main(int count, char **arguments)
{
	if (count < 8)
		return 2;
	struct arena *arena = arena_new();
	const struct order_job job = {
		.check_url = arguments[1],
		.product = arguments[2],
		.serial = arguments[3],
		.instance = arguments[4],
		.version = arguments[5],
		.buy_url = arguments[6],
		.public_keys = (const char *const *)(arguments + 7),
		.public_key_count = (size_t)count - 7,
	};
	fputs(ini_license(arena, &job), stdout);
	arena_free(arena);
	return 0;
}
