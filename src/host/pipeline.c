#include "host/pipeline.h"

#include <stdlib.h>
#include <string.h>

#include "host/host.h"

static const VkShaderStageFlagBits stage_bits[HOST_GRAPHICS_STAGES] = {
    [HOST_STAGE_VERTEX] = VK_SHADER_STAGE_VERTEX_BIT,
    [HOST_STAGE_PIXEL] = VK_SHADER_STAGE_FRAGMENT_BIT,
    [HOST_STAGE_GEOMETRY] = VK_SHADER_STAGE_GEOMETRY_BIT,
};

static const VkBlendFactor color_factors[] = {
    VK_BLEND_FACTOR_ZERO,           VK_BLEND_FACTOR_ONE,
    VK_BLEND_FACTOR_SRC_ALPHA,      VK_BLEND_FACTOR_ONE_MINUS_SRC_ALPHA,
    VK_BLEND_FACTOR_DST_ALPHA,      VK_BLEND_FACTOR_ONE_MINUS_DST_ALPHA,
    VK_BLEND_FACTOR_CONSTANT_COLOR, VK_BLEND_FACTOR_ONE_MINUS_CONSTANT_COLOR,
};

static const VkBlendOp blend_ops[] = { VK_BLEND_OP_ADD, VK_BLEND_OP_SUBTRACT,
                                       VK_BLEND_OP_REVERSE_SUBTRACT, VK_BLEND_OP_MIN,
                                       VK_BLEND_OP_MAX };

/* FNV-1a over the words of a key. */
static uint64_t hash_of(const struct host_pipeline_key *key)
{
    uint32_t words[sizeof(*key) / sizeof(uint32_t)];
    uint64_t hash = 0xCBF29CE484222325u;

    _Static_assert(sizeof(*key) % sizeof(uint32_t) == 0, "the key is made of words");
    memcpy(words, key, sizeof(*key));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        hash = (hash ^ words[i]) * 0x100000001B3u;
    return hash ^ hash >> 32;
}

static struct host_pipeline **bucket_of(struct aerogpu_host *host, uint64_t hash)
{
    return &host->pipelines.buckets[hash % HOST_PIPELINE_BUCKETS];
}

static void destroy(struct aerogpu_host *host, struct host_pipeline *pipeline)
{
    vkDestroyPipeline(host->device.device, pipeline->pipeline, NULL);
    vkDestroyPipelineLayout(host->device.device, pipeline->layout, NULL);
    free(pipeline);
}

static bool uses(const struct host_pipeline *pipeline, uint64_t serial)
{
    for (uint32_t i = 0; i < HOST_GRAPHICS_STAGES; i++) {
        if (pipeline->key.shaders[i] == serial)
            return true;
    }
    return serial == 0;
}

void host_pipelines_forget(struct aerogpu_host *host, uint64_t serial)
{
    for (uint32_t i = 0; i < HOST_PIPELINE_BUCKETS; i++) {
        struct host_pipeline **place = &host->pipelines.buckets[i];

        while (*place) {
            struct host_pipeline *pipeline = *place;

            if (uses(pipeline, serial)) {
                *place = pipeline->next;
                host->pipelines.count--;
                destroy(host, pipeline);
            } else {
                place = &pipeline->next;
            }
        }
    }
}

static bool create_layout(struct aerogpu_host *host, struct host_pipeline *pipeline,
                          const struct host_shader *const shaders[HOST_GRAPHICS_STAGES])
{
    const VkDescriptorSetLayoutCreateInfo none = {
        .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO,
    };
    VkDescriptorSetLayout sets[HOST_GRAPHICS_STAGES], empty;
    const VkPipelineLayoutCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO,
        .setLayoutCount = HOST_GRAPHICS_STAGES,
        .pSetLayouts = sets,
    };
    bool is_made;

    if (vkCreateDescriptorSetLayout(host->device.device, &none, NULL, &empty) != VK_SUCCESS)
        return false;
    for (uint32_t i = 0; i < HOST_GRAPHICS_STAGES; i++)
        sets[i] = shaders[i] ? shaders[i]->set_layout : empty;
    is_made =
        vkCreatePipelineLayout(host->device.device, &info, NULL, &pipeline->layout) == VK_SUCCESS;
    vkDestroyDescriptorSetLayout(host->device.device, empty, NULL);
    return is_made;
}

/* A target that the pixel shader has no output for keeps what it has; Vulkan leaves it undefined.
 */
