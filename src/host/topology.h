/** Primitive topologies as Vulkan and geometry shaders see them. */
#ifndef HOST_TOPOLOGY_H
#define HOST_TOPOLOGY_H

#include "host/objects.h"
#include "host/pipeline.h"

/**
 * Puts the bound topology into a pipeline's key: indexed strips restart at the index of all ones,
 * lists never do (host semantics 2). Without a geometry shader (NULL) adjacent vertices are
 * skipped; with one it must take what the topology delivers. Reports.
 */
bool host_topology_resolve(struct aerogpu_host *host, const struct host_shader *geometry,
                           bool is_indexed, struct host_pipeline_key *key);

#endif
