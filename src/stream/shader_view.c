/** Bounded reader of shader containers; see shader_view.h. */
#include "stream/shader_view.h"

#include "aerogpu_unaligned.h"
#include "stream/container_hash.h"

#define FOURCC(a, b, c, d)                                                                         \
    ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

#define HEADER_BYTES   32u
#define HASH_OFFSET    4u
#define HASHED_OFFSET  20u
#define TOTAL_OFFSET   24u
#define COUNT_OFFSET   28u
#define CHUNKS_MAX     4096u
#define TABLE_OFFSET   8u
#define NO_REGISTER    0xFFFFFFFFu
#define REGISTER_COUNT 32u

const char *stream_shader_container_open(struct shader_container *container, const uint8_t *bytes,
                                         uint32_t size_bytes)
{
    uint32_t total_bytes;
    uint32_t chunk_count;

    *container = (struct shader_container){ .bytes = bytes };
    if (size_bytes < HEADER_BYTES)
        return "the container is shorter than its header";
    if (aerogpu_load_u32(bytes) != FOURCC('D', 'X', 'B', 'C'))
        return "the container does not begin with DXBC";
    total_bytes = aerogpu_load_u32(bytes + TOTAL_OFFSET);
    if (total_bytes < HEADER_BYTES || total_bytes > size_bytes)
        return "the container's total size does not fit its payload";
    chunk_count = aerogpu_load_u32(bytes + COUNT_OFFSET);
    if (chunk_count > CHUNKS_MAX || chunk_count > (total_bytes - HEADER_BYTES) / 4)
        return "the container has more chunks than it has room for";
    for (uint32_t i = 0; i < chunk_count; i++) {
        const uint32_t offset = aerogpu_load_u32(bytes + HEADER_BYTES + 4 * i);

        if (offset < HEADER_BYTES + 4 * chunk_count || offset > total_bytes ||
            total_bytes - offset < 8)
            return "a chunk begins outside the container";
        if (aerogpu_load_u32(bytes + offset + 4) > total_bytes - offset - 8)
            return "a chunk ends outside the container";
    }
    container->total_bytes = total_bytes;
    container->chunk_count = chunk_count;
    return NULL;
}

struct shader_chunk stream_shader_container_chunk(const struct shader_container *container,
                                                  uint32_t n)
{
    const uint8_t *chunk =
        container->bytes + aerogpu_load_u32(container->bytes + HEADER_BYTES + 4 * n);

    return (struct shader_chunk){
        .fourcc = aerogpu_load_u32(chunk),
        .size_bytes = aerogpu_load_u32(chunk + 4),
        .bytes = chunk + 8,
    };
}

bool stream_shader_container_is_hashed(const struct shader_container *container)
{
    uint32_t hash[4];

    stream_container_hash(container->bytes + HASHED_OFFSET, container->total_bytes - HASHED_OFFSET,
                          hash);
    for (uint32_t i = 0; i < 4; i++) {
        if (aerogpu_load_u32(container->bytes + HASH_OFFSET + 4 * i) != hash[i])
            return false;
    }
    return true;
}

static bool find_chunk(const struct shader_container *container, uint32_t fourcc,
                       struct shader_chunk *found)
{
    for (uint32_t i = 0; i < container->chunk_count; i++) {
        *found = stream_shader_container_chunk(container, i);
        if (found->fourcc == fourcc)
            return true;
    }
    return false;
}

uint32_t stream_bytes_hash(const uint8_t *bytes, size_t size_bytes)
{
    uint32_t hash = 0x811C9DC5u;

    for (size_t i = 0; i < size_bytes; i++)
        hash = (hash ^ bytes[i]) * 0x01000193u;
    return hash;
}

uint32_t stream_semantic_name_hash(const char *name, size_t length)
{
    uint32_t hash = 0x811C9DC5u;

    for (size_t i = 0; i < length; i++) {
        const uint8_t letter = (uint8_t)name[i];

        hash = (hash ^ (letter >= 'a' && letter <= 'z' ? letter - 32u : letter)) * 0x01000193u;
    }
    return hash;
}