static VkPipelineColorBlendAttachmentState blend_of(const struct host_pipeline_key *key,
                                                    const struct host_shader *pixel_shader,
                                                    uint32_t target)
{
    VkPipelineColorBlendAttachmentState blend = {
        .blendEnable = key->blend[0] != 0,
        .srcColorBlendFactor = color_factors[key->blend[1]],
        .dstColorBlendFactor = color_factors[key->blend[2]],
        .colorBlendOp = blend_ops[key->blend[3]],
        .srcAlphaBlendFactor = color_factors[key->blend[4]],
        .dstAlphaBlendFactor = color_factors[key->blend[5]],
        .alphaBlendOp = blend_ops[key->blend[6]],
        .colorWriteMask = key->write_mask & 0xF,
    };

    if ((pixel_shader->scan.outputs & 1u << target) == 0)
        blend.colorWriteMask = 0;
    if (key->opaque_targets & 1u << target)
        blend.colorWriteMask &= ~(VkColorComponentFlags)VK_COLOR_COMPONENT_A_BIT;
    return blend;
}

/*
 * D3D clamps every depth to the viewport's range, that of a shader included, and clips or not;
 * Vulkan's clamping alone would not clip.
 */
static VkPipelineRasterizationStateCreateInfo
raster_of(const struct host_pipeline_key *key,
          const VkPipelineRasterizationDepthClipStateCreateInfoEXT *clip)
{
    static const VkCullModeFlags culls[] = { VK_CULL_MODE_NONE, VK_CULL_MODE_FRONT_BIT,
                                             VK_CULL_MODE_BACK_BIT };

    return (VkPipelineRasterizationStateCreateInfo){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_STATE_CREATE_INFO,
        .pNext = clip,
        .depthClampEnable = VK_TRUE,
        .polygonMode = key->raster[0] ? VK_POLYGON_MODE_LINE : VK_POLYGON_MODE_FILL,
        .cullMode = culls[key->raster[1]],
        .frontFace = key->raster[2] ? VK_FRONT_FACE_COUNTER_CLOCKWISE : VK_FRONT_FACE_CLOCKWISE,
        .depthBiasEnable = key->raster[4] != 0,
        .lineWidth = 1.0f,
    };
}

static uint32_t stages_of(const struct host_shader *const shaders[HOST_GRAPHICS_STAGES],
                          VkPipelineShaderStageCreateInfo stages[HOST_GRAPHICS_STAGES])
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < HOST_GRAPHICS_STAGES; i++) {
        if (!shaders[i])
            continue;
        stages[count++] = (VkPipelineShaderStageCreateInfo){
            .sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO,
            .stage = stage_bits[i],
            .module = shaders[i]->module,
            .pName = "main",
        };
    }
    return count;
}

/* The input assembler's part of a pipeline. */
struct input_part {
    VkPipelineVertexInputStateCreateInfo vertices;
    VkPipelineVertexInputDivisorStateCreateInfoEXT divisor;
    VkVertexInputBindingDivisorDescriptionEXT divisors[HOST_VERTEX_BUFFERS];
    VkPipelineInputAssemblyStateCreateInfo assembly;
};

static void fill_input(struct input_part *part, const struct host_pipeline_key *key)
{
    part->vertices = (VkPipelineVertexInputStateCreateInfo){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_STATE_CREATE_INFO,
        .vertexBindingDescriptionCount = key->binding_count,
        .pVertexBindingDescriptions = key->bindings,
        .vertexAttributeDescriptionCount = key->attribute_count,
        .pVertexAttributeDescriptions = key->attributes,
    };
    part->divisor = (VkPipelineVertexInputDivisorStateCreateInfoEXT){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_VERTEX_INPUT_DIVISOR_STATE_CREATE_INFO_EXT,
        .pVertexBindingDivisors = part->divisors,
    };
    for (uint32_t i = 0; i < key->binding_count; i++) {
        if (key->bindings[i].inputRate == VK_VERTEX_INPUT_RATE_INSTANCE)
            part->divisors[part->divisor.vertexBindingDivisorCount++] =
                (VkVertexInputBindingDivisorDescriptionEXT){ key->bindings[i].binding,
                                                             key->divisors[i] };
    }
    if (part->divisor.vertexBindingDivisorCount)
        part->vertices.pNext = &part->divisor;
    part->assembly = (VkPipelineInputAssemblyStateCreateInfo){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_INPUT_ASSEMBLY_STATE_CREATE_INFO,
        .topology = key->topology,
        .primitiveRestartEnable = key->restarts,
    };
}

/* The output merger's. */
struct output_part {
    VkPipelineRenderingCreateInfo rendering;
    VkPipelineDepthStencilStateCreateInfo depth;
    VkPipelineColorBlendStateCreateInfo blend;
    VkPipelineColorBlendAttachmentState blends[AEROGPU_MAX_RENDER_TARGETS];
};

