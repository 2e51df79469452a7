/** What a stage's shader reads, written into a descriptor set. Host notes 6; host semantics 5. */
#ifndef HOST_DESCRIPTORS_H
#define HOST_DESCRIPTORS_H

#include "host/objects.h"
#include "host/state.h"

/** Brings what the shader uses up to date and writes its descriptor set; reports. */
bool host_descriptors_write(struct aerogpu_host *host, enum host_stage stage,
                            const struct host_shader *shader, VkDescriptorSet *set);

#endif
