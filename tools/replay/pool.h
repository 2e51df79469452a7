/**
 * JSON texts of which equal ones are kept once: what many draws have in common (contents of
 * buffers, bound state, programs) is written to the page one time and referred to by number.
 */
#ifndef REPLAY_POOL_H
#define REPLAY_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** Number of the text `null`: nothing is known, or there was no more room. */
#define POOL_NULL 0u

struct pool_text;

/** Zero it to begin. */
struct pool {
    struct pool_text *texts;
    uint32_t count, capacity;
    uint32_t *buckets; /**< number of a text, POOL_NULL: empty */
    uint32_t bucket_count;
    size_t size_bytes; /**< of all texts */
    bool is_full;      /**< something found no room */
};

/** A text in the making. */
struct pool_draft {
    FILE *out; /**< what is written here is the text */
    char *text;
    size_t size_bytes;
};

/** Starts a text; false when memory runs out. End it with pool_end if it was started. */
bool pool_begin(struct pool_draft *draft);

/** Ends the text and returns its number. */
uint32_t pool_end(struct pool *pool, struct pool_draft *draft);

/** Writes all texts as one JSON array. */
void pool_write(const struct pool *pool, FILE *out);

void pool_finish(struct pool *pool);

#endif
