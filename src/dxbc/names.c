#include "dxbc/names.h"

#include <stddef.h>

#include "dxbc/signature.h"

#define INTEGER DXBC_COMPONENT_UINT
#define FLOAT   DXBC_COMPONENT_FLOAT

#define TESS_FACTOR   "SV_TessFactor"
#define INSIDE_FACTOR "SV_InsideTessFactor"

/*
 * Indexed by the interface's number. From 11 on tessellation factors: four edges and two insides of
 * a quad, three edges and the inside of a triangle, detail and density of a line.
 */
static const struct dxbc_name names[] = {
    [DXBC_SV_POSITION] = { "SV_Position", DXBC_SV_POSITION, 0, FLOAT },
    [DXBC_SV_CLIP_DISTANCE] = { "SV_ClipDistance", DXBC_SV_CLIP_DISTANCE, 0, FLOAT },
    [DXBC_SV_CULL_DISTANCE] = { "SV_CullDistance", DXBC_SV_CULL_DISTANCE, 0, FLOAT },
    [DXBC_SV_RENDER_TARGET_ARRAY_INDEX] = { "SV_RenderTargetArrayIndex",
                                            DXBC_SV_RENDER_TARGET_ARRAY_INDEX, 0, INTEGER },
    [DXBC_SV_VIEWPORT_ARRAY_INDEX] = { "SV_ViewportArrayIndex", DXBC_SV_VIEWPORT_ARRAY_INDEX, 0,
                                       INTEGER },
    [DXBC_SV_VERTEX_ID] = { "SV_VertexID", DXBC_SV_VERTEX_ID, 0, INTEGER },
    [DXBC_SV_PRIMITIVE_ID] = { "SV_PrimitiveID", DXBC_SV_PRIMITIVE_ID, 0, INTEGER },
    [DXBC_SV_INSTANCE_ID] = { "SV_InstanceID", DXBC_SV_INSTANCE_ID, 0, INTEGER },
    [DXBC_SV_IS_FRONT_FACE] = { "SV_IsFrontFace", DXBC_SV_IS_FRONT_FACE, 0, INTEGER },
    [DXBC_SV_SAMPLE_INDEX] = { "SV_SampleIndex", DXBC_SV_SAMPLE_INDEX, 0, INTEGER },
    [11] = { TESS_FACTOR, 11, 0, FLOAT },
    [12] = { TESS_FACTOR, 11, 1, FLOAT },
    [13] = { TESS_FACTOR, 11, 2, FLOAT },
    [14] = { TESS_FACTOR, 11, 3, FLOAT },
    [15] = { INSIDE_FACTOR, 12, 0, FLOAT },
    [16] = { INSIDE_FACTOR, 12, 1, FLOAT },
    [17] = { TESS_FACTOR, 13, 0, FLOAT },
    [18] = { TESS_FACTOR, 13, 1, FLOAT },
    [19] = { TESS_FACTOR, 13, 2, FLOAT },
    [20] = { INSIDE_FACTOR, 14, 0, FLOAT },
    [21] = { TESS_FACTOR, 15, 0, FLOAT },
    [22] = { TESS_FACTOR, 16, 1, FLOAT },
};

#define NAME_COUNT    (sizeof(names) / sizeof(names[0]))
#define FIRST_INDEXED (DXBC_SV_SAMPLE_INDEX + 1)

const struct dxbc_name *dxbc_name_find(uint32_t interface_value)
{
    return interface_value < NAME_COUNT && names[interface_value].name ? &names[interface_value]
                                                                       : NULL;
}

uint32_t dxbc_name_interface_value(uint32_t container_value, uint32_t semantic_index)
{
    for (uint32_t value = FIRST_INDEXED; value < NAME_COUNT; value++)
        if (names[value].system_value == container_value &&
            names[value].semantic_index == semantic_index)
            return value;
    return container_value;
}
