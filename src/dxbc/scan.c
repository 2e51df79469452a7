#include "dxbc/scan.h"

#include "dxbc/internal.h"
#include "dxbc/tokens.h"
#include "dxbc/walk.h"

struct scanner {
    struct dxbc_scan *scan;
    const char **reason;
    bool in_patch_phase; /* hull shaders: output declarations mean patch constants */
};

typedef bool (*declare_fn)(struct scanner *scanner, const struct dxbc_instruction *instruction);

/* Reads an operand of the given register file whose first index is a slot below limit. */
static bool read_slot(struct scanner *scanner, const struct dxbc_instruction *instruction,
                      uint32_t file, uint32_t limit, struct dxbc_operand *operand)
{
    if (!dxbc_instruction_operand(instruction, operand, scanner->reason))
        return false;
    if (operand->file != file || operand->index_count == 0)
        return dxbc_refuse(scanner->reason, "a declaration names the wrong kind of register");
    if (operand->index[0] >= limit)
        return dxbc_refuse(scanner->reason, "a declaration names a slot that does not exist");
    return true;
}

static bool set_resource(struct scanner *scanner, const struct dxbc_instruction *instruction,
                         uint32_t dimension)
{
    struct dxbc_operand operand;

    if (!read_slot(scanner, instruction, DXBC_FILE_RESOURCE, DXBC_RESOURCE_SLOTS, &operand))
        return false;
    scanner->scan->resources[operand.index[0] / 32] |= 1u << operand.index[0] % 32;
    scanner->scan->resource_dimension[operand.index[0]] = (uint8_t)dimension;
    return true;
}

static bool set_uav(struct scanner *scanner, const struct dxbc_instruction *instruction,
                    uint32_t dimension)
{
    struct dxbc_operand operand;

    if (!read_slot(scanner, instruction, DXBC_FILE_UAV, DXBC_UAV_SLOTS, &operand))
        return false;
    scanner->scan->uavs |= 1u << operand.index[0];
    scanner->scan->uav_dimension[operand.index[0]] = (uint8_t)dimension;
    return true;
}

/* Typed declarations carry their dimension in the opcode word; raw and structured ones are named.
 */
static bool read_dimension(struct scanner *scanner, const struct dxbc_instruction *instruction,
                           uint32_t *dimension)
{
    *dimension = dxbc_opcode_controls(instruction->token, 5);
    if (*dimension == DXBC_DIMENSION_NONE || *dimension >= DXBC_DIMENSIONS)
        return dxbc_refuse(scanner->reason, "a resource has an unknown dimension");
    return true;
}

static bool declare_resource(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    uint32_t dimension;

    return read_dimension(scanner, instruction, &dimension) &&
           set_resource(scanner, instruction, dimension);
}

static bool declare_resource_raw(struct scanner *scanner,
                                 const struct dxbc_instruction *instruction)
{
    return set_resource(scanner, instruction, DXBC_DIMENSION_RAW_BUFFER);
}

static bool declare_resource_structured(struct scanner *scanner,
                                        const struct dxbc_instruction *instruction)
{
    return set_resource(scanner, instruction, DXBC_DIMENSION_STRUCTURED_BUFFER);
}

static bool declare_uav(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    uint32_t dimension;

    return read_dimension(scanner, instruction, &dimension) &&
           set_uav(scanner, instruction, dimension);
}

static bool declare_uav_raw(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    return set_uav(scanner, instruction, DXBC_DIMENSION_RAW_BUFFER);
}

static bool declare_uav_structured(struct scanner *scanner,
                                   const struct dxbc_instruction *instruction)
{
    return set_uav(scanner, instruction, DXBC_DIMENSION_STRUCTURED_BUFFER);
}

static bool declare_constant_buffer(struct scanner *scanner,
                                    const struct dxbc_instruction *instruction)
{
    struct dxbc_operand operand;

    if (!read_slot(scanner, instruction, DXBC_FILE_CONSTANT_BUFFER, DXBC_CONSTANT_BUFFER_SLOTS,
                   &operand))
        return false;
    if (operand.index_count < 2)
        return dxbc_refuse(scanner->reason, "a constant buffer has no size");
    scanner->scan->constant_buffers |= 1u << operand.index[0];
    scanner->scan->constant_buffer_vec4s[operand.index[0]] = operand.index[1];
    return true;
}

