#include "dxbc/builder.h"

#include "dxbc/hash.h"
#include "dxbc/internal.h"
#include "dxbc/names.h"
#include "dxbc/reader.h"

/* One entry as the container has it. name points to static text. */
struct element {
    const char *name;
    uint32_t name_offset; /* from the start of the chunk's data */
    uint32_t semantic_index;
    uint32_t system_value;
    uint32_t component_type;
    uint32_t register_index;
    uint32_t interface_value;
    uint8_t mask;
};

/* A signature on its way into a chunk. */
struct plan {
    struct element elements[DXBC_BUILDER_ENTRIES_MAX];
    uint32_t count;
    uint32_t size_bytes; /* of the chunk's data */
    bool is_read;        /* by this program, rather than written */
};

/* Which signatures a program has; in this order they stand in front of the code. */
static const struct {
    uint32_t fourcc;
    uint32_t programs; /* bit: enum dxbc_program */
    uint32_t readers;  /* programs that read what it lists */
} signature_chunks[DXBC_SIGNATURE_KINDS] = {
    [DXBC_SIGNATURE_INPUT] = { DXBC_FOURCC('I', 'S', 'G', 'N'),
                               1u << DXBC_PROGRAM_PIXEL | 1u << DXBC_PROGRAM_VERTEX |
                                   1u << DXBC_PROGRAM_GEOMETRY | 1u << DXBC_PROGRAM_HULL |
                                   1u << DXBC_PROGRAM_DOMAIN,
                               ~0u },
    [DXBC_SIGNATURE_OUTPUT] = { DXBC_FOURCC('O', 'S', 'G', 'N'),
                                1u << DXBC_PROGRAM_PIXEL | 1u << DXBC_PROGRAM_VERTEX |
                                    1u << DXBC_PROGRAM_GEOMETRY | 1u << DXBC_PROGRAM_HULL |
                                    1u << DXBC_PROGRAM_DOMAIN,
                                0 },
    [DXBC_SIGNATURE_PATCH] = { DXBC_FOURCC('P', 'C', 'S', 'G'),
                               1u << DXBC_PROGRAM_HULL | 1u << DXBC_PROGRAM_DOMAIN,
                               1u << DXBC_PROGRAM_DOMAIN },
};

static bool has_signature(const struct dxbc_container_desc *desc, enum dxbc_signature_kind kind)
{
    return signature_chunks[kind].programs >> desc->scan->program & 1;
}

/* Adds an element, or its mask to the one that already stands for its register and meaning. */
static bool plan_add(struct plan *plan, const struct element *element)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->elements[i].register_index == element->register_index &&
            plan->elements[i].interface_value == element->interface_value) {
            plan->elements[i].mask |= element->mask;
            return true;
        }
    }
    if (plan->count == DXBC_BUILDER_ENTRIES_MAX)
        return false;
    plan->elements[plan->count++] = *element;
    return true;
}

/* System values that fill several registers are numbered in order of appearance. */
static uint32_t count_of_value(const struct plan *plan, uint32_t interface_value)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < plan->count; i++)
        count += plan->elements[i].interface_value == interface_value;
    return count;
}

static bool plan_system_value(struct plan *plan, const struct dxbc_signature_entry *entry)
{
    const struct dxbc_name *const name = dxbc_name_find(entry->system_value);

    if (!name)
        return false;
    return plan_add(plan, &(struct element){
                              .name = name->name,
                              .semantic_index =
                                  name->semantic_index + count_of_value(plan, entry->system_value),
                              .system_value = name->system_value,
                              .component_type = name->component_type,
                              .register_index = entry->register_index,
                              .interface_value = entry->system_value,
                              .mask = entry->mask & 0xF,
                          });
}

static bool plan_generic(struct plan *plan, const struct dxbc_signature_entry *entry,
                         uint32_t component_type)
{
    return plan_add(plan, &(struct element){
                              .name = DXBC_GENERIC_NAME,
                              .semantic_index = entry->register_index,
                              .component_type = component_type,
                              .register_index = entry->register_index,
                              .mask = entry->mask & 0xF,
                          });
}

/* What lives in no register needs an entry only where the meaning says what it is (vPrim). */
static bool entry_is_dropped(const struct dxbc_signature_entry *entry)
{
    return (entry->mask & 0xF) == 0 ||
           (entry->register_index == DXBC_REGISTER_NONE && entry->system_value == DXBC_SV_NONE);
}

static bool register_exists(const struct dxbc_signature_entry *entry)
{
    return entry->register_index < DXBC_REGISTERS || entry->register_index == DXBC_REGISTER_NONE;
}

