/** Open-addressing map; see id_map.h. */
#include "stream/id_map.h"

/** The slot of a key, or the free slot where it belongs. The map is never full. */
static struct id_map_slot *id_map_probe(const struct id_map *map, uint64_t key)
{
    const uint32_t mask = map->slot_count - 1;
    uint32_t i = (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 32) & mask;

    while (map->slots[i].is_used && map->slots[i].key != key)
        i = (i + 1) & mask;
    return &map->slots[i];
}

static bool id_map_grow(struct id_map *map, const struct stream_memory *memory)
{
    const struct id_map old = *map;
    const uint64_t slot_count = old.slot_count ? (uint64_t)old.slot_count * 2 : 64;

    if (slot_count > UINT32_MAX || slot_count > SIZE_MAX / sizeof(*map->slots))
        return false;
    map->slots = stream_memory_create(memory, (size_t)slot_count * sizeof(*map->slots));
    if (!map->slots) {
        map->slots = old.slots;
        return false;
    }
    map->slot_count = (uint32_t)slot_count;
    for (uint32_t i = 0; i < old.slot_count; i++) {
        if (old.slots[i].is_used)
            *id_map_probe(map, old.slots[i].key) = old.slots[i];
    }
    stream_memory_destroy(memory, old.slots);
    return true;
}

uint32_t *stream_id_map_find(const struct id_map *map, uint64_t key)
{
    struct id_map_slot *slot;

    if (map->slot_count == 0)
        return NULL;
    slot = id_map_probe(map, key);
    return slot->is_used ? &slot->value : NULL;
}

uint32_t *stream_id_map_insert(struct id_map *map, const struct stream_memory *memory, uint64_t key)
{
    uint32_t *value = stream_id_map_find(map, key);
    struct id_map_slot *slot;

    if (value)
        return value;
    if (map->used >= map->slot_count / 4 * 3 && !id_map_grow(map, memory))
        return NULL;
    slot = id_map_probe(map, key);
    *slot = (struct id_map_slot){ .key = key, .is_used = true };
    map->used++;
    return &slot->value;
}

void stream_id_map_finish(struct id_map *map, const struct stream_memory *memory)
{
    stream_memory_destroy(memory, map->slots);
    *map = (struct id_map){ 0 };
}
