/**
 * Bounded reader of finished shader containers. The bytes may be hostile and unaligned: every
 * function stays inside what it was given and answers damage with false and a sentence.
 *
 * A reader borrows the bytes and owns nothing. Layout: AeroGPU protocol specification 7.5.
 */
#ifndef DXBC_READER_H
#define DXBC_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DXBC_FOURCC(a, b, c, d)                                                                    \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/** First word of every container. */
#define DXBC_MAGIC DXBC_FOURCC('D', 'X', 'B', 'C')

/** Offsets and limits of the container header. */
#define DXBC_HEADER_SIZE          32u
#define DXBC_HEADER_HASH          4u
#define DXBC_HEADER_VERSION       20u
#define DXBC_HEADER_TOTAL_SIZE    24u
#define DXBC_HEADER_CHUNK_COUNT   28u
#define DXBC_CHUNK_HEADER_SIZE    8u
#define DXBC_CHUNKS_MAX           4096u
#define DXBC_SIGNATURE_HEADER     8u
#define DXBC_SIGNATURE_ENTRY_SIZE 24u

/** Four streams of 32 registers, each component an entry of its own: nothing real has more. */
#define DXBC_SIGNATURE_ENTRIES_MAX 512u

/** Fields are private to reader.c; size_bytes is the container's own total size. */
struct dxbc_reader {
    const uint8_t *bytes; /**< lent by the caller of dxbc_reader_init */
    uint32_t size_bytes;
    uint32_t chunk_count;
};

/** A chunk's contents, without its header. Points into the container. */
struct dxbc_chunk {
    uint32_t fourcc;
    const uint8_t *data;
    uint32_t size_bytes;
};

enum dxbc_signature_kind {
    DXBC_SIGNATURE_INPUT,
    DXBC_SIGNATURE_OUTPUT,
    DXBC_SIGNATURE_PATCH,
    DXBC_SIGNATURE_KINDS,
};

/** A signature chunk of any known shape. Fields are private to reader.c, but for count. */
struct dxbc_signature {
    const uint8_t *data; /**< NULL when the container has no such chunk */
    const uint8_t *entries;
    uint32_t count;
    uint32_t entry_size_bytes;
    bool has_stream_word;
};

/** One entry of a signature chunk. name points into the container and is NUL-terminated there. */
struct dxbc_element {
    const char *name;
    uint32_t semantic_index;
    uint32_t system_value; /**< the container's number */
    uint32_t component_type;
    uint32_t register_index;
    uint8_t mask;
    uint8_t rw_mask;
    uint32_t stream;
};

/**
 * Looks at a container of at most capacity_bytes bytes: header, chunk table and the place of every
 * chunk. Afterwards chunks can be fetched without further checks. The checksum is not looked at.
 * False with a static sentence in *reason (which may be NULL) when the bytes are no container.
 */
bool dxbc_reader_init(struct dxbc_reader *reader, const void *bytes, size_t capacity_bytes,
                      const char **reason);

/** Whether the checksum in the header is the right one. */
bool dxbc_reader_hash_matches(const struct dxbc_reader *reader);

/** Fetches chunk index, below reader->chunk_count. */
void dxbc_reader_chunk(const struct dxbc_reader *reader, uint32_t index, struct dxbc_chunk *chunk);

/** Fetches the first chunk with this fourcc; false when there is none. */
bool dxbc_reader_find(const struct dxbc_reader *reader, uint32_t fourcc, struct dxbc_chunk *chunk);

/** Fetches the code chunk, SHEX before SHDR; false without one, or when it is not whole words. */
bool dxbc_reader_code(const struct dxbc_reader *reader, struct dxbc_chunk *chunk,
                      const char **reason);

/**
 * Fetches a signature. A container without that signature gives true, data NULL and count 0; false
 * with a sentence means a damaged chunk.
 */
bool dxbc_reader_signature(const struct dxbc_reader *reader, enum dxbc_signature_kind kind,
                           struct dxbc_signature *signature, const char **reason);

/** Fetches entry index, below signature->count. */
void dxbc_signature_element(const struct dxbc_signature *signature, uint32_t index,
                            struct dxbc_element *element);

#endif