static bool plan_entries(struct plan *plan, const struct dxbc_signature_entry *entries,
                         uint32_t count, uint32_t declared, const uint8_t *component)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct dxbc_signature_entry *const entry = &entries[i];
        uint32_t type = DXBC_COMPONENT_FLOAT;

        if (!register_exists(entry))
            return false;
        if (entry_is_dropped(entry))
            continue;
        if (entry->register_index < DXBC_REGISTERS) {
            if (!(declared >> entry->register_index & 1))
                continue;
            if (component)
                type = component[entry->register_index];
        }
        if (!(entry->system_value == DXBC_SV_NONE ? plan_generic(plan, entry, type)
                                                  : plan_system_value(plan, entry)))
            return false;
    }
    return true;
}

static bool plan_target(struct plan *plan, uint32_t target, uint8_t mask)
{
    return plan_add(plan, &(struct element){
                              .name = "SV_Target",
                              .semantic_index = target,
                              .system_value = DXBC_SV_TARGET,
                              .component_type = DXBC_COMPONENT_FLOAT,
                              .register_index = target,
                              .interface_value = DXBC_SV_TARGET,
                              .mask = mask,
                          });
}

static bool plan_depth(struct plan *plan)
{
    return plan_add(plan, &(struct element){
                              .name = "SV_Depth",
                              .system_value = DXBC_SV_DEPTH,
                              .component_type = DXBC_COMPONENT_FLOAT,
                              .register_index = DXBC_REGISTER_NONE,
                              .interface_value = DXBC_SV_DEPTH,
                              .mask = 1,
                          });
}

/*
 * A pixel shader's outputs carry no system value at the interface: what has a register is a target,
 * what has none is depth or the sample mask, and only the tokens know which.
 */
static bool plan_pixel_outputs(struct plan *plan, const struct dxbc_container_desc *desc)
{
    bool has_depth = desc->scan->depth != DXBC_DEPTH_NONE;

    for (uint32_t i = 0; i < desc->output_count; i++) {
        const struct dxbc_signature_entry *const entry = &desc->outputs[i];
        const uint8_t mask = entry->mask & 0xF;

        if (!register_exists(entry))
            return false;
        if (mask == 0)
            continue;
        if (entry->register_index == DXBC_REGISTER_NONE)
            has_depth |= !desc->scan->has_coverage;
        else if (!plan_target(plan, entry->register_index, mask))
            return false;
    }
    if (has_depth && !plan_depth(plan))
        return false;
    return plan->count > 0 || plan_target(plan, 0, 0xF);
}

static bool plan_kind(const struct dxbc_container_desc *desc, enum dxbc_signature_kind kind,
                      struct plan *plan)
{
    const bool is_vertex = desc->scan->program == DXBC_PROGRAM_VERTEX;

    switch (kind) {
    case DXBC_SIGNATURE_INPUT:
        return plan_entries(plan, desc->inputs, desc->input_count,
                            is_vertex ? desc->scan->inputs : ~0u,
                            is_vertex ? desc->input_component : NULL);
    case DXBC_SIGNATURE_OUTPUT:
        if (desc->scan->program == DXBC_PROGRAM_PIXEL)
            return plan_pixel_outputs(plan, desc);
        return plan_entries(plan, desc->outputs, desc->output_count, ~0u, NULL);
    default:
        return plan_entries(plan, desc->patch, desc->patch_count, ~0u, NULL);
    }
}

/* Gives every name its place behind the table, equal names the same, and the chunk its size. */
static void place_names(struct plan *plan)
{
    uint32_t end = DXBC_SIGNATURE_HEADER + plan->count * DXBC_SIGNATURE_ENTRY_SIZE;

    for (uint32_t i = 0; i < plan->count; i++) {
        uint32_t first = 0;

        while (strcmp(plan->elements[first].name, plan->elements[i].name) != 0)
            first++;
        if (first == i) {
            plan->elements[i].name_offset = end;
            end += (uint32_t)strlen(plan->elements[i].name) + 1;
        } else {
            plan->elements[i].name_offset = plan->elements[first].name_offset;
        }
    }
    plan->size_bytes = dxbc_align4(end);
}

static bool plan_signature(const struct dxbc_container_desc *desc, enum dxbc_signature_kind kind,
                           struct plan *plan)
{
    plan->count = 0;
    plan->is_read = signature_chunks[kind].readers >> desc->scan->program & 1;
    if (!plan_kind(desc, kind, plan))
        return false;
    place_names(plan);
    return true;
}