/* Declarations. Opcode numbers and operand encoding are those of the public token format. */
enum {
    OPCODE_CUSTOM_DATA = 53,
    OPCODE_DCL_RESOURCE = 88,
    OPCODE_DCL_CONSTANT_BUFFER = 89,
    OPCODE_DCL_SAMPLER = 90,
    OPCODE_DCL_INPUT_PS = 98,
    OPCODE_DCL_INPUT_PS_SIV = 100,
    OPCODE_DCL_STREAM = 143,
    OPCODE_DCL_INPUT_CONTROL_POINT_COUNT = 147,
    OPCODE_DCL_UAV_TYPED = 156,
    OPCODE_DCL_UAV_RAW = 157,
    OPCODE_DCL_UAV_STRUCTURED = 158,
    OPCODE_DCL_RESOURCE_RAW = 161,
    OPCODE_DCL_RESOURCE_STRUCTURED = 162,
};

/** The operand of a declaration: register indices that are given as immediates. */
struct declared_operand {
    uint32_t indices[2];
    uint32_t next_token; /**< first token behind the operand */
};

/** One instruction in place: length_tokens tokens. */
struct instruction {
    const uint8_t *tokens;
    uint32_t length_tokens;
    uint32_t opcode;
};

static uint32_t instruction_token(const struct instruction *instruction, uint32_t n)
{
    return n < instruction->length_tokens ? aerogpu_load_u32(instruction->tokens + 4 * (size_t)n)
                                          : 0;
}

/** Returns false when the operand is no register with immediate indices. */
static bool read_operand(const struct instruction *instruction, struct declared_operand *operand)
{
    const uint32_t token = instruction_token(instruction, 1);
    const uint32_t dimensions = token >> 20 & 3;
    uint32_t next = 2;

    *operand = (struct declared_operand){ 0 };
    if (token >> 31)
        next++;
    for (uint32_t i = 0; i < dimensions && i < 2; i++) {
        if (token >> (22 + 3 * i) & 7)
            return false;
        if (next >= instruction->length_tokens)
            return false;
        operand->indices[i] = instruction_token(instruction, next++);
    }
    operand->next_token = next;
    return dimensions > 0;
}

static const char *declare_constant_buffer(struct shader_declarations *declared,
                                           const struct declared_operand *operand)
{
    const uint32_t slot = operand->indices[0];

    if (slot >= SHADER_CONSTANT_SLOTS)
        return "the code declares a constant buffer beyond b13";
    declared->constant_slots = (uint16_t)(declared->constant_slots | 1u << slot);
    declared->constant_registers[slot] = operand->indices[1];
    return NULL;
}

static void declare_varying(struct shader_declarations *declared,
                            const struct instruction *instruction,
                            const struct declared_operand *operand)
{
    const uint32_t name = instruction->opcode == OPCODE_DCL_INPUT_PS_SIV
                              ? instruction_token(instruction, operand->next_token) & 0xFFFF
                              : SYSTEM_VALUE_NONE;

    /* The other system values come from the rasterizer, not from the stage before. */
    if (operand->indices[0] < REGISTER_COUNT &&
        (name == SYSTEM_VALUE_NONE || name == SYSTEM_VALUE_CLIP_DISTANCE ||
         name == SYSTEM_VALUE_CULL_DISTANCE))
        declared->varying_inputs |= 1u << operand->indices[0];
}