static bool declare_sampler(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    struct dxbc_operand operand;

    if (!read_slot(scanner, instruction, DXBC_FILE_SAMPLER, DXBC_SAMPLER_SLOTS, &operand))
        return false;
    scanner->scan->samplers |= 1u << operand.index[0];
    return true;
}

static bool declare_stream(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    struct dxbc_operand operand;

    if (!read_slot(scanner, instruction, DXBC_FILE_STREAM, DXBC_STREAMS, &operand))
        return false;
    scanner->scan->gs_streams |= 1u << operand.index[0];
    return true;
}

/* The register is the last index: in front of it may stand the vertex or control point. */
static bool read_register(struct scanner *scanner, const struct dxbc_operand *operand,
                          uint32_t *bit)
{
    const uint32_t last = operand->index_count - 1;

    if (operand->index_count == 0)
        return dxbc_refuse(scanner->reason, "an input or output has no register number");
    if (operand->index[last] >= DXBC_REGISTERS)
        return dxbc_refuse(scanner->reason, "an input or output register beyond 31");
    *bit = 1u << operand->index[last];
    return true;
}

static bool set_input(struct scanner *scanner, const struct dxbc_instruction *instruction,
                      bool is_system_value)
{
    struct dxbc_operand operand;
    uint32_t bit;

    if (!dxbc_instruction_operand(instruction, &operand, scanner->reason))
        return false;
    switch (operand.file) {
    case DXBC_FILE_INPUT:
    case DXBC_FILE_INPUT_CONTROL_POINT:
        if (!read_register(scanner, &operand, &bit))
            return false;
        scanner->scan->inputs |= bit;
        if (is_system_value)
            scanner->scan->system_value_inputs |= bit;
        return true;
    case DXBC_FILE_PATCH_CONSTANT:
        if (!read_register(scanner, &operand, &bit))
            return false;
        scanner->scan->patch_constants |= bit;
        return true;
    default:
        return true; /* vPrim, vThreadID and their like live in no numbered register */
    }
}

static bool declare_input(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    return set_input(scanner, instruction, false);
}

static bool declare_system_value_input(struct scanner *scanner,
                                       const struct dxbc_instruction *instruction)
{
    return set_input(scanner, instruction, true);
}

static bool declare_output(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    struct dxbc_scan *const scan = scanner->scan;
    struct dxbc_operand operand;
    uint32_t bit;

    if (!dxbc_instruction_operand(instruction, &operand, scanner->reason))
        return false;
    switch (operand.file) {
    case DXBC_FILE_OUTPUT:
        if (!read_register(scanner, &operand, &bit))
            return false;
        *(scanner->in_patch_phase ? &scan->patch_constants : &scan->outputs) |= bit;
        break;
    case DXBC_FILE_DEPTH:
        scan->depth = DXBC_DEPTH_ANY;
        break;
    case DXBC_FILE_DEPTH_GREATER_EQUAL:
        scan->depth = DXBC_DEPTH_GREATER_EQUAL;
        break;
    case DXBC_FILE_DEPTH_LESS_EQUAL:
        scan->depth = DXBC_DEPTH_LESS_EQUAL;
        break;
    case DXBC_FILE_COVERAGE:
        scan->has_coverage = true;
        break;
    default:
        break;
    }
    return true;
}

static bool declare_gs_input(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    scanner->scan->gs_input_primitive = dxbc_opcode_controls(instruction->token, 6);
    return true;
}

static bool declare_gs_topology(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    scanner->scan->gs_output_topology = dxbc_opcode_controls(instruction->token, 6);
    return true;
}

/* Copies count plain words behind the opcode. */
static bool read_words(struct scanner *scanner, const struct dxbc_instruction *instruction,
                       uint32_t count, uint32_t *words)
{
    if (instruction->length_dwords - instruction->body_dword < count)
        return dxbc_refuse(scanner->reason, "a declaration is too short");
    for (uint32_t i = 0; i < count; i++)
        words[i] = dxbc_instruction_word(instruction, instruction->body_dword + i);
    return true;
}

