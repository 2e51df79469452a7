#include "host/device.h"

#include <stdlib.h>
#include <string.h>

enum {
    STAGING_MIN_BYTES = 1 << 20,
    STAGING_KEPT_BYTES = 4 << 20, /* between submissions */
    OVERHEAD_BYTES = 4096,        /* what an object costs besides its memory, roughly */
    SETS_PER_POOL = 512,
};

struct host_staging {
    struct host_staging *next;
    VkBuffer buffer;
    struct host_memory memory;
    uint8_t *bytes;
    VkDeviceSize size_bytes;
    VkDeviceSize used_bytes;
};

/* Structures of features, chained: what is supported, then what is enabled. */
struct features {
    VkPhysicalDeviceFeatures2 core;
    VkPhysicalDeviceVulkan11Features v11;
    VkPhysicalDeviceVulkan13Features v13;
    VkPhysicalDeviceRobustness2FeaturesEXT robustness;
    VkPhysicalDeviceVertexAttributeDivisorFeaturesEXT divisor;
    VkPhysicalDeviceDepthClipEnableFeaturesEXT clip;
};

static const char *const device_extensions[] = {
    VK_EXT_ROBUSTNESS_2_EXTENSION_NAME,
    VK_EXT_VERTEX_ATTRIBUTE_DIVISOR_EXTENSION_NAME,
    VK_EXT_DEPTH_CLIP_ENABLE_EXTENSION_NAME,
};

enum { EXTENSION_COUNT = sizeof(device_extensions) / sizeof(device_extensions[0]) };

static void features_chain(struct features *features)
{
    memset(features, 0, sizeof(*features));
    features->core.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_FEATURES_2;
    features->core.pNext = &features->v11;
    features->v11.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_1_FEATURES;
    features->v11.pNext = &features->v13;
    features->v13.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VULKAN_1_3_FEATURES;
    features->v13.pNext = &features->robustness;
    features->robustness.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_ROBUSTNESS_2_FEATURES_EXT;
    features->robustness.pNext = &features->divisor;
    features->divisor.sType =
        VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_VERTEX_ATTRIBUTE_DIVISOR_FEATURES_EXT;
    features->divisor.pNext = &features->clip;
    features->clip.sType = VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_DEPTH_CLIP_ENABLE_FEATURES_EXT;
}

/* Host notes 6: the features that give Vulkan the meaning of D3D. */
static void features_want(struct features *wanted)
{
    VkPhysicalDeviceFeatures *core = &wanted->core.features;

    features_chain(wanted);
    core->robustBufferAccess = VK_TRUE;
    core->geometryShader = VK_TRUE;
    core->depthClamp = VK_TRUE;
    core->depthBiasClamp = VK_TRUE;
    core->fillModeNonSolid = VK_TRUE;
    core->independentBlend = VK_TRUE;
    core->textureCompressionBC = VK_TRUE;
    core->fullDrawIndexUint32 = VK_TRUE;
    wanted->v11.shaderDrawParameters = VK_TRUE;
    wanted->v13.dynamicRendering = VK_TRUE;
    wanted->v13.shaderDemoteToHelperInvocation = VK_TRUE;
    wanted->robustness.robustBufferAccess2 = VK_TRUE;
    wanted->robustness.nullDescriptor = VK_TRUE;
    wanted->divisor.vertexAttributeInstanceRateDivisor = VK_TRUE;
    wanted->divisor.vertexAttributeInstanceRateZeroDivisor = VK_TRUE;
    wanted->clip.depthClipEnable = VK_TRUE;
}

/* Whether each VkBool32 between two members that is set in wanted is set in got. */
static bool covers(const VkBool32 *got, const VkBool32 *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (wanted[i] && !got[i])
            return false;
    }
    return true;
}

static bool features_suffice(VkPhysicalDevice physical)
{
    struct features got, wanted;
    const size_t count = sizeof(VkPhysicalDeviceFeatures) / sizeof(VkBool32);

    features_chain(&got);
    features_want(&wanted);
    vkGetPhysicalDeviceFeatures2(physical, &got.core);
    return covers(&got.core.features.robustBufferAccess, &wanted.core.features.robustBufferAccess,
                  count) &&
           got.v11.shaderDrawParameters && got.v13.dynamicRendering &&
           got.v13.shaderDemoteToHelperInvocation && got.robustness.robustBufferAccess2 &&
           got.robustness.nullDescriptor && got.divisor.vertexAttributeInstanceRateDivisor &&
           got.divisor.vertexAttributeInstanceRateZeroDivisor && got.clip.depthClipEnable;
}