static void write_element(const struct plan *plan, uint32_t index, uint8_t *data)
{
    const struct element *const element = &plan->elements[index];
    uint8_t *const at = data + DXBC_SIGNATURE_HEADER + index * DXBC_SIGNATURE_ENTRY_SIZE;

    dxbc_store_u32(at + 0, element->name_offset);
    dxbc_store_u32(at + 4, element->semantic_index);
    dxbc_store_u32(at + 8, element->system_value);
    dxbc_store_u32(at + 12, element->component_type);
    dxbc_store_u32(at + 16, element->register_index);
    at[20] = element->mask;
    at[21] = plan->is_read ? element->mask : 0;
    memcpy(data + element->name_offset, element->name, strlen(element->name) + 1);
}

static void write_signature(const struct plan *plan, uint8_t *data)
{
    memset(data, 0, plan->size_bytes);
    dxbc_store_u32(data, plan->count);
    dxbc_store_u32(data + 4, DXBC_SIGNATURE_HEADER);
    for (uint32_t i = 0; i < plan->count; i++)
        write_element(plan, i, data);
}

static uint32_t code_fourcc(const struct dxbc_scan *scan)
{
    return scan->major >= 5 ? DXBC_FOURCC('S', 'H', 'E', 'X') : DXBC_FOURCC('S', 'H', 'D', 'R');
}

static uint32_t count_chunks(const struct dxbc_container_desc *desc)
{
    uint32_t count = 1;

    for (uint32_t kind = 0; kind < DXBC_SIGNATURE_KINDS; kind++)
        count += has_signature(desc, kind);
    return count;
}

bool dxbc_container_size(const struct dxbc_container_desc *desc, uint32_t *size_bytes)
{
    const uint32_t chunk_count = count_chunks(desc);
    struct plan plan;

    /* Cannot overflow: 4 MiB of tokens at most, and signatures of a few hundred bytes. */
    *size_bytes = DXBC_HEADER_SIZE + (4 + DXBC_CHUNK_HEADER_SIZE) * chunk_count +
                  4 * desc->scan->length_dwords;
    for (uint32_t kind = 0; kind < DXBC_SIGNATURE_KINDS; kind++) {
        if (!has_signature(desc, kind))
            continue;
        if (!plan_signature(desc, kind, &plan))
            return false;
        *size_bytes += plan.size_bytes;
    }
    return true;
}

/* Enters a chunk of size_bytes at *offset into the table and steps over it; returns its data. */
static uint8_t *begin_chunk(uint8_t *bytes, uint32_t index, uint32_t fourcc, uint32_t size_bytes,
                            uint32_t *offset)
{
    uint8_t *const at = bytes + *offset;

    dxbc_store_u32(bytes + DXBC_HEADER_SIZE + 4 * index, *offset);
    dxbc_store_u32(at, fourcc);
    dxbc_store_u32(at + 4, size_bytes);
    *offset += DXBC_CHUNK_HEADER_SIZE + size_bytes;
    return at + DXBC_CHUNK_HEADER_SIZE;
}

static void write_chunks(const struct dxbc_container_desc *desc, uint8_t *bytes,
                         uint32_t chunk_count)
{
    uint32_t offset = DXBC_HEADER_SIZE + 4 * chunk_count;
    uint32_t index = 0;
    struct plan plan;

    for (uint32_t kind = 0; kind < DXBC_SIGNATURE_KINDS; kind++) {
        if (!has_signature(desc, kind) || !plan_signature(desc, kind, &plan))
            continue;
        write_signature(&plan, begin_chunk(bytes, index++, signature_chunks[kind].fourcc,
                                           plan.size_bytes, &offset));
    }
    memcpy(begin_chunk(bytes, index, code_fourcc(desc->scan), 4 * desc->scan->length_dwords,
                       &offset),
           desc->tokens, 4 * (size_t)desc->scan->length_dwords);
}

bool dxbc_container_write(const struct dxbc_container_desc *desc, void *buffer,
                          uint32_t capacity_bytes)
{
    const uint32_t chunk_count = count_chunks(desc);
    uint8_t *const bytes = buffer;
    uint32_t size_bytes;

    if (!dxbc_container_size(desc, &size_bytes) || size_bytes > capacity_bytes)
        return false;
    dxbc_store_u32(bytes, DXBC_MAGIC);
    dxbc_store_u32(bytes + DXBC_HEADER_VERSION, 1);
    dxbc_store_u32(bytes + DXBC_HEADER_TOTAL_SIZE, size_bytes);
    dxbc_store_u32(bytes + DXBC_HEADER_CHUNK_COUNT, chunk_count);
    write_chunks(desc, bytes, chunk_count);
    dxbc_hash(bytes, size_bytes, bytes + DXBC_HEADER_HASH);
    return true;
}
