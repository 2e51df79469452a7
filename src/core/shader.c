#include "core/shader.h"

#include <string.h>

#include "core/device.h"
#include "core/format.h"
#include "dxbc/builder.h"
#include "dxbc/reader.h"
#include "dxbc/split.h"
#include "platform/heap.h"
#include "platform/ids.h"
#include "stream/emit.h"

enum {
    SIGNATURE_ENTRIES_MAX = DXBC_BUILDER_ENTRIES_MAX,
    GEOMETRY_MINOR = 3, /* device ABI minor that takes them (AeroGPU protocol specification 1) */
};

/** How a stage is called in tokens and on the wire (AeroGPU protocol specification 8). */
struct stage_row {
    uint8_t program; /**< enum dxbc_program */
    uint8_t wire_stage;
    uint8_t wire_stage_ex;
};

static const struct stage_row stage_rows[STAGE_COUNT] = {
    [STAGE_VERTEX] = { DXBC_PROGRAM_VERTEX, AEROGPU_SHADER_STAGE_VERTEX, 0 },
    [STAGE_PIXEL] = { DXBC_PROGRAM_PIXEL, AEROGPU_SHADER_STAGE_PIXEL, 0 },
    [STAGE_GEOMETRY] = { DXBC_PROGRAM_GEOMETRY, AEROGPU_SHADER_STAGE_GEOMETRY, 0 },
    [STAGE_HULL] = { DXBC_PROGRAM_HULL, AEROGPU_SHADER_STAGE_COMPUTE,
                     AEROGPU_SHADER_STAGE_EX_HULL },
    [STAGE_DOMAIN] = { DXBC_PROGRAM_DOMAIN, AEROGPU_SHADER_STAGE_COMPUTE,
                       AEROGPU_SHADER_STAGE_EX_DOMAIN },
    [STAGE_COMPUTE] = { DXBC_PROGRAM_COMPUTE, AEROGPU_SHADER_STAGE_COMPUTE, 0 },
};

/** Room for the signatures of a finished container. */
struct taken_apart {
    struct dxbc_signature_entry inputs[SIGNATURE_ENTRIES_MAX];
    struct dxbc_signature_entry outputs[SIGNATURE_ENTRIES_MAX];
};

/* A finished container in place of tokens becomes what the DDI would have handed over. */
static bool take_apart(const struct shader_desc *container, struct shader_desc *desc,
                       struct taken_apart *room, const char **reason)
{
    struct dxbc_split split = {
        .inputs = { .entries = room->inputs, .capacity = SIGNATURE_ENTRIES_MAX },
        .outputs = { .entries = room->outputs, .capacity = SIGNATURE_ENTRIES_MAX },
    };
    const uint32_t size_bytes = container->tokens[DXBC_HEADER_TOTAL_SIZE / sizeof(uint32_t)];

    if (!dxbc_split_container(container->tokens, size_bytes, &split, reason))
        return false;
    *desc = (struct shader_desc){
        .stage = container->stage,
        .tokens = split.tokens,
        .inputs = room->inputs,
        .input_count = split.inputs.count,
        .outputs = room->outputs,
        .output_count = split.outputs.count,
    };
    return true;
}

/* Feature level 10_0 has shader model 4 only (driver semantics 15.1). */
static bool check_tokens(const struct shader_desc *desc, struct dxbc_scan *scan,
                         const char **reason)
{
    if (!dxbc_scan_tokens(desc->tokens, desc->tokens[1], scan, reason))
        return false;
    if (scan->program != stage_rows[desc->stage].program) {
        *reason = "the tokens are of another program type";
        return false;
    }
    if (scan->major != 4) {
        *reason = "shader model other than 4";
        return false;
    }
    if (desc->input_count > SIGNATURE_ENTRIES_MAX || desc->output_count > SIGNATURE_ENTRIES_MAX) {
        *reason = "signature with too many entries";
        return false;
    }
    return true;
}

