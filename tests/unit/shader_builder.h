/**
 * Builds small shader containers for tests: signatures and declarations, no code to speak of. The
 * token encoding is the public one, the checksum is real.
 */
#ifndef TESTS_UNIT_SHADER_BUILDER_H
#define TESTS_UNIT_SHADER_BUILDER_H

#include <string.h>

#include "aerogpu_unaligned.h"
#include "stream/container_hash.h"
#include "stream/shader_view.h"

#define SHADER_ENTRIES_MAX 40u
#define SHADER_TOKENS_MAX  512u

struct shader_entry {
    const char *name;
    uint32_t index;
    uint32_t system_value;
    uint32_t component_type;
    uint32_t register_index;
    uint8_t mask;
    uint8_t stream;
};

/** What a container is made of. The chunk names may be changed to spoil it. */
struct shader_plan {
    uint32_t program; /**< enum program_type */
    struct shader_entry inputs[SHADER_ENTRIES_MAX];
    uint32_t input_count;
    struct shader_entry outputs[SHADER_ENTRIES_MAX];
    uint32_t output_count;
    uint32_t tokens[SHADER_TOKENS_MAX]; /**< behind version and length */
    uint32_t token_count;
    const char *input_chunk;
    const char *output_chunk;
    const char *code_chunk;
    const char *patch_chunk; /**< an empty chunk of this name, NULL = none */
};

/** A finished container. */
struct shader_bytes {
    uint8_t bytes[8192];
    uint32_t size_bytes;
};

static inline void plan_input(struct shader_plan *plan, const char *name, uint32_t index,
                              uint32_t system_value, uint32_t type, uint32_t register_index)
{
    plan->inputs[plan->input_count++] = (struct shader_entry){
        name, index, system_value, type, register_index, 0xF, 0,
    };
}

static inline void plan_output(struct shader_plan *plan, const char *name, uint32_t index,
                               uint32_t system_value, uint32_t register_index)
{
    plan->outputs[plan->output_count++] = (struct shader_entry){
        name, index, system_value, COMPONENT_FLOAT, register_index, 0xF, 0,
    };
}

static inline void plan_token(struct shader_plan *plan, uint32_t token)
{
    plan->tokens[plan->token_count++] = token;
}

/** An instruction token with its length. */
static inline uint32_t opcode_token(uint32_t opcode, uint32_t length)
{
    return opcode | length << 24;
}

/** dcl with an operand of one index: `dcl_sampler s3`. operand_type is the public number. */
static inline void plan_declare(struct shader_plan *plan, uint32_t opcode, uint32_t operand_type,
                                uint32_t index)
{
    plan_token(plan, opcode_token(opcode, 3));
    plan_token(plan, operand_type << 12 | 1u << 20);
    plan_token(plan, index);
}

static inline void plan_constant_buffer(struct shader_plan *plan, uint32_t slot, uint32_t registers)
{
    plan_token(plan, opcode_token(89, 4));
    plan_token(plan, 8u << 12 | 2u << 20);
    plan_token(plan, slot);
    plan_token(plan, registers);
}

static inline void plan_texture(struct shader_plan *plan, uint32_t slot)
{
    plan_token(plan, opcode_token(88, 4) | 3u << 11);
    plan_token(plan, 7u << 12 | 1u << 20);
    plan_token(plan, slot);
    plan_token(plan, 0x5555);
}

static inline void plan_sampler(struct shader_plan *plan, uint32_t slot)
{
    plan_declare(plan, 90, 6, slot);
}

static inline void plan_uav_raw(struct shader_plan *plan, uint32_t slot)
{
    plan_declare(plan, 157, 30, slot);
}

/** Pixel shader input `dcl_input_ps linear v#`. */
static inline void plan_pixel_input(struct shader_plan *plan, uint32_t register_index)
{
    plan_declare(plan, 98, 1, register_index);
}

/** Pixel shader system value input `dcl_input_ps_siv v#, name`. */
static inline void plan_pixel_siv(struct shader_plan *plan, uint32_t register_index, uint32_t name)
{
    plan_token(plan, opcode_token(100, 4));
    plan_token(plan, 1u << 12 | 1u << 20);
    plan_token(plan, register_index);
    plan_token(plan, name);
}

