/**
 * What the stream library needs to know of a shader container: chunks, signatures, and the
 * declarations at the head of the code. Reads untrusted bytes in place and never beyond them.
 * Rules: AeroGPU protocol specification, section 7.5.
 */
#ifndef STREAM_SHADER_VIEW_H
#define STREAM_SHADER_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Program types of the version token. */
enum program_type {
    PROGRAM_PIXEL,
    PROGRAM_VERTEX,
    PROGRAM_GEOMETRY,
    PROGRAM_HULL,
    PROGRAM_DOMAIN,
    PROGRAM_COMPUTE,
    PROGRAM_TYPE_COUNT,
};

/** System values that matter here; numbers of signature entries and declarations. */
enum system_value {
    SYSTEM_VALUE_NONE = 0,
    SYSTEM_VALUE_POSITION = 1,
    SYSTEM_VALUE_CLIP_DISTANCE = 2,
    SYSTEM_VALUE_CULL_DISTANCE = 3,
    SYSTEM_VALUE_VERTEX_ID = 6,
    SYSTEM_VALUE_INSTANCE_ID = 8,
    SYSTEM_VALUE_TARGET = 64,
    SYSTEM_VALUE_DEPTH = 65,
};

/** Component types of signature entries. */
enum component_type {
    COMPONENT_UINT = 1,
    COMPONENT_SINT = 2,
    COMPONENT_FLOAT = 3,
};

/** A chunk inside a container, in place. */
struct shader_chunk {
    uint32_t fourcc;
    uint32_t size_bytes;
    const uint8_t *bytes;
};

/** A container whose header and chunk table hold. */
struct shader_container {
    const uint8_t *bytes;
    uint32_t total_bytes;
    uint32_t chunk_count;
};

/**
 * Opens the container at the start of size_bytes bytes and checks every chunk's place. Returns
 * NULL, or a sentence that says what is wrong.
 */
const char *stream_shader_container_open(struct shader_container *container, const uint8_t *bytes,
                                         uint32_t size_bytes);

/** Chunk n of an open container. */
struct shader_chunk stream_shader_container_chunk(const struct shader_container *container,
                                                  uint32_t n);

/** Whether the checksum in the header is the real one. */
bool stream_shader_container_is_hashed(const struct shader_container *container);

/** One signature entry. */
struct signature_entry {
    uint32_t name_hash; /**< as in ILAY: FNV-1a of the upper-case name */
    uint32_t semantic_index;
    uint32_t system_value;
    uint32_t component_type;
    uint32_t register_index; /**< 0xFFFFFFFF for depth outputs */
    uint8_t mask;
    uint8_t stream;
};

/** 32 registers of 4 components, and the depth outputs. */
#define SIGNATURE_ENTRIES_MAX 136u

/** A signature chunk, parsed. */
struct signature_view {
    bool is_present;
    uint32_t count;
    struct signature_entry entries[SIGNATURE_ENTRIES_MAX];
};

#define SHADER_CONSTANT_SLOTS 14u
#define SHADER_RESOURCE_SLOTS 128u
#define SHADER_SAMPLER_SLOTS  16u
#define SHADER_UAV_SLOTS      8u

/** What the declarations of a shader ask for. */
struct shader_declarations {
    uint16_t constant_slots;                            /**< bit n: b#n is declared */
    uint16_t sampler_slots;                             /**< bit n: s#n */
    uint8_t uav_slots;                                  /**< bit n: u#n */
    uint8_t resource_slots[SHADER_RESOURCE_SLOTS / 8];  /**< bit n: t#n */
    uint32_t constant_registers[SHADER_CONSTANT_SLOTS]; /**< declared float4 count of b#n */
    uint32_t varying_inputs;                            /**< pixel shader: bit n: reads v#n */
    uint32_t patch_points;                              /**< hull shader: input control points */
    bool writes_other_stream;                           /**< declares an output stream but 0 */
};

/** A shader as far as the validator looks. */
struct shader_view {
    uint32_t program; /**< enum program_type */
    struct signature_view inputs;
    struct signature_view outputs;
    bool has_patch_signature;
    struct shader_declarations declared;
};

/** Reads the code chunk of an open container. Returns NULL or a sentence. */
const char *stream_shader_view_read_code(struct shader_view *view,
                                         const struct shader_container *container);

/** Reads the signature chunks of an open container. Returns NULL or a sentence. */
const char *stream_shader_view_read_signatures(struct shader_view *view,
                                               const struct shader_container *container);

/** Whether a resource register is declared. */
static inline bool shader_declares_resource(const struct shader_declarations *declared,
                                            uint32_t slot)
{
    return declared->resource_slots[slot / 8] >> slot % 8 & 1;
}

/** FNV-1a over the upper-case form of a name (section 7.3). */
uint32_t stream_semantic_name_hash(const char *name, size_t length);

/** FNV-1a of bytes, the short hash of dumps. */
uint32_t stream_bytes_hash(const uint8_t *bytes, size_t size_bytes);

#endif
