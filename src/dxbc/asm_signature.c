#include "dxbc/asm_signature.h"

#include "dxbc/builder.h"
#include "dxbc/internal.h"
#include "dxbc/scan.h"
#include "dxbc/tokens.h"

/* Parts of one register are entries of their own unless they overlap: then they are the same. */
static bool add_entry(struct dxbc_assembly_signature *signature, uint32_t system_value,
                      uint32_t register_index, uint8_t mask)
{
    for (uint32_t i = 0; i < signature->count; i++) {
        struct dxbc_signature_entry *const entry = &signature->entries[i];

        if (entry->register_index == register_index && entry->system_value == system_value &&
            entry->mask & mask) {
            entry->mask |= mask;
            return true;
        }
    }
    if (signature->count == DXBC_ASSEMBLY_ENTRIES_MAX)
        return false;
    signature->entries[signature->count++] = (struct dxbc_signature_entry){
        .system_value = system_value, .register_index = register_index, .mask = mask
    };
    return true;
}

/* The register is the last index: in front of it may stand the vertex or control point. */
static bool add_register(struct dxbc_assembly_signature *signature,
                         const struct dxbc_argument *argument, uint32_t system_value)
{
    if (argument->index_count == 0)
        return true;
    return add_entry(signature, system_value, argument->index[argument->index_count - 1].number,
                     argument->lanes);
}

static bool declare_input(struct dxbc_assembly *assembly, const struct dxbc_argument *argument,
                          uint32_t system_value)
{
    switch (argument->file) {
    case DXBC_FILE_INPUT:
    case DXBC_FILE_INPUT_CONTROL_POINT:
        return add_register(&assembly->inputs, argument, system_value);
    case DXBC_FILE_PATCH_CONSTANT:
        return add_register(&assembly->patch, argument, system_value);
    case DXBC_FILE_PRIMITIVE_ID:
        return add_entry(&assembly->inputs, DXBC_SV_PRIMITIVE_ID, DXBC_REGISTER_NONE, 1);
    default:
        return true; /* vThreadID and its like are in no signature */
    }
}

static bool declare_output(struct dxbc_assembly *assembly, const struct dxbc_argument *argument,
                           uint32_t system_value, bool in_patch_phase)
{
    switch (argument->file) {
    case DXBC_FILE_OUTPUT:
        return add_register(in_patch_phase ? &assembly->patch : &assembly->outputs, argument,
                            system_value);
    case DXBC_FILE_DEPTH:
    case DXBC_FILE_DEPTH_GREATER_EQUAL:
    case DXBC_FILE_DEPTH_LESS_EQUAL:
    case DXBC_FILE_COVERAGE:
        return add_entry(&assembly->outputs, 0, DXBC_REGISTER_NONE, 1);
    default:
        return true;
    }
}

bool dxbc_asm_declare(struct dxbc_assembly *assembly, const struct dxbc_statement *statement,
                      bool in_patch_phase)
{
    const uint32_t system_value = statement->word_count > 0 ? statement->words[0] : 0;

    if (statement->opcode >= DXBC_OP_DCL_INPUT && statement->opcode <= DXBC_OP_DCL_INPUT_PS_SIV)
        return declare_input(assembly, &statement->arguments[0], system_value);
    if (statement->opcode >= DXBC_OP_DCL_OUTPUT && statement->opcode <= DXBC_OP_DCL_OUTPUT_SIV)
        return declare_output(assembly, &statement->arguments[0], system_value, in_patch_phase);
    return true;
}

bool dxbc_assembly_container(const struct dxbc_assembly *assembly, const uint8_t *input_component,
                             void *buffer, uint32_t capacity_bytes, uint32_t *size_bytes,
                             const char **reason)
{
    struct dxbc_container_desc desc = {
        .tokens = assembly->tokens,
        .inputs = assembly->inputs.entries,
        .outputs = assembly->outputs.entries,
        .patch = assembly->patch.entries,
        .input_count = assembly->inputs.count,
        .output_count = assembly->outputs.count,
        .patch_count = assembly->patch.count,
        .input_component = input_component,
    };
    struct dxbc_scan scan;

    if (!dxbc_scan_tokens(assembly->tokens, assembly->length_dwords, &scan, reason))
        return false;
    desc.scan = &scan;
    if (!dxbc_container_size(&desc, size_bytes))
        return dxbc_refuse(reason, "a signature that cannot be written");
    if (!buffer)
        return true;
    return dxbc_container_write(&desc, buffer, capacity_bytes) ||
           dxbc_refuse(reason, "the container does not fit");
}