static inline uint32_t put_signature(uint8_t *chunk, const char *name,
                                     const struct shader_entry *entries, uint32_t count)
{
    uint32_t names = 8 + 24 * count;

    memcpy(chunk, name, 4);
    aerogpu_store_u32(chunk + 8, count);
    aerogpu_store_u32(chunk + 12, 8);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *entry = chunk + 16 + 24 * i;
        const uint32_t length = (uint32_t)strlen(entries[i].name) + 1;

        aerogpu_store_u32(entry, names);
        aerogpu_store_u32(entry + 4, entries[i].index);
        aerogpu_store_u32(entry + 8, entries[i].system_value);
        aerogpu_store_u32(entry + 12, entries[i].component_type);
        aerogpu_store_u32(entry + 16, entries[i].register_index);
        entry[20] = entries[i].mask;
        entry[22] = entries[i].stream;
        memcpy(chunk + 8 + names, entries[i].name, length);
        names += length;
    }
    names = (names + 3) & ~3u;
    aerogpu_store_u32(chunk + 4, names);
    return 8 + names;
}

static inline uint32_t put_code(uint8_t *chunk, const struct shader_plan *plan)
{
    memcpy(chunk, plan->code_chunk ? plan->code_chunk : "SHDR", 4);
    aerogpu_store_u32(chunk + 4, 8 + 4 * plan->token_count);
    aerogpu_store_u32(chunk + 8, plan->program << 16 | 0x40);
    aerogpu_store_u32(chunk + 12, 2 + plan->token_count);
    for (uint32_t i = 0; i < plan->token_count; i++)
        aerogpu_store_u32(chunk + 16 + 4 * i, plan->tokens[i]);
    return 16 + 4 * plan->token_count;
}

/** Writes the checksum that the bytes deserve. */
static inline void shader_rehash(struct shader_bytes *shader)
{
    uint32_t hash[4];

    stream_container_hash(shader->bytes + 20, shader->size_bytes - 20, hash);
    for (uint32_t i = 0; i < 4; i++)
        aerogpu_store_u32(shader->bytes + 4 + 4 * i, hash[i]);
}

static inline void shader_build(struct shader_bytes *shader, const struct shader_plan *plan)
{
    const uint32_t chunk_count = plan->patch_chunk ? 4 : 3;
    uint32_t at = 32 + 4 * chunk_count;

    memset(shader->bytes, 0, sizeof(shader->bytes));
    memcpy(shader->bytes, "DXBC", 4);
    aerogpu_store_u32(shader->bytes + 20, 1);
    aerogpu_store_u32(shader->bytes + 28, chunk_count);
    aerogpu_store_u32(shader->bytes + 32, at);
    at += put_signature(shader->bytes + at, plan->input_chunk ? plan->input_chunk : "ISGN",
                        plan->inputs, plan->input_count);
    aerogpu_store_u32(shader->bytes + 36, at);
    at += put_signature(shader->bytes + at, plan->output_chunk ? plan->output_chunk : "OSGN",
                        plan->outputs, plan->output_count);
    aerogpu_store_u32(shader->bytes + 40, at);
    at += put_code(shader->bytes + at, plan);
    if (plan->patch_chunk) {
        aerogpu_store_u32(shader->bytes + 44, at);
        at += put_signature(shader->bytes + at, plan->patch_chunk, NULL, 0);
    }
    aerogpu_store_u32(shader->bytes + 24, at);
    shader->size_bytes = at;
    shader_rehash(shader);
}

/** vs_4_0: position from R0, and R1 handed on; inputs R0 float, R1 float. */
static inline struct shader_plan plan_vertex(void)
{
    struct shader_plan plan = { .program = PROGRAM_VERTEX };

    plan_input(&plan, "R", 0, 0, COMPONENT_FLOAT, 0);
    plan_input(&plan, "R", 1, 0, COMPONENT_FLOAT, 1);
    plan_output(&plan, "SV_Position", 0, SYSTEM_VALUE_POSITION, 0);
    plan_output(&plan, "R", 1, 0, 1);
    plan_token(&plan, opcode_token(62, 1)); /* ret */
    return plan;
}

/** ps_4_0: reads R1, writes target 0. */
static inline struct shader_plan plan_pixel(void)
{
    struct shader_plan plan = { .program = PROGRAM_PIXEL };

    plan_input(&plan, "SV_Position", 0, SYSTEM_VALUE_POSITION, COMPONENT_FLOAT, 0);
    plan_input(&plan, "R", 1, 0, COMPONENT_FLOAT, 1);
    plan_output(&plan, "SV_Target", 0, SYSTEM_VALUE_TARGET, 0);
    plan_pixel_siv(&plan, 0, SYSTEM_VALUE_POSITION);
    plan_pixel_input(&plan, 1);
    plan_token(&plan, opcode_token(62, 1)); /* ret */
    return plan;
}

#endif
