/** Shaders: from the container of a packet to a Vulkan module with its descriptors. */
#ifndef HOST_SHADER_H
#define HOST_SHADER_H

#include "host/objects.h"
#include "host/state.h"

host_packet_fn host_create_shader_dxbc;
host_packet_fn host_destroy_shader;

void host_shader_destroy(struct aerogpu_host *host, struct host_object *object);

#endif
