#include <stdlib.h>

#include "host/host.h"
#include "host/texture.h"

void host_sampler_destroy(struct aerogpu_host *host, struct host_object *object)
{
    struct host_sampler *sampler = (struct host_sampler *)object;

    vkDestroySampler(host->device.device, sampler->sampler, NULL);
    free(sampler);
}

bool host_sampler_make(struct aerogpu_host *host, uint32_t filter, const uint32_t address[3],
                       VkSampler *sampler)
{
    static const VkSamplerAddressMode modes[] = { VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE,
                                                  VK_SAMPLER_ADDRESS_MODE_REPEAT,
                                                  VK_SAMPLER_ADDRESS_MODE_MIRRORED_REPEAT };
    const bool is_linear = filter == AEROGPU_SAMPLER_FILTER_LINEAR;
    const VkSamplerCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO,
        .magFilter = is_linear ? VK_FILTER_LINEAR : VK_FILTER_NEAREST,
        .minFilter = is_linear ? VK_FILTER_LINEAR : VK_FILTER_NEAREST,
        .mipmapMode = is_linear ? VK_SAMPLER_MIPMAP_MODE_LINEAR : VK_SAMPLER_MIPMAP_MODE_NEAREST,
        .addressModeU = modes[address[0]],
        .addressModeV = modes[address[1]],
        .addressModeW = modes[address[2]],
        .maxLod = VK_LOD_CLAMP_NONE,
    };

    return vkCreateSampler(host->device.device, &info, NULL, sampler) == VK_SUCCESS;
}

bool host_create_sampler(struct aerogpu_host *host, const struct aerogpu_packet *packet,
                         const struct aerogpu_payload *payload)
{
    const struct aerogpu_cmd_create_sampler *cmd = (const void *)packet->bytes;
    const uint32_t address[3] = { cmd->address_u, cmd->address_v, cmd->address_w };
    struct host_sampler *sampler;

    (void)payload;
    if (cmd->filter > AEROGPU_SAMPLER_FILTER_LINEAR ||
        address[0] > AEROGPU_SAMPLER_ADDRESS_MIRROR_REPEAT ||
        address[1] > AEROGPU_SAMPLER_ADDRESS_MIRROR_REPEAT ||
        address[2] > AEROGPU_SAMPLER_ADDRESS_MIRROR_REPEAT)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "enum-value",
                         "no such filter or address mode");
    sampler = calloc(1, sizeof(*sampler));
    if (!sampler)
        return host_fail(host, AEROGPU_HOST_INTERNAL, "out-of-memory", "out of memory");
    sampler->object.kind = HOST_SAMPLER;
    if (host_sampler_make(host, cmd->filter, address, &sampler->sampler) &&
        host_objects_insert(&host->objects, cmd->sampler_handle, &sampler->object))
        return true;
    host_sampler_destroy(host, &sampler->object);
    return host_fail(host, AEROGPU_HOST_BACKEND, "create-sampler",
                     "the sampler cannot be made, or its handle %u is taken", cmd->sampler_handle);
}