static bool has_extensions(VkPhysicalDevice physical)
{
    VkExtensionProperties *list;
    uint32_t count = 0, found = 0;

    if (vkEnumerateDeviceExtensionProperties(physical, NULL, &count, NULL) != VK_SUCCESS)
        return false;
    list = calloc(count + 1, sizeof(*list));
    if (list)
        vkEnumerateDeviceExtensionProperties(physical, NULL, &count, list);
    for (uint32_t i = 0; list && i < count; i++) {
        for (size_t k = 0; k < EXTENSION_COUNT; k++)
            found += strcmp(list[i].extensionName, device_extensions[k]) == 0;
    }
    free(list);
    return found == EXTENSION_COUNT;
}

static bool find_queue_family(VkPhysicalDevice physical, uint32_t *family)
{
    const VkQueueFlags wanted = VK_QUEUE_GRAPHICS_BIT | VK_QUEUE_COMPUTE_BIT;
    VkQueueFamilyProperties families[16];
    uint32_t count = 16;

    vkGetPhysicalDeviceQueueFamilyProperties(physical, &count, families);
    for (*family = 0; *family < count; ++*family) {
        if ((families[*family].queueFlags & wanted) == wanted)
            return true;
    }
    return false;
}

static bool choose_physical(struct host_device *device, const char *name, const char **reason)
{
    VkPhysicalDevice list[16];
    uint32_t count = 16;

    *reason = "no Vulkan device: install a driver (Debian package mesa-vulkan-drivers)";
    if (vkEnumeratePhysicalDevices(device->instance, &count, list) < VK_SUCCESS || count == 0)
        return false;
    *reason = name ? "no Vulkan device of that name is usable"
                   : "no Vulkan device has the features of D3D10/11 (Vulkan 1.3, robustness2)";
    for (uint32_t i = 0; i < count; i++) {
        vkGetPhysicalDeviceProperties(list[i], &device->properties);
        if (name && !strstr(device->properties.deviceName, name))
            continue;
        if (device->properties.apiVersion < VK_API_VERSION_1_3 || !has_extensions(list[i]) ||
            !features_suffice(list[i]) || !find_queue_family(list[i], &device->queue_family))
            continue;
        device->physical = list[i];
        vkGetPhysicalDeviceMemoryProperties(list[i], &device->memory);
        device->has_double_d24_bias = strstr(device->properties.deviceName, "llvmpipe") != NULL;
        return true;
    }
    return false;
}

static bool create_instance(struct host_device *device)
{
    const VkApplicationInfo application = {
        .sType = VK_STRUCTURE_TYPE_APPLICATION_INFO,
        .pApplicationName = "aerogpu-host",
        .apiVersion = VK_API_VERSION_1_3,
    };
    const VkInstanceCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO,
        .pApplicationInfo = &application,
    };

    return vkCreateInstance(&info, NULL, &device->instance) == VK_SUCCESS;
}

static bool create_device(struct host_device *device)
{
    const float priority = 1.0f;
    const VkDeviceQueueCreateInfo queue = {
        .sType = VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO,
        .queueFamilyIndex = device->queue_family,
        .queueCount = 1,
        .pQueuePriorities = &priority,
    };
    struct features wanted;
    VkDeviceCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO,
        .queueCreateInfoCount = 1,
        .pQueueCreateInfos = &queue,
        .enabledExtensionCount = EXTENSION_COUNT,
        .ppEnabledExtensionNames = device_extensions,
    };

    features_want(&wanted);
    info.pNext = &wanted.core;
    if (vkCreateDevice(device->physical, &info, NULL, &device->device) != VK_SUCCESS)
        return false;
    vkGetDeviceQueue(device->device, device->queue_family, 0, &device->queue);
    return true;
}

static bool create_commands(struct host_device *device)
{
    const VkCommandPoolCreateInfo pool = {
        .sType = VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO,
        .flags = VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT,
        .queueFamilyIndex = device->queue_family,
    };
    const VkFenceCreateInfo fence = { .sType = VK_STRUCTURE_TYPE_FENCE_CREATE_INFO };
    VkCommandBufferAllocateInfo commands = {
        .sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO,
        .level = VK_COMMAND_BUFFER_LEVEL_PRIMARY,
        .commandBufferCount = 1,
    };

    if (vkCreateCommandPool(device->device, &pool, NULL, &device->command_pool) != VK_SUCCESS)
        return false;
    commands.commandPool = device->command_pool;
    return vkAllocateCommandBuffers(device->device, &commands, &device->commands) == VK_SUCCESS &&
           vkCreateFence(device->device, &fence, NULL, &device->fence) == VK_SUCCESS;
}

bool host_device_open(struct host_device *device, const char *name, const char **reason)
{
    memset(device, 0, sizeof(*device));
    *reason = "no Vulkan instance: install a driver (Debian package mesa-vulkan-drivers)";
    if (!create_instance(device) || !choose_physical(device, name, reason))
        return false;
    *reason = "the Vulkan device cannot be opened";
    return create_device(device) && create_commands(device);
}

