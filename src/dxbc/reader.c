#include "dxbc/reader.h"

#include "dxbc/hash.h"
#include "dxbc/internal.h"

/*
 * Signature chunks by kind, in the order in which they are looked for. Newer shapes put the stream
 * number in front of the entry; all words behind it keep their order.
 */
static const struct {
    uint32_t fourcc;
    enum dxbc_signature_kind kind;
    uint32_t entry_size_bytes;
    bool has_stream_word;
} signature_shapes[] = {
    { DXBC_FOURCC('I', 'S', 'G', 'N'), DXBC_SIGNATURE_INPUT, 24, false },
    { DXBC_FOURCC('I', 'S', 'G', '1'), DXBC_SIGNATURE_INPUT, 32, true },
    { DXBC_FOURCC('O', 'S', 'G', 'N'), DXBC_SIGNATURE_OUTPUT, 24, false },
    { DXBC_FOURCC('O', 'S', 'G', '5'), DXBC_SIGNATURE_OUTPUT, 28, true },
    { DXBC_FOURCC('O', 'S', 'G', '1'), DXBC_SIGNATURE_OUTPUT, 32, true },
    { DXBC_FOURCC('P', 'C', 'S', 'G'), DXBC_SIGNATURE_PATCH, 24, false },
    { DXBC_FOURCC('P', 'S', 'G', 'N'), DXBC_SIGNATURE_PATCH, 24, false },
    { DXBC_FOURCC('P', 'S', 'G', '1'), DXBC_SIGNATURE_PATCH, 32, true },
};

/* Whether size_bytes bytes at offset lie inside limit bytes; cannot wrap. */
static bool lies_inside(uint32_t offset, uint64_t size_bytes, uint32_t limit)
{
    return offset <= limit && size_bytes <= limit - offset;
}

static uint32_t chunk_offset(const struct dxbc_reader *reader, uint32_t index)
{
    return dxbc_load_u32(reader->bytes + DXBC_HEADER_SIZE + 4 * index);
}

static bool check_chunk(const struct dxbc_reader *reader, uint32_t index, const char **reason)
{
    const uint32_t table_end = DXBC_HEADER_SIZE + 4 * reader->chunk_count;
    const uint32_t offset = chunk_offset(reader, index);

    if (offset < table_end)
        return dxbc_refuse(reason, "a chunk lies inside the chunk table");
    if (!lies_inside(offset, DXBC_CHUNK_HEADER_SIZE, reader->size_bytes))
        return dxbc_refuse(reason, "a chunk lies outside the container");
    if (!lies_inside(offset + DXBC_CHUNK_HEADER_SIZE, dxbc_load_u32(reader->bytes + offset + 4),
                     reader->size_bytes))
        return dxbc_refuse(reason, "a chunk is longer than the container");
    return true;
}

bool dxbc_reader_init(struct dxbc_reader *reader, const void *bytes, size_t capacity_bytes,
                      const char **reason)
{
    *reader = (struct dxbc_reader){ .bytes = bytes };
    if (!bytes || capacity_bytes < DXBC_HEADER_SIZE)
        return dxbc_refuse(reason, "too short for a container header");
    if (dxbc_load_u32(bytes) != DXBC_MAGIC)
        return dxbc_refuse(reason, "does not begin with DXBC");
    reader->size_bytes = dxbc_load_u32(reader->bytes + DXBC_HEADER_TOTAL_SIZE);
    if (reader->size_bytes < DXBC_HEADER_SIZE)
        return dxbc_refuse(reason, "the total size is smaller than the header");
    if (reader->size_bytes > capacity_bytes)
        return dxbc_refuse(reason, "the total size exceeds the bytes supplied");
    reader->chunk_count = dxbc_load_u32(reader->bytes + DXBC_HEADER_CHUNK_COUNT);
    if (reader->chunk_count > DXBC_CHUNKS_MAX)
        return dxbc_refuse(reason, "more than 4096 chunks");
    if (!lies_inside(DXBC_HEADER_SIZE, 4 * (uint64_t)reader->chunk_count, reader->size_bytes))
        return dxbc_refuse(reason, "the chunk table does not fit");
    for (uint32_t i = 0; i < reader->chunk_count; i++)
        if (!check_chunk(reader, i, reason))
            return false;
    return true;
}

bool dxbc_reader_hash_matches(const struct dxbc_reader *reader)
{
    uint8_t hash[DXBC_HASH_SIZE];

    dxbc_hash(reader->bytes, reader->size_bytes, hash);
    return memcmp(hash, reader->bytes + DXBC_HEADER_HASH, sizeof(hash)) == 0;
}