/* One block for all that has to outlive the call, and room for one more output. */
static bool copy_desc(struct shader *shader, const struct shader_desc *desc)
{
    const size_t tokens_bytes = (size_t)shader->scan.length_dwords * sizeof(uint32_t);
    const size_t inputs_bytes = desc->input_count * sizeof(*desc->inputs);
    const size_t outputs_bytes = desc->output_count * sizeof(*desc->outputs);
    uint8_t *block =
        heap_alloc(tokens_bytes + inputs_bytes + outputs_bytes + sizeof(*desc->outputs));

    if (!block)
        return false;
    memcpy(block, desc->tokens, tokens_bytes);
    if (inputs_bytes)
        memcpy(block + tokens_bytes, desc->inputs, inputs_bytes);
    if (outputs_bytes)
        memcpy(block + tokens_bytes + inputs_bytes, desc->outputs, outputs_bytes);
    shader->tokens = (uint32_t *)(void *)block;
    shader->inputs = (const struct dxbc_signature_entry *)(void *)(block + tokens_bytes);
    shader->outputs = shader->inputs + desc->input_count;
    shader->input_count = desc->input_count;
    shader->output_count = desc->output_count;
    return true;
}

static uint32_t position_registers(const struct dxbc_signature_entry *entries, uint32_t count)
{
    uint32_t registers = 0;

    for (uint32_t i = 0; i < count; i++) {
        if (entries[i].system_value == DXBC_SV_POSITION &&
            entries[i].register_index < DXBC_REGISTERS)
            registers |= 1u << entries[i].register_index;
    }
    return registers;
}

static void summarise(struct shader *shader)
{
    shader->input_registers = shader->scan.inputs & ~shader->scan.system_value_inputs;
    for (uint32_t i = 0; i < shader->output_count; i++) {
        const struct dxbc_signature_entry *entry = &shader->outputs[i];

        if (entry->register_index < DXBC_REGISTERS)
            shader->output_registers |= 1u << entry->register_index;
    }
    shader->position_inputs = position_registers(shader->inputs, shader->input_count);
    shader->position_outputs = position_registers(shader->outputs, shader->output_count);
}

/*
 * Hosts insist that a vertex shader outputs a position, even one that leaves it to a geometry
 * shader (AeroGPU protocol specification 7.5): it gets an entry in a free register, which nothing
 * writes and nothing reads. False when no register is free.
 */
static bool add_position(struct shader *shader)
{
    struct dxbc_signature_entry *added =
        (struct dxbc_signature_entry *)(void *)&shader->tokens[shader->scan.length_dwords] +
        shader->input_count + shader->output_count;

    if (shader->stage != STAGE_VERTEX || shader->position_outputs)
        return true;
    if (shader->output_registers == UINT32_MAX)
        return false;
    *added = (struct dxbc_signature_entry){
        .system_value = DXBC_SV_POSITION,
        .register_index = (uint32_t)__builtin_ctz(~shader->output_registers),
        .mask = 0xF,
    };
    shader->output_count++;
    return true;
}

static enum result init_from(struct device *device, struct shader *shader,
                             const struct shader_desc *desc)
{
    const char *reason = "no tokens";

    if (desc->stage == STAGE_GEOMETRY && device->caps.abi_minor < GEOMETRY_MINOR) {
        ledger_count(&device->ledger, LEDGER_SHADER_GEOMETRY, NULL);
        return RESULT_UNSUPPORTED;
    }
    if ((desc->input_count && !desc->inputs) || (desc->output_count && !desc->outputs))
        return RESULT_INVALID;
    if (!desc->tokens || !check_tokens(desc, &shader->scan, &reason)) {
        ledger_count(&device->ledger, LEDGER_SHADER_TOKENS, reason);
        return RESULT_UNSUPPORTED;
    }
    if (!copy_desc(shader, desc))
        return RESULT_OUT_OF_MEMORY;
    summarise(shader);
    if (!add_position(shader)) {
        ledger_count(&device->ledger, LEDGER_SHADER_TOKENS, "no register left for a position");
        return RESULT_UNSUPPORTED;
    }
    if (shader->stage == STAGE_VERTEX || shader_variant_handle(device, shader, 0))
        return RESULT_OK;
    return device->queue.is_lost ? RESULT_DEVICE_REMOVED : RESULT_OUT_OF_MEMORY;
}

enum result shader_init(struct device *device, struct shader *shader,
                        const struct shader_desc *desc)
{
    struct taken_apart room;
    struct shader_desc split_desc;
    const char *reason;
    enum result result;

    object_begin(shader, sizeof(*shader), OBJECT_SHADER);
    device_adopt_object(device, &shader->object);
    shader->stage = desc->stage;
    if (desc->tokens && desc->tokens[0] == DXBC_MAGIC) {
        if (!take_apart(desc, &split_desc, &room, &reason)) {
            ledger_count(&device->ledger, LEDGER_SHADER_TOKENS, reason);
            shader_finish(device, shader);
            return RESULT_UNSUPPORTED;
        }
        desc = &split_desc;
    }
    result = init_from(device, shader, desc);
    if (result != RESULT_OK)
        shader_finish(device, shader);
    return result;
}