static void staging_destroy(struct host_device *device, struct host_staging *staging)
{
    vkDestroyBuffer(device->device, staging->buffer, NULL);
    host_device_free(device, &staging->memory);
    free(staging);
}

void host_device_close(struct host_device *device)
{
    while (device->staging) {
        struct host_staging *next = device->staging->next;

        staging_destroy(device, device->staging);
        device->staging = next;
    }
    for (uint32_t i = 0; i < device->descriptor_pool_count; i++)
        vkDestroyDescriptorPool(device->device, device->descriptor_pools[i], NULL);
    free(device->descriptor_pools);
    if (device->device) {
        vkDestroyFence(device->device, device->fence, NULL);
        vkDestroyCommandPool(device->device, device->command_pool, NULL);
        vkDestroyDevice(device->device, NULL);
    }
    if (device->instance)
        vkDestroyInstance(device->instance, NULL);
    memset(device, 0, sizeof(*device));
}

bool host_device_begin(struct host_device *device)
{
    const VkCommandBufferBeginInfo info = {
        .sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO,
        .flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT,
    };

    device->is_rendering = false;
    return vkBeginCommandBuffer(device->commands, &info) == VK_SUCCESS;
}

bool host_device_finish(struct host_device *device)
{
    const VkSubmitInfo info = {
        .sType = VK_STRUCTURE_TYPE_SUBMIT_INFO,
        .commandBufferCount = 1,
        .pCommandBuffers = &device->commands,
    };

    host_device_barrier(device);
    return vkEndCommandBuffer(device->commands) == VK_SUCCESS &&
           vkQueueSubmit(device->queue, 1, &info, device->fence) == VK_SUCCESS &&
           vkWaitForFences(device->device, 1, &device->fence, VK_TRUE, UINT64_MAX) == VK_SUCCESS &&
           vkResetFences(device->device, 1, &device->fence) == VK_SUCCESS;
}

void host_device_recycle(struct host_device *device)
{
    while (device->staging &&
           (device->staging->next || device->staging->size_bytes > STAGING_KEPT_BYTES)) {
        struct host_staging *next = device->staging->next;

        staging_destroy(device, device->staging);
        device->staging = next;
    }
    if (device->staging)
        device->staging->used_bytes = 0;
    for (uint32_t i = 0; i < device->descriptor_pool_count; i++)
        vkResetDescriptorPool(device->device, device->descriptor_pools[i], 0);
    device->descriptor_pool_used = 0;
}

VkDeviceSize host_device_staging_bytes(const struct host_device *device)
{
    VkDeviceSize bytes = 0;

    for (const struct host_staging *staging = device->staging; staging; staging = staging->next)
        bytes += staging->memory.size_bytes;
    return bytes;
}

void host_device_barrier(struct host_device *device)
{
    const VkMemoryBarrier barrier = {
        .sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER,
        .srcAccessMask = VK_ACCESS_MEMORY_WRITE_BIT,
        .dstAccessMask =
            VK_ACCESS_MEMORY_READ_BIT | VK_ACCESS_MEMORY_WRITE_BIT | VK_ACCESS_HOST_READ_BIT,
    };

    if (device->is_rendering)
        vkCmdEndRendering(device->commands);
    device->is_rendering = false;
    vkCmdPipelineBarrier(device->commands, VK_PIPELINE_STAGE_ALL_COMMANDS_BIT,
                         VK_PIPELINE_STAGE_ALL_COMMANDS_BIT | VK_PIPELINE_STAGE_HOST_BIT, 0, 1,
                         &barrier, 0, NULL, 0, NULL);
}

bool host_device_allocate(struct host_device *device, const VkMemoryRequirements *requirements,
                          VkMemoryPropertyFlags wanted, struct host_memory *memory)
{
    VkMemoryAllocateInfo info = {
        .sType = VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO,
        .allocationSize = requirements->size,
    };

    if (requirements->size > device->limit_bytes - device->allocated_bytes ||
        OVERHEAD_BYTES > device->limit_bytes - device->allocated_bytes - requirements->size)
        return false;
    for (uint32_t i = 0; i < device->memory.memoryTypeCount; i++) {
        if ((requirements->memoryTypeBits & 1u << i) == 0 ||
            (device->memory.memoryTypes[i].propertyFlags & wanted) != wanted)
            continue;
        info.memoryTypeIndex = i;
        if (vkAllocateMemory(device->device, &info, NULL, &memory->memory) != VK_SUCCESS)
            return false;
        memory->size_bytes = requirements->size + OVERHEAD_BYTES;
        device->allocated_bytes += memory->size_bytes;
        return true;
    }
    return false;
}

