#include "core/constants.h"

#include "core/device.h"

enum { VEC4_BYTES = 16 };

/* Stages whose constants are sent, and the atoms they are sent with. */
static const struct {
    enum stage stage;
    enum atom atom;
} sent_stages[] = {
    { STAGE_VERTEX, ATOM_VERTEX_CONSTANTS },
    { STAGE_PIXEL, ATOM_PIXEL_CONSTANTS },
    { STAGE_GEOMETRY, ATOM_GEOMETRY_CONSTANTS },
};

enum { SENT_STAGES = sizeof(sent_stages) / sizeof(sent_stages[0]) };

static uint32_t declared_slots(const struct stage_state *bindings)
{
    return bindings->shader
               ? bindings->shader->scan.constant_buffers & ((1u << STATE_CONSTANT_BUFFERS) - 1)
               : 0;
}

static uint32_t declared_bytes(const struct stage_state *bindings, uint32_t slot)
{
    const uint32_t vec4s = bindings->shader->scan.constant_buffer_vec4s[slot];

    return vec4s < RESOURCE_CONSTANTS_MAX_BYTES / VEC4_BYTES ? VEC4_BYTES * vec4s
                                                             : RESOURCE_CONSTANTS_MAX_BYTES;
}

/* The most that a shader declares of a buffer, which may be in several slots. */
static uint32_t most_declared_bytes(const struct state *state, const struct resource *buffer)
{
    uint32_t most_bytes = 0;

    for (int i = 0; i < SENT_STAGES; i++) {
        const struct stage_state *bindings = &state->stages[sent_stages[i].stage];

        for (uint32_t slots = declared_slots(bindings); slots; slots &= slots - 1) {
            const uint32_t slot = (uint32_t)__builtin_ctz(slots);

            if (bindings->constants[slot] == buffer && declared_bytes(bindings, slot) > most_bytes)
                most_bytes = declared_bytes(bindings, slot);
        }
    }
    return most_bytes;
}

/* By powers of two: however many shaders ask for a little more each, a buffer grows a few times. */
static enum result enlarge(struct device *device, struct resource *buffer)
{
    const uint32_t needed_bytes = most_declared_bytes(&device->state, buffer);
    uint32_t wire_bytes = VEC4_BYTES;

    while (wire_bytes < needed_bytes)
        wire_bytes *= 2;
    return resource_enlarge_buffer(device, buffer, wire_bytes);
}

static enum result resolve_stage(struct device *device, enum stage stage)
{
    const struct stage_state *bindings = &device->state.stages[stage];
    enum result result = RESULT_OK;

    /* Slots that the host knows, too: another shader may declare more of the same buffer. */
    for (uint32_t slots = declared_slots(bindings); slots && result == RESULT_OK;
         slots &= slots - 1) {
        const uint32_t slot = (uint32_t)__builtin_ctz(slots);
        struct resource *buffer = bindings->constants[slot];

        if (buffer && buffer->wire_bytes < declared_bytes(bindings, slot))
            result = enlarge(device, buffer);
    }
    return result;
}

enum result constants_resolve(struct device *device)
{
    enum result result = RESULT_OK;

    if (device->caps.abi_minor < CONSTANTS_MINOR)
        return RESULT_OK;
    for (int i = 0; i < SENT_STAGES && result == RESULT_OK; i++) {
        if (device->state.dirty & ATOM_BIT(sent_stages[i].atom))
            result = resolve_stage(device, sent_stages[i].stage);
    }
    return result;
}
