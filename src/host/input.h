/** The input assembler's buffers: vertices by the bound layout, and indices. */
#ifndef HOST_INPUT_H
#define HOST_INPUT_H

#include "host/objects.h"
#include "host/pipeline.h"

/** Puts attributes and bindings of the bound layout into a pipeline's key (section 7.4); reports.
 */
bool host_vertices_resolve(struct aerogpu_host *host, const struct host_shader *shader,
                           struct host_pipeline_key *key);

/** Brings the bound vertex buffers of a key's bindings up to date; reports. */
bool host_vertices_refresh(struct aerogpu_host *host, const struct host_pipeline_key *key);

/** Records their binding. */
void host_vertices_bind(struct aerogpu_host *host, const struct host_pipeline_key *key);

/** Indices where the device can read all of them. */
struct host_indices {
    VkBuffer buffer;
    VkDeviceSize offset_bytes; /**< of the draw's first index */
};

/** The indices of a draw; those beyond the end of the buffer are 0, as in D3D. Reports. */
bool host_indices_resolve(struct aerogpu_host *host, const struct aerogpu_cmd_draw_indexed *cmd,
                          struct host_indices *indices);

#endif
