/** Bound state in the terms of aerogpu/host_state.h. */
#include <string.h>

#include "aerogpu/host_state.h"
#include "host/host.h"

static const enum host_stage stages[] = {
    [AEROGPU_HOST_STAGE_VERTEX] = HOST_STAGE_VERTEX,
    [AEROGPU_HOST_STAGE_PIXEL] = HOST_STAGE_PIXEL,
    [AEROGPU_HOST_STAGE_GEOMETRY] = HOST_STAGE_GEOMETRY,
    [AEROGPU_HOST_STAGE_COMPUTE] = HOST_STAGE_COMPUTE,
};
_Static_assert(sizeof(stages) / sizeof(stages[0]) == AEROGPU_HOST_STAGES, "every stage");
_Static_assert((int)AEROGPU_HOST_CONSTANT_BUFFERS == (int)HOST_CONSTANT_BUFFERS, "b#");
_Static_assert((int)AEROGPU_HOST_RESOURCES == (int)HOST_RESOURCES, "t#");
_Static_assert((int)AEROGPU_HOST_SAMPLERS == (int)HOST_SAMPLERS, "s#");
_Static_assert((int)AEROGPU_HOST_UAVS == (int)HOST_UAVS, "u#");
_Static_assert((int)AEROGPU_HOST_VERTEX_BUFFERS == (int)HOST_VERTEX_BUFFERS, "vertex slots");

static void copy_ranges(struct aerogpu_host_range *to, const struct host_range *from,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        to[i] =
            (struct aerogpu_host_range){ from[i].buffer, from[i].offset_bytes, from[i].size_bytes };
    }
}

static void copy_stage(struct aerogpu_host_stage_state *to, const struct host_stage_state *from)
{
    to->shader = from->shader;
    copy_ranges(to->constant_buffers, from->constant_buffers, HOST_CONSTANT_BUFFERS);
    copy_ranges(to->resources, from->resources, HOST_RESOURCES);
    copy_ranges(to->uavs, from->uavs, HOST_UAVS);
    memcpy(to->samplers, from->samplers, sizeof(to->samplers));
}

static void copy_input(struct aerogpu_host_state *to, const struct host_state *from)
{
    to->input_layout = from->layout;
    to->topology = from->topology;
    to->index_buffer = from->index_buffer;
    to->index_format = from->index_format;
    to->index_offset_bytes = from->index_offset_bytes;
    for (uint32_t i = 0; i < HOST_VERTEX_BUFFERS; i++) {
        to->vertex_buffers[i] = (struct aerogpu_host_vertex_buffer){
            from->vertex_buffers[i].buffer,
            from->vertex_buffers[i].stride_bytes,
            from->vertex_buffers[i].offset_bytes,
        };
    }
}

static void copy_output(struct aerogpu_host_state *to, const struct host_state *from)
{
    const struct host_viewport *viewport = &from->viewport;
    const struct host_rectangle *scissor = &from->scissor;

    to->color_count = from->color_count;
    memcpy(to->colors, from->colors, sizeof(to->colors));
    to->depth = from->depth;
    to->has_viewport = from->has_viewport;
    memcpy(to->viewport,
           (float[]){ viewport->x, viewport->y, viewport->width, viewport->height,
                      viewport->min_depth, viewport->max_depth },
           sizeof(to->viewport));
    to->has_scissor = from->has_scissor;
    memcpy(to->scissor, (int32_t[]){ scissor->x, scissor->y, scissor->width, scissor->height },
           sizeof(to->scissor));
    to->blend = from->blend;
    to->depth_stencil = from->depth_stencil;
    to->raster = from->raster;
}

void aerogpu_host_get_state(const struct aerogpu_host *host, struct aerogpu_host_state *state)
{
    for (uint32_t i = 0; i < AEROGPU_HOST_STAGES; i++)
        copy_stage(&state->stages[i], &host->state.stages[stages[i]]);
    copy_input(state, &host->state);
    copy_output(state, &host->state);
}
