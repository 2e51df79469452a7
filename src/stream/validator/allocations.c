/** The submission's allocation list (section 10.3). */
#include "stream/validator/validator.h"

#include <stdlib.h>
#include <string.h>

static int compare_entries(const void *left, const void *right)
{
    const struct aerogpu_alloc_entry *a = left;
    const struct aerogpu_alloc_entry *b = right;

    return (a->alloc_id > b->alloc_id) - (a->alloc_id < b->alloc_id);
}

static void check_entry(validator *v, uint32_t n)
{
    const struct aerogpu_alloc_entry *entry = &v->entries[n];

    if (entry->alloc_id == 0 || entry->size_bytes == 0 ||
        entry->gpa > UINT64_MAX - entry->size_bytes)
        validator_report(v, RULE_ALLOC_ENTRY,
                         "allocation %#x has gpa %#" PRIx64 " and %" PRIu64 " bytes in the list",
                         (unsigned)entry->alloc_id, (uint64_t)entry->gpa,
                         (uint64_t)entry->size_bytes);
    if (n > 0 && v->entries[n - 1].alloc_id == entry->alloc_id)
        validator_report(v, RULE_ALLOC_DUPLICATE, "allocation %#x is listed twice",
                         (unsigned)entry->alloc_id);
}

void validator_allocations_begin(validator *v, const struct aerogpu_alloc_entry *entries,
                                 uint32_t entry_count)
{
    void *room = v->entries;

    v->entry_count = 0;
    if (entry_count == 0)
        return;
    if (!stream_memory_reserve(&v->memory, &room, &v->entry_capacity, entry_count,
                               sizeof(*v->entries))) {
        validator_report_out_of_memory(v);
        return;
    }
    v->entries = room;
    v->entry_count = entry_count;
    memcpy(v->entries, entries, entry_count * sizeof(*entries));
    qsort(v->entries, entry_count, sizeof(*v->entries), compare_entries);
    for (uint32_t i = 0; i < entry_count; i++)
        check_entry(v, i);
}

const struct aerogpu_alloc_entry *validator_allocation_find(const validator *v, uint32_t alloc_id)
{
    const struct aerogpu_alloc_entry key = { .alloc_id = alloc_id };

    if (v->entry_count == 0)
        return NULL;
    return bsearch(&key, v->entries, v->entry_count, sizeof(key), compare_entries);
}

bool validator_allocation_touch(validator *v, const struct resource *resource,
                                aerogpu_handle_t handle, bool is_write)
{
    const struct aerogpu_alloc_entry *entry;

    if (resource->alloc_id == 0 || v->config.any_allocations)
        return true;
    entry = validator_allocation_find(v, resource->alloc_id);
    if (!entry) {
        validator_report(v, RULE_ALLOC_UNLISTED, "allocation %#x of resource %#x is not listed%s",
                         (unsigned)resource->alloc_id, (unsigned)handle,
                         resource->has_unread ? ", and its bytes were not taken yet" : "");
        return false;
    }
    if (resource->size_bytes > entry->size_bytes ||
        resource->alloc_offset_bytes > entry->size_bytes - resource->size_bytes) {
        validator_report(v, RULE_ALLOC_RANGE,
                         "resource %#x needs %" PRIu64
                         " bytes at %u of allocation %#x, which has %" PRIu64,
                         (unsigned)handle, resource->size_bytes,
                         (unsigned)resource->alloc_offset_bytes, (unsigned)resource->alloc_id,
                         (uint64_t)entry->size_bytes);
        return false;
    }
    if (is_write && entry->flags & AEROGPU_ALLOC_FLAG_READONLY) {
        validator_report(v, RULE_ALLOC_READONLY,
                         "allocation %#x of resource %#x is written, but listed read-only",
                         (unsigned)resource->alloc_id, (unsigned)handle);
        return false;
    }
    return true;
}