static void fill_output(struct output_part *part, const struct host_pipeline_key *key,
                        const struct host_shader *pixel_shader)
{
    part->rendering = (VkPipelineRenderingCreateInfo){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_RENDERING_CREATE_INFO,
        .colorAttachmentCount = key->color_count,
        .pColorAttachmentFormats = key->color_formats,
        .depthAttachmentFormat = key->depth_format,
        .stencilAttachmentFormat = key->stencil_format,
    };
    /* The protocol numbers compare functions as Vulkan does. */
    part->depth = (VkPipelineDepthStencilStateCreateInfo){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_DEPTH_STENCIL_STATE_CREATE_INFO,
        .depthTestEnable = key->depth[0] != 0,
        .depthWriteEnable = key->depth[0] && key->depth[1],
        .depthCompareOp = (VkCompareOp)key->depth[2],
    };
    part->blend = (VkPipelineColorBlendStateCreateInfo){
        .sType = VK_STRUCTURE_TYPE_PIPELINE_COLOR_BLEND_STATE_CREATE_INFO,
        .attachmentCount = key->color_count,
        .pAttachments = part->blends,
    };
    for (uint32_t i = 0; i < key->color_count; i++)
        part->blends[i] = blend_of(key, pixel_shader, i);
}

/* What no key changes. */
static const VkPipelineViewportStateCreateInfo viewport_part = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_VIEWPORT_STATE_CREATE_INFO,
    .viewportCount = 1,
    .scissorCount = 1,
};

static const VkPipelineMultisampleStateCreateInfo multisample_part = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_MULTISAMPLE_STATE_CREATE_INFO,
    .rasterizationSamples = VK_SAMPLE_COUNT_1_BIT,
};

static const VkDynamicState dynamic_states[] = {
    VK_DYNAMIC_STATE_VIEWPORT,
    VK_DYNAMIC_STATE_SCISSOR,
    VK_DYNAMIC_STATE_BLEND_CONSTANTS,
    VK_DYNAMIC_STATE_DEPTH_BIAS,
};

static const VkPipelineDynamicStateCreateInfo dynamic_part = {
    .sType = VK_STRUCTURE_TYPE_PIPELINE_DYNAMIC_STATE_CREATE_INFO,
    .dynamicStateCount = sizeof(dynamic_states) / sizeof(dynamic_states[0]),
    .pDynamicStates = dynamic_states,
};

static bool create(struct aerogpu_host *host, struct host_pipeline *pipeline,
                   const struct host_shader *const shaders[HOST_GRAPHICS_STAGES])
{
    const struct host_pipeline_key *key = &pipeline->key;
    const VkPipelineRasterizationDepthClipStateCreateInfoEXT clip = {
        .sType = VK_STRUCTURE_TYPE_PIPELINE_RASTERIZATION_DEPTH_CLIP_STATE_CREATE_INFO_EXT,
        .depthClipEnable = key->raster[3] == 0,
    };
    const VkPipelineRasterizationStateCreateInfo raster = raster_of(key, &clip);
    VkPipelineShaderStageCreateInfo stages[HOST_GRAPHICS_STAGES];
    struct input_part input;
    struct output_part output;
    const VkGraphicsPipelineCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_GRAPHICS_PIPELINE_CREATE_INFO,
        .pNext = &output.rendering,
        .stageCount = stages_of(shaders, stages),
        .pStages = stages,
        .pVertexInputState = &input.vertices,
        .pInputAssemblyState = &input.assembly,
        .pViewportState = &viewport_part,
        .pRasterizationState = &raster,
        .pMultisampleState = &multisample_part,
        .pDepthStencilState = &output.depth,
        .pColorBlendState = &output.blend,
        .pDynamicState = &dynamic_part,
        .layout = pipeline->layout,
    };

    fill_input(&input, key);
    fill_output(&output, key, shaders[HOST_STAGE_PIXEL]);
    return vkCreateGraphicsPipelines(host->device.device, VK_NULL_HANDLE, 1, &info, NULL,
                                     &pipeline->pipeline) == VK_SUCCESS;
}

const struct host_pipeline *
host_pipeline_find(struct aerogpu_host *host, const struct host_pipeline_key *key,
                   const struct host_shader *const shaders[HOST_GRAPHICS_STAGES])
{
    const uint64_t hash = hash_of(key);
    struct host_pipeline **bucket = bucket_of(host, hash);
    struct host_pipeline *pipeline;

    for (pipeline = *bucket; pipeline; pipeline = pipeline->next) {
        if (pipeline->hash == hash && memcmp(&pipeline->key, key, sizeof(*key)) == 0)
            return pipeline;
    }
    pipeline = calloc(1, sizeof(*pipeline));
    if (!pipeline) {
        host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
        return NULL;
    }
    memcpy(&pipeline->key, key, sizeof(*key));
    if (!create_layout(host, pipeline, shaders) || !create(host, pipeline, shaders)) {
        destroy(host, pipeline);
        host_fail(host, AEROGPU_HOST_BACKEND, "pipeline", "the device does not take this state");
        return NULL;
    }
    pipeline->hash = hash;
    pipeline->next = *bucket;
    *bucket = pipeline;
    host->pipelines.count++;
    return pipeline;
}
