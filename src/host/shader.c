#include "host/shader.h"

#include <stdlib.h>
#include <string.h>

#include "dxbc/check.h"
#include "dxbc/reader.h"
#include "host/host.h"
#include "host/normalise.h"
#include "host/pipeline.h"
#include "host/prescan.h"
#include "host/translate.h"

void host_shader_destroy(struct aerogpu_host *host, struct host_object *object)
{
    struct host_shader *shader = (struct host_shader *)object;

    host_pipelines_forget(host, shader->serial);
    vkDestroyPipeline(host->device.device, shader->compute, NULL);
    vkDestroyPipelineLayout(host->device.device, shader->compute_layout, NULL);
    vkDestroyShaderModule(host->device.device, shader->module, NULL);
    vkDestroyDescriptorSetLayout(host->device.device, shader->set_layout, NULL);
    free(shader);
}

static bool program_of(struct aerogpu_host *host, uint32_t stage, uint32_t stage_ex,
                       enum dxbc_program *program)
{
    static const enum dxbc_program legacy[] = { DXBC_PROGRAM_VERTEX, DXBC_PROGRAM_PIXEL,
                                                DXBC_PROGRAM_COMPUTE, DXBC_PROGRAM_GEOMETRY };

    if (stage > AEROGPU_SHADER_STAGE_GEOMETRY)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "stage-value", "no such stage: %u", stage);
    *program = legacy[stage];
    if (stage == AEROGPU_SHADER_STAGE_COMPUTE && stage_ex == AEROGPU_SHADER_STAGE_EX_GEOMETRY)
        *program = DXBC_PROGRAM_GEOMETRY;
    else if (stage == AEROGPU_SHADER_STAGE_COMPUTE && (stage_ex == AEROGPU_SHADER_STAGE_EX_HULL ||
                                                       stage_ex == AEROGPU_SHADER_STAGE_EX_DOMAIN))
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-tessellation",
                         "hull and domain shaders are not executed");
    return true;
}

/* Upper-case FNV-1a, as ILAY blobs have it (section 7.3). */
static uint32_t name_hash(const char *name)
{
    uint32_t hash = 0x811C9DC5u;

    for (; *name; name++) {
        const char upper = *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;

        hash = (hash ^ (uint8_t)upper) * 0x01000193u;
    }
    return hash;
}

static bool read_inputs(struct host_shader *shader, const struct dxbc_reader *reader,
                        const char **reason)
{
    struct dxbc_signature signature;

    if (!dxbc_reader_signature(reader, DXBC_SIGNATURE_INPUT, &signature, reason))
        return false;
    for (uint32_t i = 0; i < signature.count && shader->input_count < DXBC_REGISTERS; i++) {
        struct dxbc_element element;

        dxbc_signature_element(&signature, i, &element);
        if (element.system_value != DXBC_SV_NONE || element.register_index >= DXBC_REGISTERS)
            continue;
        shader->inputs[shader->input_count++] =
            (struct host_input){ name_hash(element.name), element.semantic_index,
                                 element.register_index };
    }
    return true;
}

/* What the stream cannot describe or this host does not execute. */
static const char *refused_dimension(const struct dxbc_scan *scan)
{
    for (uint32_t i = 0; i < DXBC_RESOURCE_SLOTS; i++) {
        switch (scan->resource_dimension[i]) {
        case DXBC_DIMENSION_NONE:
        case DXBC_DIMENSION_TEXTURE2D:
        case DXBC_DIMENSION_TEXTURE2DARRAY:
        case DXBC_DIMENSION_RAW_BUFFER:
        case DXBC_DIMENSION_STRUCTURED_BUFFER:
            break;
        case DXBC_DIMENSION_BUFFER:
            return "typed buffers have no format in the stream";
        default:
            return "only 2D textures, 2D arrays, raw and structured buffers are executed";
        }
    }
    return NULL;
}

struct layout_bindings {
    VkDescriptorSetLayoutBinding list[16 + 16 + 128 + 8];
    uint32_t count;
};

static void add_layout_binding(struct layout_bindings *bindings, uint32_t binding,
                               VkDescriptorType type)
{
    bindings->list[bindings->count++] = (VkDescriptorSetLayoutBinding){
        .binding = binding,
        .descriptorType = type,
        .descriptorCount = 1,
        .stageFlags = VK_SHADER_STAGE_ALL,
    };
}