void host_device_free(struct host_device *device, struct host_memory *memory)
{
    vkFreeMemory(device->device, memory->memory, NULL);
    device->allocated_bytes -= memory->size_bytes;
    memset(memory, 0, sizeof(*memory));
}

static struct host_staging *staging_create(struct host_device *device, uint64_t size_bytes)
{
    const VkBufferCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
        .size = size_bytes > STAGING_MIN_BYTES ? size_bytes : STAGING_MIN_BYTES,
        .usage = VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT |
                 VK_BUFFER_USAGE_INDEX_BUFFER_BIT | VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT |
                 VK_BUFFER_USAGE_UNIFORM_TEXEL_BUFFER_BIT,
    };
    struct host_staging *staging = calloc(1, sizeof(*staging));
    VkMemoryRequirements needs;
    void *bytes;

    if (!staging)
        return NULL;
    staging->size_bytes = info.size;
    if (vkCreateBuffer(device->device, &info, NULL, &staging->buffer) == VK_SUCCESS) {
        vkGetBufferMemoryRequirements(device->device, staging->buffer, &needs);
        if (host_device_allocate(device, &needs,
                                 VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT |
                                     VK_MEMORY_PROPERTY_HOST_COHERENT_BIT,
                                 &staging->memory) &&
            vkBindBufferMemory(device->device, staging->buffer, staging->memory.memory, 0) ==
                VK_SUCCESS &&
            vkMapMemory(device->device, staging->memory.memory, 0, VK_WHOLE_SIZE, 0, &bytes) ==
                VK_SUCCESS) {
            staging->bytes = bytes;
            return staging;
        }
    }
    staging_destroy(device, staging);
    return NULL;
}

bool host_device_slice(struct host_device *device, uint64_t size_bytes, struct host_slice *slice)
{
    struct host_staging *staging = device->staging;

    if (size_bytes > UINT32_MAX)
        return false;
    if (!staging || staging->size_bytes - staging->used_bytes < size_bytes) {
        staging = staging_create(device, size_bytes);
        if (!staging)
            return false;
        staging->next = device->staging;
        device->staging = staging;
    }
    slice->buffer = staging->buffer;
    slice->offset = staging->used_bytes;
    slice->bytes = staging->bytes + staging->used_bytes;
    staging->used_bytes +=
        (size_bytes + HOST_SLICE_ALIGNMENT - 1) & ~(uint64_t)(HOST_SLICE_ALIGNMENT - 1);
    if (staging->used_bytes > staging->size_bytes)
        staging->used_bytes = staging->size_bytes;
    return true;
}

void host_device_give_back(struct host_device *device, const struct host_slice *slice)
{
    device->staging->used_bytes = slice->offset;
}

static bool add_descriptor_pool(struct host_device *device)
{
    const VkDescriptorPoolSize sizes[] = {
        { VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, SETS_PER_POOL * 4 },
        { VK_DESCRIPTOR_TYPE_SAMPLED_IMAGE, SETS_PER_POOL * 4 },
        { VK_DESCRIPTOR_TYPE_SAMPLER, SETS_PER_POOL * 4 },
        { VK_DESCRIPTOR_TYPE_UNIFORM_TEXEL_BUFFER, SETS_PER_POOL * 4 },
        { VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, SETS_PER_POOL * 4 },
    };
    const VkDescriptorPoolCreateInfo info = {
        .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO,
        .maxSets = SETS_PER_POOL,
        .poolSizeCount = sizeof(sizes) / sizeof(sizes[0]),
        .pPoolSizes = sizes,
    };
    const uint32_t count = device->descriptor_pool_count;
    VkDescriptorPool *grown =
        realloc(device->descriptor_pools, (count + 1) * sizeof(*device->descriptor_pools));

    if (!grown)
        return false;
    device->descriptor_pools = grown;
    if (vkCreateDescriptorPool(device->device, &info, NULL, &grown[count]) != VK_SUCCESS)
        return false;
    device->descriptor_pool_count++;
    return true;
}

bool host_device_descriptor_set(struct host_device *device, VkDescriptorSetLayout layout,
                                VkDescriptorSet *set)
{
    VkDescriptorSetAllocateInfo info = {
        .sType = VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO,
        .descriptorSetCount = 1,
        .pSetLayouts = &layout,
    };
    bool is_fresh = false;

    while (!is_fresh) {
        if (device->descriptor_pool_used == device->descriptor_pool_count) {
            if (!add_descriptor_pool(device))
                return false;
            is_fresh = true;
        }
        info.descriptorPool = device->descriptor_pools[device->descriptor_pool_used];
        if (vkAllocateDescriptorSets(device->device, &info, set) == VK_SUCCESS)
            return true;
        device->descriptor_pool_used++;
    }
    return false;
}
