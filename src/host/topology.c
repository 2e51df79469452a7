#include "host/topology.h"

#include "host/host.h"

#define ROW(tag, vulkan_tag, delivered, strip)                                                     \
    {                                                                                              \
        AEROGPU_TOPOLOGY_##tag, VK_PRIMITIVE_TOPOLOGY_##vulkan_tag, DXBC_PRIMITIVE_##delivered,    \
            (strip)                                                                                \
    }

static const struct topology {
    uint32_t topology;
    VkPrimitiveTopology vulkan;
    enum dxbc_primitive delivered;
    bool is_strip;
} topologies[] = {
    ROW(POINTLIST, POINT_LIST, POINT, false),
    ROW(LINELIST, LINE_LIST, LINE, false),
    ROW(LINESTRIP, LINE_STRIP, LINE, true),
    ROW(TRIANGLELIST, TRIANGLE_LIST, TRIANGLE, false),
    ROW(TRIANGLESTRIP, TRIANGLE_STRIP, TRIANGLE, true),
    ROW(TRIANGLEFAN, TRIANGLE_FAN, TRIANGLE, false),
    ROW(LINELIST_ADJ, LINE_LIST_WITH_ADJACENCY, LINE_ADJACENCY, false),
    ROW(LINESTRIP_ADJ, LINE_STRIP_WITH_ADJACENCY, LINE_ADJACENCY, true),
    ROW(TRIANGLELIST_ADJ, TRIANGLE_LIST_WITH_ADJACENCY, TRIANGLE_ADJACENCY, false),
    ROW(TRIANGLESTRIP_ADJ, TRIANGLE_STRIP_WITH_ADJACENCY, TRIANGLE_ADJACENCY, true),
};

static const struct topology *find(uint32_t topology)
{
    for (size_t i = 0; i < sizeof(topologies) / sizeof(topologies[0]); i++) {
        if (topologies[i].topology == topology)
            return &topologies[i];
    }
    return NULL;
}

bool host_topology_resolve(struct aerogpu_host *host, const struct host_shader *geometry,
                           bool is_indexed, struct host_pipeline_key *key)
{
    const struct topology *topology = find(host->state.topology);

    if (!topology)
        return host_fail(host, AEROGPU_HOST_BACKEND, "unsupported-topology",
                         "topology %u is not executed: patches are missing", host->state.topology);
    if (geometry && geometry->scan.gs_input_primitive != topology->delivered)
        return host_fail(host, AEROGPU_HOST_CMD_DECODE, "topology-stages",
                         "the geometry shader takes other primitives than topology %u delivers",
                         host->state.topology);
    key->topology = topology->vulkan;
    key->restarts = topology->is_strip && is_indexed;
    return true;
}
