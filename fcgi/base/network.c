/* network: addresses cut to what their owner cannot change at will. */

#include "base/network.h"

#include <arpa/inet.h>
#include <string.h>

size_t
network_of(const char *address, unsigned char bytes_r[NETWORK_MOST])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

	memset(bytes_r, 0, NETWORK_MOST);
	if (inet_pton(AF_INET, address, bytes_r) == 1)
		return 4;
	if (inet_pton(AF_INET6, address, bytes_r) != 1)
		return 1;
	if (memcmp(bytes_r, mapped, sizeof(mapped)) != 0)
		return 8;
	memmove(bytes_r, bytes_r + sizeof(mapped), 4);
	return 4;
}
