#include "host/dispatch.h"

#include "host/descriptors.h"
#include "host/host.h"

#define DISPATCH_MAX_THREADS ((uint64_t)1 << 32)

/* Made at a compute shader's first dispatch, destroyed with it. */
static bool make_pipeline(struct aerogpu_host *host, struct host_shader *shader)
{
    const VkPipelineLayoutCreateInfo layout = {
        .sType = VK_STRUCTURE_TYPE_PIPELINE_LAYOUT_CREATE_INFO,
        .setLayoutCount = 1,
        .pSetLayouts = &shader->set_layout,
    };
    VkComputePipelineCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_COMPUTE_PIPELINE_CREATE_INFO,
        .stage = {
            .sType = VK_STRUCTURE_TYPE_PIPELINE_SHADER_STAGE_CREATE_INFO,
            .stage = VK_SHADER_STAGE_COMPUTE_BIT,
            .module = shader->module,
            .pName = "main",
        },
    };

    if (shader->compute)
        return true;
    if (!shader->compute_layout && vkCreatePipelineLayout(host->device.device, &layout, NULL,
                                                          &shader->compute_layout) != VK_SUCCESS)
        return false;
    info.layout = shader->compute_layout;
    return vkCreateComputePipelines(host->device.device, VK_NULL_HANDLE, 1, &info, NULL,
                                    &shader->compute) == VK_SUCCESS;
}

/* What the device can be asked for, and what ends in a time that somebody waits for. */
static bool groups_fit(struct aerogpu_host *host, const struct aerogpu_cmd_dispatch *cmd,
                       const struct host_shader *shader)
{
    const uint32_t *limits = host->device.properties.limits.maxComputeWorkGroupCount;
    const uint32_t *threads = shader->scan.thread_group;
    const uint64_t group = (uint64_t)threads[0] * threads[1] * threads[2];

    if (cmd->group_count_x <= limits[0] && cmd->group_count_y <= limits[1] &&
        cmd->group_count_z <= limits[2] &&
        (uint64_t)cmd->group_count_x * cmd->group_count_y <=
            DISPATCH_MAX_THREADS / (group ? group : 1) / cmd->group_count_z)
        return true;
    return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-dispatch",
                     "%u x %u x %u groups are more than this host runs", cmd->group_count_x,
                     cmd->group_count_y, cmd->group_count_z);
}

bool host_dispatch(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                   const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_dispatch *cmd = (const void *)packet->bytes;
    const uint32_t handle = host->state.stages[HOST_STAGE_COMPUTE].shader;
    struct host_shader *shader = host_find_shader(&host->objects, handle);
    VkDescriptorSet set;

    (void)payload;
    if (cmd->reserved0 != 0 && cmd->reserved0 != AEROGPU_SHADER_STAGE_EX_COMPUTE)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-dispatch",
                         "a dispatch runs compute shaders only");
    if (cmd->group_count_x == 0 || cmd->group_count_y == 0 || cmd->group_count_z == 0)
        return true;
    if (!shader || shader->program != DXBC_PROGRAM_COMPUTE)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "shader-missing",
                         "a dispatch needs a compute shader, %u is none", handle);
    if (!groups_fit(host, cmd, shader))
        return false;
    if (!make_pipeline(host, shader))
        return host_fail(host, AEROGPU_HOST_BACKEND, "pipeline",
                         "the device does not take this compute shader");
    if (!host_descriptors_write(host, HOST_STAGE_COMPUTE, shader, &set))
        return false;
    host_device_barrier(&host->device);
    vkCmdBindPipeline(host->device.commands, VK_PIPELINE_BIND_POINT_COMPUTE, shader->compute);
    vkCmdBindDescriptorSets(host->device.commands, VK_PIPELINE_BIND_POINT_COMPUTE,
                            shader->compute_layout, 0, 1, &set, 0, NULL);
    vkCmdDispatch(host->device.commands, cmd->group_count_x, cmd->group_count_y,
                  cmd->group_count_z);
    return true;
}
