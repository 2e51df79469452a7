#include "core/ledger.h"

#include <stddef.h>

#include "platform/log.h"

enum { TOLD_AT_ONCE = 8 };

const struct ledger_row ledger_rows[LEDGER_REASONS] = {
    [LEDGER_RESOURCE_DIMENSION] = { "CreateResource",
                                    "only buffers and 2D textures exist on the wire" },
    [LEDGER_RESOURCE_SAMPLES] = { "CreateResource", "multisampling cannot be expressed" },
    [LEDGER_RESOURCE_FORMAT] = { "CreateResource", "no protocol format for this texture format" },
    [LEDGER_RESOURCE_SIZE] = { "CreateResource", "dimensions beyond what the driver accepts" },
    [LEDGER_RESOURCE_USAGE] = { "CreateResource",
                                "dynamic and staging resources: Map is not implemented" },
    [LEDGER_RESOURCE_SHARED] = { "CreateResource", "shared surfaces are not implemented" },
    [LEDGER_RESOURCE_INITIAL_DATA] = { "CreateResource", "initial data of one subresource exceeds "
                                                         "the command buffer" },
    [LEDGER_UPDATE_BOX] = { "UpdateSubresource",
                            "dropped: a part of a texture that no copy reaches" },
    [LEDGER_UPDATE_EDGES] = { "UpdateSubresource",
                              "bytes that are no whole words of a buffer the CPU does not know "
                              "stay" },
    [LEDGER_COPY_TRANSFER] = { "ResourceCopy", "dropped: device copies nothing (no TRANSFER "
                                               "feature, or ABI minor below 1)" },
    [LEDGER_COPY_FORMAT] = { "ResourceCopy", "dropped: textures of different protocol formats" },
    [LEDGER_COPY_BLOCKS] = { "ResourceCopy",
                             "blocks that only one of the textures cuts off at its edge stay" },
    [LEDGER_COPY_EDGES] = { "ResourceCopy",
                            "bytes that are no whole words of buffers the CPU does not know stay" },
    [LEDGER_COPY_SPACE] = { "ResourceCopy", "dropped: no room for a temporary resource" },
    [LEDGER_VIEW_SUBRESOURCE] = { "CreateView",
                                  "view of a part of a texture with several mips or slices" },
    [LEDGER_VIEW_FORMAT] = { "CreateView", "view format differs from the texture's" },
    [LEDGER_VIEW_DIMENSION] = { "CreateView", "only 2D textures can be seen by shaders" },
    [LEDGER_SAMPLER_FILTER] = { "CreateSampler",
                                "filters of one kind each, no anisotropy, no comparison" },
    [LEDGER_SAMPLER_ADDRESS] = { "CreateSampler", "border and mirror-once sample the edge" },
    [LEDGER_SAMPLER_LOD] = { "CreateSampler", "mip bias and clamps ignored" },
    [LEDGER_SHADER_TOKENS] = { "CreateShader", "shader code refused" },
    [LEDGER_SHADER_GEOMETRY] = { "CreateGeometryShader",
                                 "device takes no geometry shaders (ABI minor below 3)" },
    [LEDGER_STREAM_OUTPUT] = { "CreateGeometryShaderWithStreamOutput", "nothing is streamed out" },
    [LEDGER_BLEND_FACTOR] = { "CreateBlendState", "blend factor approximated" },
    [LEDGER_BLEND_INDEPENDENT] = { "Draw", "targets with different blend states share the first" },
    [LEDGER_ALPHA_TO_COVERAGE] = { "CreateBlendState", "alpha to coverage ignored" },
    [LEDGER_STENCIL] = { "CreateDepthStencilState", "stencil test has no effect" },
    [LEDGER_DEPTH_BIAS] = { "CreateRasterizerState", "slope-scaled or clamped depth bias ignored" },
    [LEDGER_VIEWPORTS] = { "SetViewports", "multiple viewports: the first one serves all" },
    [LEDGER_STEP_RATE] = { "CreateElementLayout", "per-instance step rate 0 sent as 1" },
    [LEDGER_STRIDE_ZERO] = { "Draw", "vertex stride 0 replaced by the element span" },
    [LEDGER_INDEX_FORMAT] = { "IaSetIndexBuffer", "index format treated as no buffer" },
    [LEDGER_CONSTANT_BUFFERS] = { "Draw", "device takes no constant buffers (ABI minor below 2)" },
    [LEDGER_DRAW_NO_VERTEX_SHADER] = { "Draw", "dropped: no vertex shader" },
    [LEDGER_DRAW_STAGE] = { "Draw", "dropped: tessellation is not implemented" },
    [LEDGER_DRAW_LINKAGE] = { "Draw", "dropped: no position, or a pixel input nothing writes" },
    [LEDGER_DRAW_GEOMETRY_LINKAGE] = { "Draw", "dropped: geometry shader input that the vertex "
                                               "shader does not write" },
    [LEDGER_DRAW_NO_TARGET] = { "Draw", "dropped: no render target" },
    [LEDGER_DRAW_TARGET_SIZES] = { "Draw", "dropped: targets of different sizes" },
    [LEDGER_DRAW_NO_VIEWPORT] = { "Draw", "dropped: no viewport, so nothing is rasterised" },
    [LEDGER_DRAW_EMPTY_SCISSOR] = { "Draw", "dropped: empty scissor rectangle" },
    [LEDGER_DRAW_TOPOLOGY] = { "Draw", "dropped: topology the host cannot draw" },
    [LEDGER_DRAW_PRIMITIVE] = { "Draw", "dropped: geometry shader takes other primitives than the "
                                        "topology delivers" },
    [LEDGER_DRAW_INPUT_LAYOUT] = { "Draw", "dropped: input layout the host cannot link" },
    [LEDGER_DRAW_VERTEX_BUFFER] = { "Draw", "dropped: vertex buffer missing or too narrow" },
    [LEDGER_DRAW_INDEX_BUFFER] = { "Draw", "dropped: no index buffer" },
    [LEDGER_DRAW_SPACE] = { "Draw", "dropped: state does not fit the command buffer" },
    [LEDGER_NOT_IMPLEMENTED] = { "DDI", "entry point not implemented" },
};

void ledger_count(struct ledger *ledger, enum ledger_reason reason, const char *detail)
{
    const struct ledger_row *row = &ledger_rows[reason];
    const uint32_t count = ++ledger->counts[reason];

    if (count <= TOLD_AT_ONCE || log_is_verbose())
        log_line("unsupported: %s: %s%s%s", row->where, row->reason, detail ? ": " : "",
                 detail ? detail : "");
}

void ledger_print(const struct ledger *ledger)
{
    for (int i = 0; i < LEDGER_REASONS; i++) {
        if (ledger->counts[i])
            LOG_VERBOSE("ledger: %u x %s: %s", (unsigned)ledger->counts[i], ledger_rows[i].where,
                        ledger_rows[i].reason);
    }
}
