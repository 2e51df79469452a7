/** Views: textures, and parts of them, as shaders and the output merger see them. */
#ifndef HOST_SURFACE_H
#define HOST_SURFACE_H

#include "host/objects.h"
#include "host/state.h"

host_packet_fn host_create_texture_view;

/**
 * Makes the image views of a surface whose other members are filled in. False when the device
 * refuses; host_surface_finish is then still to be called.
 */
bool host_surface_init(struct aerogpu_host *host, struct host_surface *surface);
void host_surface_finish(struct aerogpu_host *host, struct host_surface *surface);

/** What the handle of a texture or view stands for, NULL for any other. */
const struct host_surface *host_surface_find(const struct host_objects *objects, uint32_t handle);

/** The object that holds the bytes behind a handle: views lead to their textures; or NULL. */
const struct host_object *host_resource_find(const struct host_objects *objects, uint32_t handle);

/** Whether textures of these flags may be targets. AeroGPU protocol specification 4.2. */
bool host_usage_is_target(uint32_t usage_flags);

void host_view_destroy(struct aerogpu_host *host, struct host_object *object);

#endif