static bool declare_gs_max_vertices(struct scanner *scanner,
                                    const struct dxbc_instruction *instruction)
{
    return read_words(scanner, instruction, 1, &scanner->scan->gs_max_vertices);
}

static bool declare_thread_group(struct scanner *scanner,
                                 const struct dxbc_instruction *instruction)
{
    return read_words(scanner, instruction, 3, scanner->scan->thread_group);
}

static bool enter_hull_phase(struct scanner *scanner, const struct dxbc_instruction *instruction)
{
    scanner->in_patch_phase = instruction->opcode == DXBC_OP_HS_FORK_PHASE ||
                              instruction->opcode == DXBC_OP_HS_JOIN_PHASE;
    return true;
}

static const declare_fn declarations[] = {
    [DXBC_OP_DCL_RESOURCE] = declare_resource,
    [DXBC_OP_DCL_CONSTANT_BUFFER] = declare_constant_buffer,
    [DXBC_OP_DCL_SAMPLER] = declare_sampler,
    [DXBC_OP_DCL_GS_OUTPUT_TOPOLOGY] = declare_gs_topology,
    [DXBC_OP_DCL_GS_INPUT_PRIMITIVE] = declare_gs_input,
    [DXBC_OP_DCL_GS_MAX_VERTICES] = declare_gs_max_vertices,
    [DXBC_OP_DCL_INPUT] = declare_input,
    [DXBC_OP_DCL_INPUT_SGV] = declare_system_value_input,
    [DXBC_OP_DCL_INPUT_SIV] = declare_system_value_input,
    [DXBC_OP_DCL_INPUT_PS] = declare_input,
    [DXBC_OP_DCL_INPUT_PS_SGV] = declare_system_value_input,
    [DXBC_OP_DCL_INPUT_PS_SIV] = declare_system_value_input,
    [DXBC_OP_DCL_OUTPUT] = declare_output,
    [DXBC_OP_DCL_OUTPUT_SGV] = declare_output,
    [DXBC_OP_DCL_OUTPUT_SIV] = declare_output,
    [DXBC_OP_HS_DECLS] = enter_hull_phase,
    [DXBC_OP_HS_CONTROL_POINT_PHASE] = enter_hull_phase,
    [DXBC_OP_HS_FORK_PHASE] = enter_hull_phase,
    [DXBC_OP_HS_JOIN_PHASE] = enter_hull_phase,
    [DXBC_OP_DCL_STREAM] = declare_stream,
    [DXBC_OP_DCL_THREAD_GROUP] = declare_thread_group,
    [DXBC_OP_DCL_UAV_TYPED] = declare_uav,
    [DXBC_OP_DCL_UAV_RAW] = declare_uav_raw,
    [DXBC_OP_DCL_UAV_STRUCTURED] = declare_uav_structured,
    [DXBC_OP_DCL_RESOURCE_RAW] = declare_resource_raw,
    [DXBC_OP_DCL_RESOURCE_STRUCTURED] = declare_resource_structured,
};

bool dxbc_scan_tokens(const void *tokens, size_t supplied_dwords, struct dxbc_scan *scan,
                      const char **reason)
{
    struct scanner scanner = { .scan = scan, .reason = reason };
    struct dxbc_instruction instruction;
    struct dxbc_walk walk;

    *scan = (struct dxbc_scan){ 0 };
    if (!dxbc_walk_init(&walk, tokens, supplied_dwords, reason))
        return false;
    scan->program = walk.program;
    scan->major = walk.major;
    scan->minor = walk.minor;
    scan->length_dwords = walk.length_dwords;
    for (;;) {
        const enum dxbc_step step = dxbc_walk_next(&walk, &instruction, reason);

        if (step != DXBC_STEP_INSTRUCTION)
            return step == DXBC_STEP_END;
        if (instruction.opcode < sizeof(declarations) / sizeof(declarations[0]) &&
            declarations[instruction.opcode] &&
            !declarations[instruction.opcode](&scanner, &instruction))
            return false;
    }
}