static bool create_set_layout(struct aerogpu_host *host, struct host_shader *shader)
{
    const struct dxbc_scan *scan = &shader->scan;
    struct layout_bindings bindings = { .count = 0 };
    VkDescriptorSetLayoutCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO,
        .pBindings = bindings.list,
    };

    for (uint32_t i = 0; i < DXBC_CONSTANT_BUFFER_SLOTS; i++) {
        if (scan->constant_buffers & 1u << i)
            add_layout_binding(&bindings, HOST_BINDING_CONSTANT_BUFFER + i,
                               VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER);
    }
    for (uint32_t i = 0; i < DXBC_SAMPLER_SLOTS; i++) {
        if (scan->samplers & 1u << i)
            add_layout_binding(&bindings, HOST_BINDING_SAMPLER + i, VK_DESCRIPTOR_TYPE_SAMPLER);
    }
    for (uint32_t i = 0; i < DXBC_RESOURCE_SLOTS; i++) {
        if (scan->resource_dimension[i] == DXBC_DIMENSION_NONE)
            continue;
        if (dxbc_dimension_is_buffer(scan->resource_dimension[i]))
            add_layout_binding(&bindings, HOST_BINDING_BUFFER + i,
                               VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER);
        else
            add_layout_binding(&bindings, HOST_BINDING_TEXTURE + i,
                               VK_DESCRIPTOR_TYPE_SAMPLED_IMAGE);
    }
    for (uint32_t i = 0; i < DXBC_UAV_SLOTS; i++) {
        if (scan->uavs & 1u << i)
            add_layout_binding(&bindings, HOST_BINDING_UAV + i, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER);
    }
    info.bindingCount = bindings.count;
    return vkCreateDescriptorSetLayout(host->device.device, &info, NULL, &shader->set_layout) ==
           VK_SUCCESS;
}

static uint32_t set_of(enum dxbc_program program)
{
    return program == DXBC_PROGRAM_PIXEL      ? HOST_STAGE_PIXEL
           : program == DXBC_PROGRAM_GEOMETRY ? HOST_STAGE_GEOMETRY
                                              : HOST_STAGE_VERTEX;
}

static bool create_module(struct aerogpu_host *host, struct host_shader *shader,
                          const struct host_container *container)
{
    struct host_translation translation;
    VkShaderModuleCreateInfo info = { .sType = VK_STRUCTURE_TYPE_SHADER_MODULE_CREATE_INFO };
    bool is_made;

    if (!host_translate(container->bytes, container->size_bytes, set_of(shader->program),
                        &translation))
        return host_fail(host, AEROGPU_HOST_BACKEND, "shader-translation",
                         "the shader is not translated: %s", translation.text);
    info.codeSize = translation.size_bytes;
    info.pCode = translation.words;
    is_made =
        vkCreateShaderModule(host->device.device, &info, NULL, &shader->module) == VK_SUCCESS &&
        create_set_layout(host, shader);
    free(translation.words);
    return is_made || host_fail(host, AEROGPU_HOST_BACKEND, "shader-module",
                                "the device does not take the translated shader");
}

/* Everything between the packet and the module. bytes are aligned to 4. */
static bool build(struct aerogpu_host *host, struct host_shader *shader, const void *bytes,
                  size_t size_bytes)
{
    struct host_container container = { 0 };
    const char *reason = NULL, *name = NULL;
    struct dxbc_reader reader;
    struct dxbc_chunk code;
    bool is_built;

    if (!dxbc_container_check(bytes, size_bytes, shader->program, &reason) ||
        !dxbc_reader_init(&reader, bytes, size_bytes, &reason) ||
        !dxbc_reader_code(&reader, &code, &reason) ||
        !dxbc_scan_tokens(code.data, code.size_bytes / 4, &shader->scan, &reason) ||
        !read_inputs(shader, &reader, &reason))
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "shader-container", "%s", reason);
    if (!host_prescan(code.data, code.size_bytes / 4, host_translator_is_newer(), &name, &reason))
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-shader", "%s: %s", name, reason);
    reason = refused_dimension(&shader->scan);
    if (reason || (shader->scan.uavs && shader->program != DXBC_PROGRAM_COMPUTE))
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-shader", "%s",
                         reason ? reason : "unordered access is for compute shaders");
    if (!host_container_normalise(bytes, size_bytes, &shader->scan, &container, &reason))
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-shader", "%s", reason);
    is_built = create_module(host, shader, &container);
    free(container.bytes);
    return is_built;
}

bool host_create_shader_dxbc(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                             const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_shader_dxbc *cmd = (const void *)packet->bytes;
    struct host_shader *shader;
    enum dxbc_program program;
    void *aligned;
    bool is_built;

    if (!program_of(host, cmd->stage, cmd->reserved0, &program))
        return false;
    shader = calloc(1, sizeof(*shader));
    aligned = malloc((size_t)payload->size_bytes + 1);
    if (!shader || !aligned) {
        free(shader);
        free(aligned);
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    }
    if (payload->size_bytes)
        memcpy(aligned, payload->bytes, payload->size_bytes);
    shader->object.kind = HOST_SHADER;
    shader->program = program;
    shader->serial = ++host->objects.next_serial;
    is_built = build(host, shader, aligned, payload->size_bytes);
    free(aligned);
    if (is_built && host_objects_insert(&host->objects, cmd->shader_handle, &shader->object))
        return true;
    host_shader_destroy(host, &shader->object);
    return is_built ? host_fail(host, AEROGPU_HOST_CMD_DECODE, "handle-in-use",
                                "handle %u is taken", cmd->shader_handle)
                    : false;
}

/* Section 6.3: bound slots are not cleared. */
bool host_destroy_shader(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                         const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_destroy_shader *cmd = (const void *)packet->bytes;

    (void)payload;
    host_objects_remove(host, cmd->shader_handle);
    return true;
}
