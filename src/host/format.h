/**
 * Texel and vertex formats in Vulkan's terms. AeroGPU protocol specification 4.1 and 7.4; host
 * notes 6 and 7.
 */
#ifndef HOST_FORMAT_H
#define HOST_FORMAT_H

#include <stdbool.h>
#include <stdint.h>
#include <vulkan/vulkan.h>

/** One aerogpu_format. */
struct host_format {
    uint32_t format;
    VkFormat vulkan;
    VkImageAspectFlags aspects;
    bool is_opaque;     /**< X8: alpha is kept at 1 and never written */
    bool is_compressed; /**< BC: cannot be a target, nor cleared */
};

/** NULL for a value that is no format. */
const struct host_format *host_format_find(uint32_t format);

/** A vertex attribute's format by its DXGI number. */
struct host_vertex_format {
    uint32_t dxgi_format;
    VkFormat vulkan;
    uint32_t size_bytes;
};

/** NULL for a format that cannot be fetched. */
const struct host_vertex_format *host_vertex_format_find(uint32_t dxgi_format);

#endif
