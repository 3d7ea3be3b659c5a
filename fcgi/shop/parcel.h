/* parcel: programs on their way from one area to another, each a file in the
 * folder parcel.dir, named by the number of its move. */

#ifndef SHOP_PARCEL_H
#define SHOP_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

struct arena;
struct work;

/* What a ticket says in the place of a package's name, which has no slash:
 * tickets for depots and for parcels are never taken for one another. The
 * version's place has the move's number. */
#define PARCEL_PUT "parcel/put"
#define PARCEL_GET "parcel/get"

/* The file of a move, and where it grows before it is whole. */
const char *parcel_path(struct arena *arena, int64_t move_id);
const char *parcel_part_path(
    struct arena *arena, int64_t move_id, const char *request_id);

/* Removes the files of moves that have ended, and parts that nobody goes on
 * with. */
enum db_status parcel_sweep(struct work *work);

#endif
