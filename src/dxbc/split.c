#include "dxbc/split.h"

#include "dxbc/internal.h"
#include "dxbc/names.h"
#include "dxbc/reader.h"
#include "dxbc/walk.h"

static uint32_t interface_value(uint32_t program, enum dxbc_signature_kind kind,
                                const struct dxbc_element *element)
{
    if (program == DXBC_PROGRAM_PIXEL && kind == DXBC_SIGNATURE_OUTPUT)
        return DXBC_SV_NONE;
    return dxbc_name_interface_value(element->system_value, element->semantic_index);
}

static bool split_signature(const struct dxbc_reader *reader, uint32_t program,
                            enum dxbc_signature_kind kind, struct dxbc_split_signature *out,
                            const char **reason)
{
    struct dxbc_signature signature;
    struct dxbc_element element;

    if (!dxbc_reader_signature(reader, kind, &signature, reason))
        return false;
    if (signature.count > out->capacity)
        return dxbc_refuse(reason, "a signature has more entries than the array lent for it");
    for (uint32_t i = 0; i < signature.count; i++) {
        dxbc_signature_element(&signature, i, &element);
        out->entries[i] = (struct dxbc_signature_entry){
            .system_value = interface_value(program, kind, &element),
            .register_index = element.register_index,
            .mask = element.mask,
        };
    }
    out->count = signature.count;
    return true;
}

bool dxbc_split_container(const void *container, size_t capacity_bytes, struct dxbc_split *split,
                          const char **reason)
{
    struct dxbc_reader reader;
    struct dxbc_chunk code;
    struct dxbc_walk walk;

    if (!dxbc_reader_init(&reader, container, capacity_bytes, reason) ||
        !dxbc_reader_code(&reader, &code, reason) ||
        !dxbc_walk_init(&walk, code.data, code.size_bytes / 4, reason))
        return false;
    if ((uintptr_t)code.data % sizeof(uint32_t) != 0)
        return dxbc_refuse(reason, "the shader tokens are not aligned");
    split->tokens = (const uint32_t *)(const void *)code.data;
    split->length_dwords = code.size_bytes / 4;
    return split_signature(&reader, walk.program, DXBC_SIGNATURE_INPUT, &split->inputs, reason) &&
           split_signature(&reader, walk.program, DXBC_SIGNATURE_OUTPUT, &split->outputs, reason) &&
           split_signature(&reader, walk.program, DXBC_SIGNATURE_PATCH, &split->patch, reason);
}