static const char *read_declaration(struct shader_declarations *declared,
                                    const struct instruction *instruction)
{
    struct declared_operand operand;
    const bool has_operand = read_operand(instruction, &operand);
    const uint32_t slot = operand.indices[0];

    if (instruction->opcode == OPCODE_DCL_INPUT_CONTROL_POINT_COUNT) {
        declared->patch_points = instruction_token(instruction, 0) >> 11 & 0x3F;
        return NULL;
    }
    if (!has_operand)
        return NULL;
    switch (instruction->opcode) {
    case OPCODE_DCL_CONSTANT_BUFFER:
        return declare_constant_buffer(declared, &operand);
    case OPCODE_DCL_SAMPLER:
        if (slot >= SHADER_SAMPLER_SLOTS)
            return "the code declares a sampler beyond s15";
        declared->sampler_slots = (uint16_t)(declared->sampler_slots | 1u << slot);
        return NULL;
    case OPCODE_DCL_RESOURCE:
    case OPCODE_DCL_RESOURCE_RAW:
    case OPCODE_DCL_RESOURCE_STRUCTURED:
        if (slot >= SHADER_RESOURCE_SLOTS)
            return "the code declares a resource beyond t127";
        declared->resource_slots[slot / 8] =
            (uint8_t)(declared->resource_slots[slot / 8] | 1u << slot % 8);
        return NULL;
    case OPCODE_DCL_UAV_TYPED:
    case OPCODE_DCL_UAV_RAW:
    case OPCODE_DCL_UAV_STRUCTURED:
        if (slot >= SHADER_UAV_SLOTS)
            return "the code declares a UAV beyond u7";
        declared->uav_slots = (uint8_t)(declared->uav_slots | 1u << slot);
        return NULL;
    case OPCODE_DCL_INPUT_PS:
    case OPCODE_DCL_INPUT_PS_SIV:
        declare_varying(declared, instruction, &operand);
        return NULL;
    case OPCODE_DCL_STREAM:
        declared->writes_other_stream |= slot != 0;
        return NULL;
    default:
        return NULL;
    }
}

/** The instruction at the head of left_tokens tokens. Returns false when its length is wrong. */
static bool read_instruction(struct instruction *instruction, const uint8_t *tokens,
                             uint32_t left_tokens)
{
    const uint32_t token = aerogpu_load_u32(tokens);

    instruction->tokens = tokens;
    instruction->opcode = token & 0x7FF;
    instruction->length_tokens = token >> 24 & 0x7F;
    if (instruction->opcode == OPCODE_CUSTOM_DATA) {
        if (left_tokens < 2)
            return false;
        instruction->length_tokens = aerogpu_load_u32(tokens + 4);
    }
    return instruction->length_tokens > 0 && instruction->length_tokens <= left_tokens;
}

const char *stream_shader_view_read_code(struct shader_view *view,
                                         const struct shader_container *container)
{
    struct shader_chunk chunk;
    uint32_t token_count;

    if (!find_chunk(container, FOURCC('S', 'H', 'E', 'X'), &chunk) &&
        !find_chunk(container, FOURCC('S', 'H', 'D', 'R'), &chunk))
        return "the container has neither a SHEX nor a SHDR chunk";
    if (chunk.size_bytes % 4 != 0 || chunk.size_bytes < 8)
        return "the code chunk's size is not that of at least two tokens";
    token_count = aerogpu_load_u32(chunk.bytes + 4);
    if (token_count < 2 || token_count > chunk.size_bytes / 4)
        return "the code is longer than its chunk";
    view->program = aerogpu_load_u32(chunk.bytes) >> 16;
    if (view->program >= PROGRAM_TYPE_COUNT)
        return "the code's program type is unknown";
    for (uint32_t i = 2; i < token_count;) {
        struct instruction instruction;
        const char *problem;

        if (!read_instruction(&instruction, chunk.bytes + 4 * (size_t)i, token_count - i))
            return "an instruction's length does not fit the code";
        problem = read_declaration(&view->declared, &instruction);
        if (problem)
            return problem;
        i += instruction.length_tokens;
    }
    return NULL;
}

/** How the entries of one signature chunk are laid out. */
struct signature_format {
    uint32_t fourcc;
    uint32_t entry_bytes;
    uint32_t fields_offset; /**< 4 where a 32-bit stream number comes first */
};

static const struct signature_format input_formats[] = {
    { FOURCC('I', 'S', 'G', 'N'), 24, 0 },
    { FOURCC('I', 'S', 'G', '1'), 32, 4 },
};
static const struct signature_format output_formats[] = {
    { FOURCC('O', 'S', 'G', 'N'), 24, 0 },
    { FOURCC('O', 'S', 'G', '5'), 28, 4 },
    { FOURCC('O', 'S', 'G', '1'), 32, 4 },
};
static const struct signature_format patch_formats[] = {
    { FOURCC('P', 'C', 'S', 'G'), 24, 0 },
    { FOURCC('P', 'S', 'G', 'N'), 24, 0 },
    { FOURCC('P', 'S', 'G', '1'), 32, 4 },
    { FOURCC('P', 'C', 'G', '1'), 32, 4 },
};

