/**
 * The rules of the strict validator, as data: tag, stable name, where the rule comes from, and what
 * it asks for. "P" is the AeroGPU protocol specification, "S" the driver semantics, "H" the host
 * semantics; numbers are sections, "S 22.3" is row 3 of the table in section 22.
 */
#ifndef STREAM_VALIDATOR_RULES_H
#define STREAM_VALIDATOR_RULES_H

#define VALIDATOR_RULES(X)                                                                         \
    X(OUT_OF_MEMORY, "out-of-memory", "-", "the validator has the memory it needs")                \
    /* Framing. */                                                                                 \
    X(STREAM_HEADER, "stream-header", "P 2, 18.3", "a stream begins with a sound header")          \
    X(STREAM_RESERVED, "stream-reserved", "P 2", "flags and reserved words of the header are 0")   \
    X(PACKET_FRAMING, "packet-framing", "P 2, 18.3", "packets tile the stream exactly")            \
    X(UNKNOWN_OPCODE, "unknown-opcode", "P 2.4, 18.6; H 9",                                        \
      "a stream of a known version has known opcodes only: hosts skip others silently")            \
    X(SHORT_STRUCT, "short-struct", "P 2.5, 18.4", "a packet holds its fixed struct")              \
    X(SHORT_PAYLOAD, "short-payload", "P 2.5, 2.6, 18.4",                                          \
      "a packet holds its counted payload and the padding of a blob")                              \
    X(PADDING, "padding", "P 2.6", "blobs are padded with zeros")                                  \
    X(RESERVED, "reserved", "P preface", "reserved fields are 0")                                  \
    X(ENUM_VALUE, "enum-value", "P 4, 18.4; S 22.13", "enum fields hold a defined value")          \
    X(FLAG_BITS, "flag-bits", "P 4.2, 18.4; S 22.5", "flag fields hold defined bits only")         \
    X(BOOLEAN, "boolean", "P 9", "switches are 0 or 1")                                            \
    /* What the device can take. */                                                                \
    X(GATE_MINOR, "gate-minor", "P 1", "nothing newer than the device's minor version is sent")    \
    X(GATE_FEATURE, "gate-feature", "P 1, 17; S 19.1",                                             \
      "copies need the TRANSFER feature, VSYNC needs VBLANK")                                      \
    X(GATE_VIEWS, "gate-views", "P 20; S 22.17",                                                   \
      "texture views only where the host executes them")                                           \
    X(STREAM_MINOR, "stream-minor", "P 4.3; S 22.14",                                              \
      "stage_ex needs a stream of minor 3 or above, else it selects compute")                      \
    X(KERNEL_PACKET, "kernel-packet", "P 6.9", "only the kernel driver sends this packet")         \
    X(D3D9_PACKET, "d3d9-packet", "P 18.6", "the packet has no effect on a D3D10/11 host")         \
    /* Handles. */                                                                                 \
    X(HANDLE_ZERO, "handle-zero", "P 3.1, 18.4", "an object's handle is not 0")                    \
    X(HANDLE_RESERVED, "handle-reserved", "P 3.1", "0xFFFFFF00..05 belong to a host")              \
    X(HANDLE_IN_USE, "handle-in-use", "P 18.4; S 22.1, 18",                                        \
      "a new object's handle is free: one namespace, no re-creation")                              \
    X(HANDLE_UNKNOWN, "handle-unknown", "P 18.4, 18.5; H 9", "a packet names live objects")        \
    X(HANDLE_KIND, "handle-kind", "P 3.1",                                                         \
      "a handle names the kind of object that the packet needs")                                   \
    X(HANDLE_ORIGINAL, "handle-original", "P 3.3, 18.4",                                           \
      "a destroyed original is not named while its aliases live")                                  \
    /* Allocations. */                                                                             \
    X(ALLOC_ENTRY, "alloc-entry", "P 18.2", "table entries have an id, a size and no overflow")    \
    X(ALLOC_DUPLICATE, "alloc-duplicate", "P 18.2", "an alloc_id is listed once")                  \
    X(ALLOC_ID_RANGE, "alloc-id-range", "P 10.2",                                                  \
      "ids from 0x80000000 belong to the kernel driver")                                           \
    X(ALLOC_UNLISTED, "alloc-unlisted", "P 10.3, 18.4; S 17.7, 22.7; H 9",                         \
      "every allocation that a packet touches is in the submission's list")                        \
    X(ALLOC_RANGE, "alloc-range", "P 6.2, 18.4; S 22.2", "a backing lies inside its allocation")   \
    X(ALLOC_READONLY, "alloc-readonly", "P 10.3, 18.4; S 17.7, 22.7; H 4",                         \
      "what the host writes is not listed read-only")                                              \
    /* Resources. */                                                                               \
    X(BUFFER_SIZE, "buffer-size", "P 6.2; S 22.2", "a buffer's size is a positive multiple of 4")  \
    X(TEXTURE_SIZE, "texture-size", "P 6.2; S 9.5, 22.2",                                          \
      "a texture has an extent and layers, and at most 2 GiB")                                     \
    X(TEXTURE_MIPS, "texture-mips", "P 6.2; S 22.2",                                               \
      "a texture has no more mips than its extent allows")                                         \
    X(TEXTURE_PITCH, "texture-pitch", "P 6.2, 19.4; S 22.2",                                       \
      "the row pitch is tight or more, a multiple of 4, and given when guest-backed")              \
    X(TEXTURE_USAGE, "texture-usage", "P 6.2, 18.5", "the format can serve the declared usage")    \
    X(DEPTH_BACKED, "depth-backed", "P 10.4; H 4", "depth textures are host-owned")                \
    X(DIRTY_HOST_OWNED, "dirty-host-owned", "P 6.2, 10.4",                                         \
      "dirty ranges are for guest-backed resources")                                               \
    X(DIRTY_RANGE, "dirty-range", "P 6.2", "a dirty range lies inside its resource")               \
    X(DIRTY_ALIGN, "dirty-align", "P 19.3", "dirty ranges of buffers are multiples of 4")          \
    X(DIRTY_PARTIAL, "dirty-partial", "H 9", "dirty ranges of textures cover whole subresources")  \
    X(DIRTY_STALE, "dirty-stale", "P 10.4; S 9.3",                                                 \
      "a dirty range does not bring stale guest bytes over what the GPU drew")                     \
    X(UPLOAD_BACKED, "upload-backed", "P 6.2, 10.4", "uploads are for host-owned resources")       \
    X(UPLOAD_RANGE, "upload-range", "P 6.2; S 22.4", "an upload lies inside its resource")         \
    X(UPLOAD_ALIGN, "upload-align", "P 6.2; S 22.4", "uploads to buffers are multiples of 4")      \
    X(UPLOAD_PARTIAL_TEXTURE, "upload-partial-texture", "P 6.2; S 22.3; H 4",                      \
      "a part of a subresource is uploaded only over a valid host copy")                           \
    X(UPLOAD_DEPTH, "upload-depth", "H 4", "depth textures take no uploads")                       \
    /* Copies. */                                                                                  \
    X(COPY_SELF, "copy-self", "P 6.2; S 22.5", "source and destination differ")                    \
    X(COPY_ALIGN, "copy-align", "P 6.2", "buffer copies are multiples of 4")                       \
    X(COPY_RANGE, "copy-range", "P 6.2", "both sides of a copy lie inside their resources")        \
    X(COPY_SUBRESOURCE, "copy-subresource", "P 6.2", "both subresources of a copy exist")          \
    X(COPY_FORMAT, "copy-format", "P 6.2; S 22.6", "both textures of a copy have one format")      \
    X(COPY_BLOCK, "copy-block", "P 6.2", "BC copies move whole 4x4 blocks")                        \
    X(WRITEBACK_HOST_OWNED, "writeback-host-owned", "P 10.5",                                      \
      "writeback needs a guest-backed destination")                                                \
    X(WRITEBACK_SUBRESOURCE, "writeback-subresource", "P 10.5; S 22.6",                            \
      "writeback to a texture goes to mip 0 of layer 0")                                           \
    X(WRITEBACK_FORMAT, "writeback-format", "P 10.5; S 22.6",                                      \
      "writeback is for plain colour formats")                                                     \
    /* Views and sharing. */                                                                       \
    X(VIEW_RANGE, "view-range", "P 6.2", "a view selects existing mips and layers")                \
    X(VIEW_FORMAT, "view-format", "P 6.2", "a view's format is compatible with its texture's")     \
    X(SHARE_TOKEN, "share-token", "P 6.9; S 22.18", "a share token is not 0")                      \
    X(SHARE_RESOURCE, "share-resource", "P 6.9, 16",                                               \
      "shared is a guest-backed texture with one mip and one layer")                               \
    X(SHARE_EXPORTED, "share-exported", "P 6.9", "a token names one resource for all time")        \
    X(SHARE_UNKNOWN, "share-unknown", "P 6.9; S 22.18", "an imported token was exported before")   \
    X(SHARE_RELEASED, "share-released", "P 6.9, 16", "a released token is never used again")       \
    /* Shaders and layouts. */                                                                     \
    X(STAGE_VALUE, "stage-value", "P 4.3; S 22.12", "stage and stage_ex name a stage")             \
    X(SHADER_CONTAINER, "shader-container", "P 7.5; S 22.12",                                      \
      "a shader is a sound DXBC container")                                                        \
    X(SHADER_CHECKSUM, "shader-checksum", "P 7.5; S 15.2",                                         \
      "the container carries its real checksum")                                                   \
    X(SHADER_STAGE, "shader-stage", "P 6.3, 18.5; S 22.12",                                        \
      "a shader's program type is the stage it is created for and bound to")                       \
    X(SHADER_SIGNATURE, "shader-signature", "P 7.5", "signatures are there and sound")             \
    X(SHADER_POSITION, "shader-position", "P 7.5", "a vertex shader outputs a position")           \
    X(SHADER_OUTPUT, "shader-output", "P 7.5", "a pixel shader outputs a target or depth")         \
    X(SHADER_STREAM, "shader-stream", "P 6.3; S 22.12", "only stream 0 is written")                \
    X(BIND_SIZE, "bind-size", "P 6.3", "BIND_SHADERS is 24 bytes, or 36 and more")                 \
    X(BIND_MIRROR, "bind-mirror", "P 6.3, 19.8",                                                   \
      "the mirrored geometry shader is the appended one")                                          \
    X(CONSTANTS_RANGE, "constants-range", "P 6.3", "the constant file has 4096 registers")         \
    X(LAYOUT_BLOB, "layout-blob", "P 6.3, 7.1; S 22.11", "an input layout is a sound ILAY blob")   \
    X(LAYOUT_STEP, "layout-step", "P 7.2, 7.4; S 22.11",                                           \
      "the step rate is 0 for vertices and positive for instances")                                \
    /* Bindings and state. */                                                                      \
    X(SLOT_RANGE, "slot-range", "P 8, 18.4; S 22.8", "slots lie inside their tables")              \
    X(USAGE_MISSING, "usage-missing", "H 4; S 22.25",                                              \
      "a binding was announced by usage flags at creation")                                        \
    X(UAV_STAGE, "uav-stage", "P 6.7, 8", "vertex and pixel shaders have no UAVs")                 \
    X(BINDING_ALIGN, "binding-align", "P 6.7; H 5", "offsets and sizes of bindings are aligned")   \
    X(BINDING_RANGE, "binding-range", "P 18.5; H 5", "a bound range lies inside its buffer")       \
    X(CONSTANT_BUFFER_LARGE, "constant-buffer-large", "H 5; S 14.3",                               \
      "a constant buffer binding has at most 64 KiB: hosts cut off the rest")                      \
    X(INDEX_ALIGN, "index-align", "P 6.6", "the index offset is a multiple of the index size")     \
    X(TOPOLOGY_FAN, "topology-fan", "H 2", "triangle fans are drawn as lists")                     \
    X(TARGET_COUNT, "target-count", "P 6.5; S 22.8", "at most 8 targets, none behind the count")   \
    X(TARGET_FORMAT, "target-format", "P 18.5",                                                    \
      "targets have a colour format, depth targets a depth format")                                \
    X(TARGET_SUBRESOURCES, "target-subresources", "H 4; S 22.24",                                  \
      "targets have one mip and one layer")                                                        \
    X(VIEWPORT_DEGENERATE, "viewport-degenerate", "P 6.5; H 2",                                    \
      "a viewport is finite and has an area: hosts take others for the full target")               \
    X(VIEWPORT_DEPTH, "viewport-depth", "P 6.5; H 2", "0 <= min_depth <= max_depth <= 1")          \
    /* Clear, draw, dispatch, present. */                                                          \
    X(STATE_UNDEFINED, "state-undefined", "P 3.4, 19.7; S 22.19; H 3, 9",                          \
      "what a draw uses was set in the same submission")                                           \
    X(CLEAR_TARGET, "clear-target", "P 18.6; H 5", "what a clear names is bound")                  \
    X(CLEAR_MANY, "clear-many", "P 19.11; S 22.21", "a clear has one colour target")               \
    X(CLEAR_VALUE, "clear-value", "S 16", "depth is 0..1, stencil 0..255")                         \
    X(TARGET_MISSING, "target-missing", "P 18.5; H 5", "a draw has a colour or depth target")      \
    X(TARGET_MIXED, "target-mixed", "S 14.11", "all targets have one size")                        \
    X(TARGET_SRV, "target-srv", "P 6.5, 19.9; S 22.16; H 9",                                       \
      "no texture is target and SRV at once")                                                      \
    X(SRV_UAV, "srv-uav", "P 6.7, 19.9; S 22.16", "no buffer is SRV and UAV at once")              \
    X(SHADER_MISSING, "shader-missing", "P 18.5; S 22.10; H 5",                                    \
      "a draw has a vertex and a pixel shader")                                                    \
    X(TOPOLOGY_STAGES, "topology-stages", "P 18.5; S 22.9",                                        \
      "adjacency needs a geometry shader, patches hull and domain shaders, and these patches")     \
    X(PATCH_POINTS, "patch-points", "P 18.5", "the patch has the hull shader's control points")    \
    X(SCISSOR_DEGENERATE, "scissor-degenerate", "P 6.5; S 22.15",                                  \
      "an enabled scissor has an area")                                                            \
    X(INDEX_BUFFER_MISSING, "index-buffer-missing", "P 18.5; H 5",                                 \
      "an indexed draw has an index buffer")                                                       \
    X(CONSTANT_BUFFER_SMALL, "constant-buffer-small", "P 6.7; H 5",                                \
      "a constant buffer holds the registers that the shader declares")                            \
    X(LAYOUT_MISSING, "layout-missing", "P 7.4; H 5", "a vertex shader with inputs has a layout")  \
    X(LAYOUT_EXTRA, "layout-extra", "P 7.4; S 22.11; H 5",                                         \
      "the vertex shader knows every element")                                                     \
    X(LAYOUT_INPUT, "layout-input", "P 7.4", "every vertex shader input has an element")           \
    X(LAYOUT_DOUBLE, "layout-double", "P 7.4; S 22.11", "an input has one element")                \
    X(LAYOUT_LIMITS, "layout-limits", "P 7.4; S 22.11", "at most 16 elements from 8 slots")        \
    X(LAYOUT_CLASS, "layout-class", "P 7.4; S 22.11", "a slot has one input class")                \
    X(LAYOUT_OFFSET, "layout-offset", "P 7.4; S 22.11", "element offsets are multiples of 4")      \
    X(LAYOUT_FORMAT, "layout-format", "P 7.4; S 22.11", "the host can fetch the element's format") \
    X(LAYOUT_TYPE, "layout-type", "P 7.5; S 22.11", "the input's type is the format's class")      \
    X(VERTEX_BUFFER_MISSING, "vertex-buffer-missing", "P 7.4; H 5",                                \
      "every slot of the layout has a buffer")                                                     \
    X(VERTEX_STRIDE, "vertex-stride", "P 7.4; S 22.11", "the stride covers the layout's elements") \
    X(PIXEL_INPUT, "pixel-input", "P 18.5", "the stage before writes what the pixel shader reads") \
    X(DISPATCH_STAGE, "dispatch-stage", "P 6.8", "DISPATCH runs the compute shader")               \
    X(PRESENT_LAST, "present-last", "P 17", "PRESENT is the last packet of its submission")        \
    X(PRESENT_TARGET, "present-target", "P 17; S 22.20",                                           \
      "the presented surface is bound as target 0")                                                \
    X(PRESENT_SCANOUT, "present-scanout", "P 17", "the scanout id is 0")

/** One rule. */
enum rule {
#define X(tag, name, source, text) RULE_##tag,
    VALIDATOR_RULES(X)
#undef X
        RULE_COUNT,
};

#endif
