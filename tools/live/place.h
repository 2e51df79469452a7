/** The private folder through which a program reaches the host: two FIFOs and a file. */
#ifndef LIVE_PLACE_H
#define LIVE_PLACE_H

#include <stdbool.h>

enum { PLACE_PATH_BYTES = 64 };

struct place {
    char folder[PLACE_PATH_BYTES]; /**< empty: there is none */
};

/** Makes the folder, readable by this user alone. False after a sentence on standard error. */
bool place_create(struct place *place);

/** Opens one of its files: flags of open(2). -1 after a sentence on standard error. */
int place_open(const struct place *place, const char *name, int flags);

/** Removes everything, however much there is. What is open stays usable. */
void place_remove(struct place *place);

#endif
