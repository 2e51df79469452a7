/**
 * The Vulkan device of one host: instance, queue, one command buffer a submission, memory that the
 * CPU and the device exchange, descriptor sets that live as long as a submission.
 */
#ifndef HOST_DEVICE_H
#define HOST_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <vulkan/vulkan.h>

/** No device wants more for the binding of a buffer. */
enum { HOST_SLICE_ALIGNMENT = 256 };

/** Memory shared with the device, until the submission has ended. */
struct host_slice {
    VkBuffer buffer;
    VkDeviceSize offset;
    uint8_t *bytes;
};

/** Memory of the device, counted. */
struct host_memory {
    VkDeviceMemory memory;
    VkDeviceSize size_bytes;
};

struct host_staging;

struct host_device {
    VkInstance instance;
    VkPhysicalDevice physical;
    VkPhysicalDeviceProperties properties;
    VkPhysicalDeviceMemoryProperties memory;
    VkDevice device;
    VkQueue queue;
    uint32_t queue_family;
    VkCommandPool command_pool;
    VkCommandBuffer commands; /**< recording from host_device_begin to host_device_finish */
    VkFence fence;
    VkDescriptorPool *descriptor_pools;
    uint32_t descriptor_pool_count;
    uint32_t descriptor_pool_used; /**< those before it are full */
    struct host_staging *staging;
    VkDeviceSize allocated_bytes; /**< of all memory, staging included */
    VkDeviceSize limit_bytes;     /**< what allocated_bytes does not exceed */
    bool is_rendering;        /**< recording inside of dynamic rendering: draws and nothing else */
    bool has_double_d24_bias; /**< one unit of depth bias moves D24 by two codes (host notes 7) */
};

/**
 * Opens the first device with all that D3D10/11 needs, or the first of them whose name contains
 * name. False with a static sentence in *reason; host_device_close is then still to be called.
 */
bool host_device_open(struct host_device *device, const char *name, const char **reason);
void host_device_close(struct host_device *device);

/** Starts recording. */
bool host_device_begin(struct host_device *device);

/** Submits what was recorded and waits. Slices stay readable until host_device_recycle. */
bool host_device_finish(struct host_device *device);

/** Takes back slices and descriptor sets of the submission that has ended. */
void host_device_recycle(struct host_device *device);

/**
 * Everything recorded later sees everything recorded before, and so does the CPU at the end. Ends
 * rendering: it comes before all work but a draw to the targets of the draw before.
 */
void host_device_barrier(struct host_device *device);

/** Lends size_bytes bytes (at least 1), aligned to HOST_SLICE_ALIGNMENT, contents undefined. */
bool host_device_slice(struct host_device *device, uint64_t size_bytes, struct host_slice *slice);

/** Takes back the slice that was lent last. The device is done with it. */
void host_device_give_back(struct host_device *device, const struct host_slice *slice);

/** A descriptor set until the submission has ended. */
bool host_device_descriptor_set(struct host_device *device, VkDescriptorSetLayout layout,
                                VkDescriptorSet *set);

/** What slices take, or took, of allocated_bytes. */
VkDeviceSize host_device_staging_bytes(const struct host_device *device);

/** Memory for a buffer or image with the wanted properties; false beyond limit_bytes, too. */
bool host_device_allocate(struct host_device *device, const VkMemoryRequirements *requirements,
                          VkMemoryPropertyFlags wanted, struct host_memory *memory);

/** Frees what host_device_allocate gave; zeroed memory is fine. */
void host_device_free(struct host_device *device, struct host_memory *memory);

#endif
