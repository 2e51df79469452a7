/** The backend that accepts everything: what is wrong on it is wrong in the script. */
#include <stdlib.h>

#include "play.h"

/* Only its address is used. */
static char object;

static struct px_object *any(void)
{
    return (struct px_object *)&object;
}

static const char *error(void *device)
{
    (void)device;
    return NULL;
}

/* Casting a function to a type with more parameters and calling it is undefined: one each. */
#define CREATES(name, ...)                                                                         \
    static struct px_object *name(void *device, __VA_ARGS__)                                       \
    {                                                                                              \
        (void)device;                                                                              \
        return any();                                                                              \
    }
#define DOES(name, ...)                                                                            \
    static bool name(void *device, __VA_ARGS__)                                                    \
    {                                                                                              \
        (void)device;                                                                              \
        return true;                                                                               \
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
CREATES(create_buffer, const struct px_buffer_desc *desc, const void *initial)
CREATES(create_texture, const struct px_texture_desc *desc, const struct px_data *initial)
CREATES(create_view, struct px_object *resource, const struct px_view *view)
CREATES(create_shader, enum px_stage stage, const void *dxbc, size_t size_bytes)
CREATES(create_layout, const struct px_element *elements, uint32_t count, const void *dxbc,
        size_t size_bytes)
CREATES(create_blend, const struct px_blend *desc)
CREATES(create_depth_stencil, const struct px_depth_stencil *desc)
CREATES(create_rasterizer, const struct px_rasterizer *desc)
CREATES(create_sampler, const struct px_sampler *desc)
CREATES(create_query, enum px_query kind)
DOES(set_shader, enum px_stage stage, struct px_object *shader)
DOES(set_slot, enum px_stage stage, uint32_t slot, struct px_object *bound)
DOES(set_uav, uint32_t slot, struct px_object *view)
DOES(set_object, struct px_object *bound)
DOES(set_vertex_buffer, uint32_t slot, struct px_object *buffer, uint32_t stride_bytes,
     uint32_t offset_bytes)
DOES(set_index_buffer, struct px_object *buffer, uint32_t format, uint32_t offset_bytes)
DOES(set_targets, uint32_t count, struct px_object *const *rtvs, struct px_object *dsv)
DOES(set_viewport, const float viewport[6])
DOES(set_scissor, const int32_t rect[4])
DOES(set_blend, struct px_object *state, const float factor[4], uint32_t sample_mask)
DOES(set_depth_stencil, struct px_object *state, uint32_t stencil_ref)
DOES(draw, const struct px_draw *draw)
DOES(dispatch, const uint32_t groups[3])
DOES(clear_target, struct px_object *rtv, const float color[4])
DOES(clear_depth_stencil, struct px_object *dsv, uint32_t flags, float depth, uint8_t stencil)
DOES(update, struct px_object *resource, uint32_t subresource, const struct px_box *box,
     const struct px_data *data)
DOES(map_write, struct px_object *resource, uint32_t subresource, enum px_map map,
     uint32_t offset_bytes, const void *bytes, uint32_t size_bytes, uint32_t row_bytes)
DOES(copy, struct px_object *target, struct px_object *source)
DOES(copy_region, struct px_object *target, uint32_t target_subresource, uint32_t x, uint32_t y,
     struct px_object *source, uint32_t source_subresource, const struct px_box *box)
DOES(result, struct px_object *query, uint64_t *value)
DOES(set_predicate, struct px_object *query, bool value)
DOES(rotate, struct px_object *const *textures, uint32_t count)
DOES(read_texture, struct px_object *texture, uint32_t mip, uint32_t layer, struct px_image *image)
DOES(read_buffer, struct px_object *buffer, uint32_t offset_bytes, void *bytes, uint32_t size_bytes)
DOES(read_presented, struct px_image *image)
#pragma GCC diagnostic pop

static bool flush(void *device)
{
    (void)device;
    return true;
}

const struct px_backend px_null_backend = {
    .error = error,
    .create_buffer = create_buffer,
    .create_texture = create_texture,
    .create_srv = create_view,
    .create_rtv = create_view,
    .create_dsv = create_view,
    .create_uav = create_view,
    .create_shader = create_shader,
    .create_layout = create_layout,
    .create_blend = create_blend,
    .create_depth_stencil = create_depth_stencil,
    .create_rasterizer = create_rasterizer,
    .create_sampler = create_sampler,
    .create_query = create_query,
    .set_shader = set_shader,
    .set_constant_buffer = set_slot,
    .set_srv = set_slot,
    .set_sampler = set_slot,
    .set_uav = set_uav,
    .set_layout = set_object,
    .set_vertex_buffer = set_vertex_buffer,
    .set_index_buffer = set_index_buffer,
    .set_targets = set_targets,
    .set_viewport = set_viewport,
    .set_scissor = set_scissor,
    .set_blend = set_blend,
    .set_depth_stencil = set_depth_stencil,
    .set_rasterizer = set_object,
    .draw = draw,
    .dispatch = dispatch,
    .clear_target = clear_target,
    .clear_depth_stencil = clear_depth_stencil,
    .update = update,
    .map_write = map_write,
    .copy = copy,
    .copy_region = copy_region,
    .generate_mips = set_object,
    .begin = set_object,
    .end = set_object,
    .result = result,
    .set_predicate = set_predicate,
    .present = set_object,
    .rotate = rotate,
    .flush = flush,
    .read_texture = read_texture,
    .read_buffer = read_buffer,
    .read_presented = read_presented,
    .read_staging = read_texture,
};
