/** Allocation tables, decoded and built (AeroGPU protocol specification, sections 10.3 and 18.2).
 */
#include <string.h>

#include "aerogpu/capture.h"
#include "aerogpu_unaligned.h"
#include "stream/id_map.h"

#define HEADER_BYTES ((uint32_t)sizeof(struct aerogpu_alloc_table_header))
#define ENTRY_BYTES  ((uint32_t)sizeof(struct aerogpu_alloc_entry))
#define TABLE_MAX    (16u << 20)

static const char *check_header(const uint8_t *bytes, size_t size_bytes,
                                struct aerogpu_alloc_table_header *header)
{
    if (size_bytes < HEADER_BYTES)
        return "the allocation table is shorter than its header";
    memcpy(header, bytes, HEADER_BYTES);
    if (header->magic != AEROGPU_ALLOC_TABLE_MAGIC)
        return "the allocation table does not begin with ALOC";
    if (header->abi_version >> 16 != AEROGPU_ABI_MAJOR)
        return "the allocation table has another major ABI version";
    if (header->size_bytes < HEADER_BYTES || header->size_bytes > size_bytes)
        return "the allocation table's size does not fit its bytes";
    if (header->size_bytes > TABLE_MAX)
        return "the allocation table is larger than 16 MiB";
    if (header->entry_stride_bytes < ENTRY_BYTES)
        return "the allocation table's stride is smaller than an entry";
    if ((uint64_t)header->entry_count * header->entry_stride_bytes >
        header->size_bytes - HEADER_BYTES)
        return "the allocation table's entries exceed its size";
    return NULL;
}

static const char *check_entry(const struct aerogpu_alloc_entry *entry)
{
    if (entry->alloc_id == 0)
        return "an allocation table entry has id 0";
    if (entry->size_bytes == 0)
        return "an allocation table entry has no bytes";
    if (entry->gpa > UINT64_MAX - entry->size_bytes)
        return "an allocation table entry overflows the address space";
    return NULL;
}

static const char *check_duplicates(const struct aerogpu_alloc_entry *entries, uint32_t count)
{
    const struct stream_memory memory = stream_memory_from(NULL, NULL);
    struct id_map seen = { 0 };
    const char *problem = NULL;

    for (uint32_t i = 0; i < count && !problem; i++) {
        uint32_t *value = stream_id_map_insert(&seen, &memory, entries[i].alloc_id);

        if (!value)
            problem = "out of memory";
        else if (*value != 0)
            problem = "two allocation table entries have one id";
        else
            *value = 1;
    }
    stream_id_map_finish(&seen, &memory);
    return problem;
}

const char *aerogpu_alloc_table_parse(const void *bytes, size_t size_bytes,
                                      struct aerogpu_alloc_entry *entries, uint32_t capacity,
                                      uint32_t *entry_count)
{
    struct aerogpu_alloc_table_header header;
    const char *problem = check_header(bytes, size_bytes, &header);

    *entry_count = 0;
    if (problem)
        return problem;
    *entry_count = header.entry_count;
    if (!entries)
        return NULL;
    if (header.entry_count > capacity)
        return "the allocation table has more entries than there is room for";
    for (uint32_t i = 0; i < header.entry_count; i++) {
        memcpy(&entries[i],
               (const uint8_t *)bytes + HEADER_BYTES + (size_t)i * header.entry_stride_bytes,
               ENTRY_BYTES);
        problem = check_entry(&entries[i]);
        if (problem)
            return problem;
    }
    return check_duplicates(entries, header.entry_count);
}

size_t aerogpu_alloc_table_size(uint32_t entry_count)
{
    return HEADER_BYTES + (size_t)entry_count * ENTRY_BYTES;
}

void aerogpu_alloc_table_build(void *bytes, const struct aerogpu_alloc_entry *entries,
                               uint32_t entry_count)
{
    const struct aerogpu_alloc_table_header header = {
        .magic = AEROGPU_ALLOC_TABLE_MAGIC,
        .abi_version = AEROGPU_ABI_VERSION_U32,
        .size_bytes = (uint32_t)aerogpu_alloc_table_size(entry_count),
        .entry_count = entry_count,
        .entry_stride_bytes = ENTRY_BYTES,
    };

    memcpy(bytes, &header, HEADER_BYTES);
    if (entry_count)
        memcpy((uint8_t *)bytes + HEADER_BYTES, entries, (size_t)entry_count * ENTRY_BYTES);
}
