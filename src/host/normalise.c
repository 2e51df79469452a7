#include "host/normalise.h"

#include <stdlib.h>

#include "dxbc/builder.h"
#include "dxbc/split.h"

enum { ENTRIES = 128 };

struct entries {
    struct dxbc_signature_entry list[ENTRIES];
    uint32_t count;
};

static bool is_generic(const struct dxbc_signature_entry *entry)
{
    return entry->system_value == DXBC_SV_NONE;
}

/* Components of a register that hold system values. */
static uint8_t system_value_mask(const struct dxbc_split_signature *signature, uint32_t index)
{
    uint8_t mask = 0;

    for (uint32_t i = 0; i < signature->count; i++) {
        if (signature->entries[i].register_index == index && !is_generic(&signature->entries[i]))
            mask |= signature->entries[i].mask;
    }
    return mask;
}

static bool add_entry(struct entries *entries, const struct dxbc_signature_entry *entry)
{
    if (entries->count == ENTRIES)
        return false;
    entries->list[entries->count++] = *entry;
    return true;
}

/*
 * System values as they are, then one entry for each register that holds anything else. `declared`
 * are the registers that the tokens know, `system_values` those of them that hold system values.
 */
static bool widen(const struct dxbc_split_signature *signature, uint32_t declared,
                  uint32_t system_values, struct entries *entries, const char **reason)
{
    uint32_t generic = declared & ~system_values;

    *reason = "a signature has too many entries";
    for (uint32_t i = 0; i < signature->count; i++) {
        const struct dxbc_signature_entry *entry = &signature->entries[i];

        if (is_generic(entry) && entry->register_index < DXBC_REGISTERS)
            generic |= 1u << entry->register_index;
        else if (!add_entry(entries, entry))
            return false;
    }
    for (uint32_t i = 0; i < DXBC_REGISTERS; i++) {
        const uint8_t taken = system_value_mask(signature, i);
        const struct dxbc_signature_entry entry = { DXBC_SV_NONE, i, 0xF & (uint8_t)~taken };

        if ((generic & 1u << i) == 0 || (taken && (declared & 1u << i) && entry.mask == 0))
            continue;
        if (taken & 1) {
            *reason = "a register holds a system value in x and something else behind it";
            return false;
        }
        if (!add_entry(entries, &entry))
            return false;
    }
    return true;
}

static bool split(const void *container, size_t size_bytes, struct dxbc_split *parts,
                  struct entries source[3], const char **reason)
{
    parts->inputs = (struct dxbc_split_signature){ source[0].list, ENTRIES, 0 };
    parts->outputs = (struct dxbc_split_signature){ source[1].list, ENTRIES, 0 };
    parts->patch = (struct dxbc_split_signature){ source[2].list, ENTRIES, 0 };
    return dxbc_split_container(container, size_bytes, parts, reason);
}

/* Output registers that the signature gives a system value. */
static uint32_t system_value_registers(const struct dxbc_split_signature *signature)
{
    uint32_t registers = 0;

    for (uint32_t i = 0; i < signature->count; i++) {
        const struct dxbc_signature_entry *entry = &signature->entries[i];

        if (!is_generic(entry) && entry->register_index < DXBC_REGISTERS)
            registers |= 1u << entry->register_index;
    }
    return registers;
}

bool host_container_normalise(const void *container, size_t size_bytes,
                              const struct dxbc_scan *scan, struct host_container *normalised,
                              const char **reason)
{
    struct entries source[3] = { 0 }, wide[2] = { 0 };
    struct dxbc_split parts;
    struct dxbc_container_desc desc = { .scan = scan };

    if (!split(container, size_bytes, &parts, source, reason) ||
        !widen(&parts.inputs, scan->inputs,
               scan->system_value_inputs | system_value_registers(&parts.inputs), &wide[0],
               reason) ||
        !widen(&parts.outputs, scan->outputs, system_value_registers(&parts.outputs), &wide[1],
               reason))
        return false;
    desc.tokens = parts.tokens;
    desc.inputs = wide[0].list;
    desc.input_count = wide[0].count;
    desc.outputs = wide[1].list;
    desc.output_count = wide[1].count;
    *reason = "the signatures cannot be rewritten";
    if (!dxbc_container_size(&desc, &normalised->size_bytes))
        return false;
    *reason = "out of memory";
    normalised->bytes = malloc(normalised->size_bytes);
    return normalised->bytes &&
           dxbc_container_write(&desc, normalised->bytes, normalised->size_bytes);
}
