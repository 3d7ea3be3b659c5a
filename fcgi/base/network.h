/* network: what of an address counts as one: who has an IPv6 address has
 * 2^64 of them. */

#ifndef BASE_NETWORK_H
#define BASE_NETWORK_H

#include <stddef.h>

enum { NETWORK_MOST = 16 };

/* The whole of an IPv4 address (also of one written as IPv6), the first half
 * of an IPv6 address; for anything else one zero byte. Returns the number of
 * bytes. */
size_t network_of(const char *address, unsigned char bytes_r[NETWORK_MOST]);

#endif