void dxbc_reader_chunk(const struct dxbc_reader *reader, uint32_t index, struct dxbc_chunk *chunk)
{
    const uint8_t *at = reader->bytes + chunk_offset(reader, index);

    *chunk = (struct dxbc_chunk){
        .fourcc = dxbc_load_u32(at),
        .data = at + DXBC_CHUNK_HEADER_SIZE,
        .size_bytes = dxbc_load_u32(at + 4),
    };
}

bool dxbc_reader_find(const struct dxbc_reader *reader, uint32_t fourcc, struct dxbc_chunk *chunk)
{
    for (uint32_t i = 0; i < reader->chunk_count; i++) {
        dxbc_reader_chunk(reader, i, chunk);
        if (chunk->fourcc == fourcc)
            return true;
    }
    return false;
}

bool dxbc_reader_code(const struct dxbc_reader *reader, struct dxbc_chunk *chunk,
                      const char **reason)
{
    if (!dxbc_reader_find(reader, DXBC_FOURCC('S', 'H', 'E', 'X'), chunk) &&
        !dxbc_reader_find(reader, DXBC_FOURCC('S', 'H', 'D', 'R'), chunk))
        return dxbc_refuse(reason, "no code chunk");
    if (chunk->size_bytes % 4 != 0)
        return dxbc_refuse(reason, "the code chunk is not a whole number of words");
    return true;
}

/* Where the entry's word number `word` lies, not counting a stream word in front. */
static const uint8_t *element_word(const struct dxbc_signature *signature, uint32_t index,
                                   uint32_t word)
{
    return signature->entries + (size_t)index * signature->entry_size_bytes +
           4 * (word + signature->has_stream_word);
}

static bool check_name(const struct dxbc_signature *signature, uint32_t index, uint32_t size_bytes,
                       const char **reason)
{
    const uint32_t offset = dxbc_load_u32(element_word(signature, index, 0));
    const uint8_t *const name = signature->data + offset;

    if (offset >= size_bytes || !memchr(name, 0, size_bytes - offset))
        return dxbc_refuse(reason, "a signature name does not end inside its chunk");
    if (name >= signature->entries &&
        name < signature->entries + (size_t)signature->count * signature->entry_size_bytes)
        return dxbc_refuse(reason, "a signature name lies inside the table");
    return true;
}

static bool open_signature(const struct dxbc_chunk *chunk, struct dxbc_signature *signature,
                           const char **reason)
{
    uint32_t table_offset;

    if (chunk->size_bytes < DXBC_SIGNATURE_HEADER)
        return dxbc_refuse(reason, "a signature chunk is too short for its header");
    signature->data = chunk->data;
    signature->count = dxbc_load_u32(chunk->data);
    table_offset = dxbc_load_u32(chunk->data + 4);
    if (signature->count > DXBC_SIGNATURE_ENTRIES_MAX)
        return dxbc_refuse(reason, "more signature entries than any shader has");
    if (table_offset < DXBC_SIGNATURE_HEADER ||
        !lies_inside(table_offset, (uint64_t)signature->count * signature->entry_size_bytes,
                     chunk->size_bytes))
        return dxbc_refuse(reason, "a signature table does not fit its chunk");
    signature->entries = chunk->data + table_offset;
    for (uint32_t i = 0; i < signature->count; i++)
        if (!check_name(signature, i, chunk->size_bytes, reason))
            return false;
    return true;
}

bool dxbc_reader_signature(const struct dxbc_reader *reader, enum dxbc_signature_kind kind,
                           struct dxbc_signature *signature, const char **reason)
{
    struct dxbc_chunk chunk;

    *signature = (struct dxbc_signature){ 0 };
    for (size_t i = 0; i < sizeof(signature_shapes) / sizeof(signature_shapes[0]); i++) {
        if (signature_shapes[i].kind != kind ||
            !dxbc_reader_find(reader, signature_shapes[i].fourcc, &chunk))
            continue;
        signature->entry_size_bytes = signature_shapes[i].entry_size_bytes;
        signature->has_stream_word = signature_shapes[i].has_stream_word;
        return open_signature(&chunk, signature, reason);
    }
    return true;
}

void dxbc_signature_element(const struct dxbc_signature *signature, uint32_t index,
                            struct dxbc_element *element)
{
    const uint8_t *masks = element_word(signature, index, 5);

    *element = (struct dxbc_element){
        .name = (const char *)signature->data + dxbc_load_u32(element_word(signature, index, 0)),
        .semantic_index = dxbc_load_u32(element_word(signature, index, 1)),
        .system_value = dxbc_load_u32(element_word(signature, index, 2)),
        .component_type = dxbc_load_u32(element_word(signature, index, 3)),
        .register_index = dxbc_load_u32(element_word(signature, index, 4)),
        .mask = masks[0],
        .rw_mask = masks[1],
        .stream = signature->has_stream_word ? dxbc_load_u32(masks - 24) : masks[2],
    };
}