/** Length of the NUL-terminated string at an offset of a chunk; false when it does not end there.
 */
static bool bounded_name(const struct shader_chunk *chunk, uint32_t offset, size_t *length)
{
    for (uint32_t i = offset; i < chunk->size_bytes; i++) {
        if (chunk->bytes[i] == 0) {
            *length = i - offset;
            return true;
        }
    }
    return false;
}

static const char *read_entry(struct signature_entry *entry, const struct shader_chunk *chunk,
                              const struct signature_format *format, uint32_t n, uint32_t names)
{
    const uint8_t *bytes = chunk->bytes + TABLE_OFFSET + (size_t)n * format->entry_bytes;
    const uint8_t *fields = bytes + format->fields_offset;
    const uint32_t name_offset = aerogpu_load_u32(fields);
    size_t length;

    if (name_offset < names || !bounded_name(chunk, name_offset, &length))
        return "a signature name lies outside its chunk";
    *entry = (struct signature_entry){
        .name_hash = stream_semantic_name_hash((const char *)chunk->bytes + name_offset, length),
        .semantic_index = aerogpu_load_u32(fields + 4),
        .system_value = aerogpu_load_u32(fields + 8),
        .component_type = aerogpu_load_u32(fields + 12),
        .register_index = aerogpu_load_u32(fields + 16),
        .mask = fields[20],
        .stream = format->fields_offset ? (uint8_t)(aerogpu_load_u32(bytes) ? 1 : 0) : fields[22],
    };
    if ((entry->mask & 0xF) == 0)
        return "a signature entry has an empty mask";
    if (entry->register_index >= REGISTER_COUNT && entry->register_index != NO_REGISTER)
        return "a signature entry has a register beyond 31";
    return NULL;
}

/** Entries of one register must agree on what it is. */
static const char *check_registers(const struct signature_view *signature)
{
    for (uint32_t i = 0; i < signature->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            const struct signature_entry *a = &signature->entries[i];
            const struct signature_entry *b = &signature->entries[k];

            if (a->register_index == b->register_index && a->register_index != NO_REGISTER &&
                a->stream == b->stream && a->system_value != b->system_value)
                return "two signature entries of one register differ in their system value";
        }
    }
    return NULL;
}

static const char *read_signature(struct signature_view *signature,
                                  const struct shader_chunk *chunk,
                                  const struct signature_format *format)
{
    uint32_t count;
    uint32_t names;

    signature->is_present = true;
    if (chunk->size_bytes < TABLE_OFFSET)
        return "a signature chunk is shorter than its header";
    count = aerogpu_load_u32(chunk->bytes);
    if (count == 0)
        return NULL;
    if (aerogpu_load_u32(chunk->bytes + 4) != TABLE_OFFSET)
        return "a signature table does not begin at 8";
    if (count > (chunk->size_bytes - TABLE_OFFSET) / format->entry_bytes)
        return "a signature table is longer than its chunk";
    if (count > SIGNATURE_ENTRIES_MAX)
        return "a signature has more entries than registers have components";
    names = TABLE_OFFSET + count * format->entry_bytes;
    for (uint32_t i = 0; i < count; i++) {
        const char *problem = read_entry(&signature->entries[i], chunk, format, i, names);

        if (problem)
            return problem;
    }
    signature->count = count;
    return check_registers(signature);
}

static const char *read_first_signature(struct signature_view *signature,
                                        const struct shader_container *container,
                                        const struct signature_format *formats, uint32_t count)
{
    struct shader_chunk chunk;

    for (uint32_t i = 0; i < count; i++) {
        if (find_chunk(container, formats[i].fourcc, &chunk))
            return read_signature(signature, &chunk, &formats[i]);
    }
    return NULL;
}

const char *stream_shader_view_read_signatures(struct shader_view *view,
                                               const struct shader_container *container)
{
    struct shader_chunk chunk;
    const char *problem = read_first_signature(&view->inputs, container, input_formats, 2);

    if (!problem)
        problem = read_first_signature(&view->outputs, container, output_formats, 3);
    for (uint32_t i = 0; i < 4; i++) {
        if (find_chunk(container, patch_formats[i].fourcc, &chunk))
            view->has_patch_signature = true;
    }
    return problem;
}