void shader_init_pass_through(struct device *device, struct shader *shader)
{
    object_begin(shader, sizeof(*shader), OBJECT_SHADER);
    device_adopt_object(device, &shader->object);
    shader->stage = STAGE_GEOMETRY;
    shader->passes_through = true;
}

struct shader *shader_for_no_pixel_shader(struct device *device)
{
    /* ps_4_0; dcl_output o0.xyzw; mov o0.xyzw, l(0, 0, 0, 0); ret */
    static const uint32_t tokens[] = {
        0x00000040, 14,         0x03000065, 0x001020F2, 0, 0x08000036, 0x001020F2,
        0,          0x00004002, 0x00000000, 0,          0, 0,          0x0100003E,
    };
    static const struct dxbc_signature_entry output = { DXBC_SV_NONE, 0, 0xF };
    const struct shader_desc desc = {
        .stage = STAGE_PIXEL,
        .tokens = tokens,
        .outputs = &output,
        .output_count = 1,
    };
    struct shader *shader = &device->no_pixel_shader;

    if (shader->object.kind == OBJECT_SHADER || shader_init(device, shader, &desc) == RESULT_OK)
        return shader;
    return NULL;
}

void shader_finish(struct device *device, struct shader *shader)
{
    struct shader_variant *next;

    state_drop_shader(&device->state, shader);
    for (struct shader_variant *variant = &shader->first; variant; variant = next) {
        next = variant->next;
        if (variant->handle)
            wddm_queue_destroy(&device->queue, AEROGPU_CMD_DESTROY_SHADER, variant->handle, NULL);
        if (variant != &shader->first)
            heap_free(variant);
    }
    heap_free(shader->tokens);
    object_end(shader, sizeof(*shader));
}

static void expand_classes(uint64_t classes, uint8_t components[DXBC_REGISTERS])
{
    for (uint32_t i = 0; i < DXBC_REGISTERS; i++) {
        const uint8_t class = classes >> 2 * i & 3;

        components[i] = class ? class : VERTEX_CLASS_FLOAT;
    }
}

/* Writes the container straight into the stream. Returns the new handle, 0 on failure. */
static uint32_t create_on_wire(struct device *device, const struct shader *shader, uint64_t classes)
{
    const struct stage_row *row = &stage_rows[shader->stage];
    struct wddm_queue *queue = &device->queue;
    uint8_t components[DXBC_REGISTERS];
    const struct dxbc_container_desc desc = {
        .tokens = shader->tokens,
        .scan = &shader->scan,
        .inputs = shader->inputs,
        .input_count = shader->input_count,
        .outputs = shader->outputs,
        .output_count = shader->output_count,
        .input_component = shader->stage == STAGE_VERTEX ? components : NULL,
    };
    uint32_t size_bytes;
    uint32_t handle;

    expand_classes(classes, components);
    if (!dxbc_container_size(&desc, &size_bytes) || wddm_queue_announce(queue) != RESULT_OK)
        return 0;
    if (wddm_queue_reserve(
            queue,
            stream_payload_packet_bytes(sizeof(struct aerogpu_cmd_create_shader_dxbc), size_bytes),
            0) != RESULT_OK) {
        wddm_queue_retract(queue);
        return 0;
    }
    handle = ids_next_handle();
    dxbc_container_write(&desc,
                         stream_create_shader_dxbc(&queue->stream, handle, row->wire_stage,
                                                   row->wire_stage_ex, size_bytes),
                         size_bytes);
    return handle;
}

uint32_t shader_variant_handle(struct device *device, struct shader *shader, uint64_t classes)
{
    struct shader_variant *variant;

    for (variant = &shader->first; variant; variant = variant->next) {
        if (variant->handle && variant->classes == classes)
            return variant->handle;
    }
    variant = &shader->first;
    if (variant->handle) {
        variant = heap_alloc(sizeof(*variant));
        if (!variant)
            return 0;
    }
    variant->classes = classes;
    variant->handle = create_on_wire(device, shader, classes);
    if (variant == &shader->first)
        return variant->handle;
    if (!variant->handle) {
        heap_free(variant);
        return 0;
    }
    variant->next = shader->first.next;
    shader->first.next = variant;
    return variant->handle;
}
