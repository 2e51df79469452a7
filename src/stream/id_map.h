/**
 * Map from 64-bit ids (handles, alloc ids, share tokens) to small numbers: open addressing, linear
 * probing, grown through the owner's memory. Keys are never removed; a value may be changed.
 */
#ifndef STREAM_ID_MAP_H
#define STREAM_ID_MAP_H

#include "stream/memory.h"

struct id_map_slot {
    uint64_t key;
    uint32_t value;
    bool is_used;
};

/** Zero it to begin. */
struct id_map {
    struct id_map_slot *slots;
    uint32_t slot_count; /**< 0 or a power of two */
    uint32_t used;
};

/** Where the value of a key is kept, NULL when the key is absent. Valid until the next insertion.
 */
uint32_t *stream_id_map_find(const struct id_map *map, uint64_t key);

/** The same, inserting the key with value 0 if it is absent. NULL when memory runs out. */
uint32_t *stream_id_map_insert(struct id_map *map, const struct stream_memory *memory,
                               uint64_t key);

void stream_id_map_finish(struct id_map *map, const struct stream_memory *memory);

#endif
