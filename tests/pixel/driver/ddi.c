#include "ddi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aerogpu_cmd.h"
#include "ddi_state.h"

struct px_ddi *px_ddi_create(enum rt_level level)
{
    struct px_ddi *ddi = calloc(1, sizeof(*ddi));
    struct kernel_config config;

    if (ddi == NULL)
        tap_bail_out("out of memory");
    kernel_config_init(&config);
    config.is_live = true;
    ddi->level = level;
    ddi->kernel = scenario_kernel(&config);
    ddi->device = scenario_device(ddi->kernel, level);
    if (ddi->device != NULL)
        return ddi;
    free(ddi);
    return NULL;
}

void px_ddi_destroy(struct px_ddi *ddi)
{
    while (ddi->objects != NULL) {
        struct px_object *object = ddi->objects;

        ddi->objects = object->next;
        free(object);
    }
    free(ddi);
}

static const char *error(void *device)
{
    struct px_ddi *ddi = device;
    const HRESULT result = rt_error(ddi->device);

    if (result == S_OK)
        return NULL;
    snprintf(ddi->error, sizeof(ddi->error), "the driver reported 0x%08lx",
             (unsigned long)(uint32_t)result);
    return ddi->error;
}

bool px_ddi_is_good(struct px_ddi *ddi)
{
    return rt_error(ddi->device) == S_OK;
}

struct px_object *px_ddi_wrap(struct px_ddi *ddi, struct rt_object *rt)
{
    struct px_object *object;

    if (rt == NULL)
        return NULL;
    object = calloc(1, sizeof(*object));
    if (object == NULL)
        tap_bail_out("out of memory");
    object->rt = rt;
    object->next = ddi->objects;
    ddi->objects = object;
    return object;
}

static struct rt_object *rt_of(const struct px_object *object)
{
    return object != NULL ? object->rt : NULL;
}

/* ---- Resources ---- */

static UINT cpu_access(uint32_t usage)
{
    return usage == PX_USAGE_DYNAMIC   ? D3D10_DDI_CPU_ACCESS_WRITE
           : usage == PX_USAGE_STAGING ? D3D10_DDI_CPU_ACCESS_MASK
                                       : 0;
}

/* What the create sent is known once it is submitted: the newest object of its kind. */
static uint32_t handle_of_newest(struct px_ddi *ddi, uint32_t opcode)
{
    d3d_flush(ddi->device);
    return kernel_newest_handle(ddi->kernel, opcode);
}

static struct px_object *create_buffer(void *device, const struct px_buffer_desc *desc,
                                       const void *initial)
{
    struct px_ddi *ddi = device;
    const struct d3d_buffer_desc buffer = {
        .size_bytes = desc->size_bytes,
        .usage = desc->usage,
        .bind = desc->bind,
        .cpu_access = cpu_access(desc->usage),
        .misc = (desc->stride_bytes ? D3D11_DDI_RESOURCE_MISC_BUFFER_STRUCTURED : 0u) |
                (desc->is_raw ? D3D11_DDI_RESOURCE_MISC_BUFFER_ALLOW_RAW_VIEWS : 0u),
        .stride_bytes = desc->stride_bytes,
    };
    struct px_object *object = px_ddi_wrap(ddi, d3d_create_buffer(ddi->device, &buffer, initial));

    if (object != NULL) {
        object->is_buffer = true;
        object->size_bytes = desc->size_bytes;
        object->handle = handle_of_newest(ddi, AEROGPU_CMD_CREATE_BUFFER);
    }
    return object;
}

struct rt_object *px_ddi_create_rt_texture(struct px_ddi *ddi, const struct px_texture_desc *desc,
                                           const D3D10_DDIARG_SUBRESOURCE_UP *initial)
{
    DXGI_DDI_PRIMARY_DESC primary = {
        .Flags = DXGI_DDI_PRIMARY_OPTIONAL,
        .ModeDesc = { .Width = desc->width,
                      .Height = desc->height,
                      .Format = (DXGI_FORMAT)desc->format },
    };
    const struct d3d_texture_desc texture = {
        .width = desc->width,
        .height = desc->height,
        .format = (DXGI_FORMAT)desc->format,
        .mip_levels = desc->mips,
        .array_size = desc->layers,
        .usage = desc->usage,
        .bind = desc->bind | (desc->is_presentable ? (UINT)D3D10_DDI_BIND_PRESENT : 0),
        .cpu_access = cpu_access(desc->usage),
        .misc = desc->can_generate_mips ? D3D10_DDI_RESOURCE_AUTO_GEN_MIP_MAP : 0,
        .is_cube = desc->is_cube,
        .primary = desc->is_presentable ? &primary : NULL,
    };

    return d3d_create_texture(ddi->device, &texture, initial);
}

static struct px_object *create_texture(void *device, const struct px_texture_desc *desc,
                                        const struct px_data *initial)
{
    const uint32_t count = desc->mips * desc->layers;
    struct px_ddi *ddi = device;
    D3D10_DDIARG_SUBRESOURCE_UP *data = calloc(count, sizeof(*data));
    struct px_object *object;

    if (data == NULL)
        tap_bail_out("out of memory");
    for (uint32_t i = 0; initial != NULL && i < count; i++) {
        data[i].pSysMem = (void *)(uintptr_t)initial[i].bytes;
        data[i].SysMemPitch = initial[i].row_pitch_bytes;
    }
    object = px_ddi_wrap(ddi, px_ddi_create_rt_texture(ddi, desc, initial != NULL ? data : NULL));
    free(data);
    if (object != NULL) {
        object->texture = *desc;
        object->handle = handle_of_newest(ddi, AEROGPU_CMD_CREATE_TEXTURE2D);
    }
    return object;
}

/* ---- Views ---- */

static struct d3d_view_desc view_desc(const struct px_view *view, UINT raw_flag)
{
    return (struct d3d_view_desc){
        .format = view->is_raw ? DXGI_FORMAT_R32_TYPELESS : (DXGI_FORMAT)view->format,
        .first_mip = view->first_mip,
        .mip_levels = view->mips,
        .first_layer = view->first_layer,
        .layers = view->layers,
        .first_element = view->first_element,
        .elements = view->elements,
        .flags = view->is_raw ? raw_flag : 0,
    };
}

static struct px_object *create_srv(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct d3d_view_desc desc = view_desc(view, D3D11_DDI_BUFFEREX_SRV_FLAG_RAW);

    return px_ddi_wrap(device, d3d_create_srv(resource->rt, &desc));
}

static struct px_object *create_rtv(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct d3d_view_desc desc = view_desc(view, 0);

    return px_ddi_wrap(device, d3d_create_rtv(resource->rt, &desc));
}

static struct px_object *create_dsv(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct d3d_view_desc desc = view_desc(view, 0);

    return px_ddi_wrap(device, d3d_create_dsv(resource->rt, &desc));
}

static struct px_object *create_uav(void *device, struct px_object *resource,
                                    const struct px_view *view)
{
    const struct d3d_view_desc desc = view_desc(view, D3D11_DDI_BUFFER_UAV_FLAG_RAW);

    return px_ddi_wrap(device, d3d_create_uav(resource->rt, &desc));
}

/* ---- Shaders and state ---- */

static const enum d3d_stage stages[PX_STAGES] = {
    [PX_VS] = D3D_VS,
    [PX_PS] = D3D_PS,
    [PX_GS] = D3D_GS,
    [PX_CS] = D3D_CS,
};

static struct px_object *create_shader(void *device, enum px_stage stage, const void *dxbc,
                                       size_t size_bytes)
{
    static struct rt_object *(*const create[PX_STAGES])(struct rt_device *, const void *,
                                                        size_t) = {
        [PX_VS] = d3d_create_vertex_shader,
        [PX_PS] = d3d_create_pixel_shader,
        [PX_GS] = d3d_create_geometry_shader,
        [PX_CS] = d3d_create_compute_shader,
    };
    struct px_ddi *ddi = device;

    return px_ddi_wrap(ddi, create[stage](ddi->device, dxbc, size_bytes));
}

static struct px_object *create_layout(void *device, const struct px_element *elements,
                                       uint32_t count, const void *dxbc, size_t size_bytes)
{
    struct px_ddi *ddi = device;
    struct d3d_element converted[32];

    for (uint32_t i = 0; i < count && i < 32; i++)
        converted[i] = (struct d3d_element){
            .semantic = elements[i].semantic,
            .semantic_index = elements[i].semantic_index,
            .format = (DXGI_FORMAT)elements[i].format,
            .slot = elements[i].slot,
            .offset_bytes = elements[i].offset_bytes,
            .per_instance = elements[i].is_per_instance,
            .step_rate = elements[i].step_rate,
        };
    return px_ddi_wrap(ddi,
                       d3d_create_input_layout(ddi->device, converted, count, dxbc, size_bytes));
}

static struct px_object *create_blend(void *device, const struct px_blend *desc)
{
    struct px_ddi *ddi = device;
    D3D10_1_DDI_BLEND_DESC converted = {
        .AlphaToCoverageEnable = desc->alpha_to_coverage,
        .IndependentBlendEnable = desc->is_independent,
    };

    for (unsigned i = 0; i < PX_TARGETS_MAX; i++) {
        const struct px_blend_target *target = &desc->targets[i];

        converted.RenderTarget[i] = (D3D10_DDI_RENDER_TARGET_BLEND_DESC1){
            .BlendEnable = target->is_enabled,
            .SrcBlend = (D3D10_DDI_BLEND)target->source,
            .DestBlend = (D3D10_DDI_BLEND)target->dest,
            .BlendOp = (D3D10_DDI_BLEND_OP)target->op,
            .SrcBlendAlpha = (D3D10_DDI_BLEND)target->source_alpha,
            .DestBlendAlpha = (D3D10_DDI_BLEND)target->dest_alpha,
            .BlendOpAlpha = (D3D10_DDI_BLEND_OP)target->op_alpha,
            .RenderTargetWriteMask = (UINT8)target->write_mask,
        };
    }
    return px_ddi_wrap(ddi, d3d_create_blend_state(ddi->device, &converted));
}

static D3D10_DDI_DEPTH_STENCILOP_DESC stencil_face(const struct px_stencil_face *face)
{
    return (D3D10_DDI_DEPTH_STENCILOP_DESC){
        .StencilFailOp = (D3D10_DDI_STENCIL_OP)face->fail,
        .StencilDepthFailOp = (D3D10_DDI_STENCIL_OP)face->depth_fail,
        .StencilPassOp = (D3D10_DDI_STENCIL_OP)face->pass,
        .StencilFunc = (D3D10_DDI_COMPARISON_FUNC)face->func,
    };
}

static struct px_object *create_depth_stencil(void *device, const struct px_depth_stencil *desc)
{
    struct px_ddi *ddi = device;
    const D3D10_DDI_DEPTH_STENCIL_DESC converted = {
        .DepthEnable = desc->depth_enable,
        .DepthWriteMask = (D3D10_DDI_DEPTH_WRITE_MASK)desc->depth_write,
        .DepthFunc = (D3D10_DDI_COMPARISON_FUNC)desc->depth_func,
        .StencilEnable = desc->stencil_enable,
        .FrontEnable = desc->stencil_enable,
        .BackEnable = desc->stencil_enable,
        .StencilReadMask = (UINT8)desc->read_mask,
        .StencilWriteMask = (UINT8)desc->write_mask,
        .FrontFace = stencil_face(&desc->front),
        .BackFace = stencil_face(&desc->back),
    };

    return px_ddi_wrap(ddi, d3d_create_depth_stencil_state(ddi->device, &converted));
}

static struct px_object *create_rasterizer(void *device, const struct px_rasterizer *desc)
{
    struct px_ddi *ddi = device;
    const D3D10_DDI_RASTERIZER_DESC converted = {
        .FillMode = (D3D10_DDI_FILL_MODE)desc->fill,
        .CullMode = (D3D10_DDI_CULL_MODE)desc->cull,
        .FrontCounterClockwise = desc->front_ccw,
        .DepthBias = desc->depth_bias,
        .DepthBiasClamp = desc->depth_bias_clamp,
        .SlopeScaledDepthBias = desc->slope_bias,
        .DepthClipEnable = desc->depth_clip,
        .ScissorEnable = desc->scissor,
    };

    return px_ddi_wrap(ddi, d3d_create_rasterizer_state(ddi->device, &converted));
}

static struct px_object *create_sampler(void *device, const struct px_sampler *desc)
{
    struct px_ddi *ddi = device;
    D3D10_DDI_SAMPLER_DESC converted = {
        .Filter = (D3D10_DDI_FILTER)desc->filter,
        .AddressU = (D3D10_DDI_TEXTURE_ADDRESS_MODE)desc->address[0],
        .AddressV = (D3D10_DDI_TEXTURE_ADDRESS_MODE)desc->address[1],
        .AddressW = (D3D10_DDI_TEXTURE_ADDRESS_MODE)desc->address[2],
        .MipLODBias = desc->mip_bias,
        .MaxAnisotropy = desc->anisotropy,
        .ComparisonFunc = (D3D10_DDI_COMPARISON_FUNC)desc->func,
        .MinLOD = desc->min_lod,
        .MaxLOD = desc->max_lod,
    };

    memcpy(converted.BorderColor, desc->border, sizeof(converted.BorderColor));
    return px_ddi_wrap(ddi, d3d_create_sampler(ddi->device, &converted));
}

static struct px_object *create_query(void *device, enum px_query kind)
{
    static const struct {
        D3D10DDI_QUERY query;
        UINT misc;
    } kinds[] = {
        [PX_QUERY_EVENT] = { D3D10DDI_QUERY_EVENT, 0 },
        [PX_QUERY_OCCLUSION] = { D3D10DDI_QUERY_OCCLUSION, 0 },
        [PX_QUERY_OCCLUSION_PREDICATE] = { D3D10DDI_QUERY_OCCLUSIONPREDICATE, 0 },
    };
    struct px_ddi *ddi = device;
    struct px_object *object =
        px_ddi_wrap(ddi, d3d_create_query(ddi->device, kinds[kind].query, kinds[kind].misc));

    if (object != NULL)
        object->query = kind;
    return object;
}

/* ---- Binding ---- */

static bool set_shader(void *device, enum px_stage stage, struct px_object *shader)
{
    struct px_ddi *ddi = device;

    d3d_set_shader(ddi->device, stages[stage], rt_of(shader));
    return px_ddi_is_good(ddi);
}

static bool set_constant_buffer(void *device, enum px_stage stage, uint32_t slot,
                                struct px_object *buffer)
{
    struct px_ddi *ddi = device;
    struct rt_object *rt = rt_of(buffer);

    d3d_set_constant_buffers(ddi->device, stages[stage], slot, 1, &rt);
    return px_ddi_is_good(ddi);
}

static bool set_srv(void *device, enum px_stage stage, uint32_t slot, struct px_object *view)
{
    struct px_ddi *ddi = device;
    struct rt_object *rt = rt_of(view);

    d3d_set_shader_resources(ddi->device, stages[stage], slot, 1, &rt);
    return px_ddi_is_good(ddi);
}

static bool set_sampler(void *device, enum px_stage stage, uint32_t slot, struct px_object *sampler)
{
    struct px_ddi *ddi = device;
    struct rt_object *rt = rt_of(sampler);

    d3d_set_samplers(ddi->device, stages[stage], slot, 1, &rt);
    return px_ddi_is_good(ddi);
}

static bool set_uav(void *device, uint32_t slot, struct px_object *view)
{
    struct px_ddi *ddi = device;
    struct rt_object *rt = rt_of(view);

    d3d_set_unordered_access(ddi->device, slot, 1, &rt, NULL);
    return px_ddi_is_good(ddi);
}

static bool set_layout(void *device, struct px_object *layout)
{
    struct px_ddi *ddi = device;

    d3d_set_input_layout(ddi->device, rt_of(layout));
    return px_ddi_is_good(ddi);
}

static bool set_vertex_buffer(void *device, uint32_t slot, struct px_object *buffer,
                              uint32_t stride_bytes, uint32_t offset_bytes)
{
    struct px_ddi *ddi = device;

    d3d_set_vertex_buffer(ddi->device, slot, rt_of(buffer), stride_bytes, offset_bytes);
    return px_ddi_is_good(ddi);
}

static bool set_index_buffer(void *device, struct px_object *buffer, uint32_t format,
                             uint32_t offset_bytes)
{
    struct px_ddi *ddi = device;

    d3d_set_index_buffer(ddi->device, rt_of(buffer), (DXGI_FORMAT)format, offset_bytes);
    return px_ddi_is_good(ddi);
}

static bool set_targets(void *device, uint32_t count, struct px_object *const *rtvs,
                        struct px_object *dsv)
{
    struct px_ddi *ddi = device;
    struct rt_object *views[PX_TARGETS_MAX] = { NULL };

    for (uint32_t i = 0; i < count; i++)
        views[i] = rt_of(rtvs[i]);
    d3d_set_render_targets(ddi->device, count, views, rt_of(dsv));
    return px_ddi_is_good(ddi);
}

static bool set_viewport(void *device, const float viewport[6])
{
    struct px_ddi *ddi = device;
    const D3D10_DDI_VIEWPORT converted = { viewport[0], viewport[1], viewport[2],
                                           viewport[3], viewport[4], viewport[5] };

    RT_CALL(ddi->device, f11, pfnSetViewports, 1, 0, rt_lend(&converted, sizeof(converted)));
    return px_ddi_is_good(ddi);
}

static bool set_scissor(void *device, const int32_t rect[4])
{
    struct px_ddi *ddi = device;

    d3d_set_scissor(ddi->device, rect[0], rect[1], rect[2], rect[3]);
    return px_ddi_is_good(ddi);
}

static bool set_blend(void *device, struct px_object *state, const float factor[4],
                      uint32_t sample_mask)
{
    struct px_ddi *ddi = device;

    d3d_set_blend_state(ddi->device, rt_of(state), factor, sample_mask);
    return px_ddi_is_good(ddi);
}

static bool set_depth_stencil(void *device, struct px_object *state, uint32_t stencil_ref)
{
    struct px_ddi *ddi = device;

    d3d_set_depth_stencil_state(ddi->device, rt_of(state), stencil_ref);
    return px_ddi_is_good(ddi);
}

static bool set_rasterizer(void *device, struct px_object *state)
{
    struct px_ddi *ddi = device;

    d3d_set_rasterizer_state(ddi->device, rt_of(state));
    return px_ddi_is_good(ddi);
}

/* ---- Work ---- */

static bool draw(void *device, const struct px_draw *draw)
{
    struct px_ddi *ddi = device;
    const bool is_instanced = draw->instances != 1 || draw->first_instance != 0;

    d3d_set_topology(ddi->device, (D3D10_DDI_PRIMITIVE_TOPOLOGY)draw->topology);
    if (draw->is_indexed && is_instanced)
        d3d_draw_indexed_instanced(ddi->device, draw->count, draw->instances, draw->first,
                                   draw->base_vertex, draw->first_instance);
    else if (draw->is_indexed)
        d3d_draw_indexed(ddi->device, draw->count, draw->first, draw->base_vertex);
    else if (is_instanced)
        d3d_draw_instanced(ddi->device, draw->count, draw->instances, draw->first,
                           draw->first_instance);
    else
        d3d_draw(ddi->device, draw->count, draw->first);
    return px_ddi_is_good(ddi);
}

static bool dispatch(void *device, const uint32_t groups[3])
{
    struct px_ddi *ddi = device;

    d3d_dispatch(ddi->device, groups[0], groups[1], groups[2]);
    return px_ddi_is_good(ddi);
}

static bool clear_target(void *device, struct px_object *rtv, const float color[4])
{
    struct px_ddi *ddi = device;

    d3d_clear_target(ddi->device, rtv->rt, color[0], color[1], color[2], color[3]);
    return px_ddi_is_good(ddi);
}

static bool clear_depth_stencil(void *device, struct px_object *dsv, uint32_t flags, float depth,
                                uint8_t stencil)
{
    struct px_ddi *ddi = device;

    d3d_clear_depth_stencil(ddi->device, dsv->rt, flags, depth, stencil);
    return px_ddi_is_good(ddi);
}

static const D3D10_DDI_BOX *convert_box(const struct px_box *box, D3D10_DDI_BOX *converted)
{
    if (box == NULL)
        return NULL;
    *converted = (D3D10_DDI_BOX){
        .left = (LONG)box->left,
        .top = (LONG)box->top,
        .front = 0,
        .right = (LONG)box->right,
        .bottom = (LONG)box->bottom,
        .back = 1,
    };
    return converted;
}

static bool update(void *device, struct px_object *resource, uint32_t subresource,
                   const struct px_box *box, const struct px_data *data)
{
    struct px_ddi *ddi = device;
    D3D10_DDI_BOX converted;

    d3d_update(resource->rt, subresource, convert_box(box, &converted), data->bytes,
               data->row_pitch_bytes, 0);
    return px_ddi_is_good(ddi);
}

static bool map_write(void *device, struct px_object *resource, uint32_t subresource,
                      enum px_map map, uint32_t offset_bytes, const void *bytes,
                      uint32_t size_bytes, uint32_t row_bytes)
{
    static const D3D10_DDI_MAP maps[] = {
        [PX_MAP_DISCARD] = D3D10_DDI_MAP_WRITE_DISCARD,
        [PX_MAP_NO_OVERWRITE] = D3D10_DDI_MAP_WRITE_NOOVERWRITE,
        [PX_MAP_WRITE] = D3D10_DDI_MAP_WRITE,
    };
    struct px_ddi *ddi = device;
    const uint32_t step = row_bytes ? row_bytes : size_bytes;
    UINT pitch = 0;
    uint8_t *mapped = d3d_map(resource->rt, subresource, maps[map], 0, &pitch, NULL);

    if (mapped == NULL)
        return false;
    for (uint32_t done = 0, row = 0; done < size_bytes; done += step, row++)
        memcpy(mapped + offset_bytes + (size_t)row * pitch, (const uint8_t *)bytes + done, step);
    d3d_unmap(resource->rt, subresource);
    return px_ddi_is_good(ddi);
}

static bool copy(void *device, struct px_object *target, struct px_object *source)
{
    d3d_copy(target->rt, source->rt);
    return px_ddi_is_good(device);
}

static bool copy_region(void *device, struct px_object *target, uint32_t target_subresource,
                        uint32_t x, uint32_t y, struct px_object *source,
                        uint32_t source_subresource, const struct px_box *box)
{
    D3D10_DDI_BOX converted;

    if (box != NULL && source->is_buffer) {
        const struct px_box bytes = { box->left, 0, box->right, 1 };

        convert_box(&bytes, &converted);
    } else {
        convert_box(box, &converted);
    }
    d3d_copy_region(target->rt, target_subresource, x, y, 0, source->rt, source_subresource,
                    box != NULL ? &converted : NULL);
    return px_ddi_is_good(device);
}

static bool generate_mips(void *device, struct px_object *srv)
{
    d3d_generate_mips(srv->rt);
    return px_ddi_is_good(device);
}

/* ---- Queries ---- */

static bool begin(void *device, struct px_object *query)
{
    d3d_begin(query->rt);
    return px_ddi_is_good(device);
}

static bool end(void *device, struct px_object *query)
{
    d3d_end(query->rt);
    return px_ddi_is_good(device);
}

static bool result(void *device, struct px_object *query, uint64_t *value)
{
    const UINT size_bytes = query->query == PX_QUERY_OCCLUSION ? 8 : 4;

    (void)device;
    *value = 0;
    return d3d_get_data(query->rt, value, size_bytes, 0) == S_OK;
}

static bool set_predicate(void *device, struct px_object *query, bool value)
{
    struct px_ddi *ddi = device;

    d3d_set_predication(ddi->device, rt_of(query), value);
    return px_ddi_is_good(ddi);
}

/* ---- DXGI ---- */

static bool present(void *device, struct px_object *texture)
{
    (void)device;
    return d3d_present(texture->rt, NULL, false, DXGI_DDI_FLIP_INTERVAL_IMMEDIATE) == S_OK;
}

/* The identities go one place to the front; what stands in the host's memory goes with them. */
static bool rotate(void *device, struct px_object *const *textures, uint32_t count)
{
    struct px_ddi *ddi = device;
    struct rt_object *resources[PX_TARGETS_MAX] = { NULL };
    uint32_t first = 0;

    for (uint32_t i = 0; i < count; i++)
        resources[i] = textures[i]->rt;
    if (d3d_rotate(ddi->device, resources, count) != S_OK)
        return false;
    first = textures[0]->handle;
    for (uint32_t i = 0; i + 1 < count; i++)
        textures[i]->handle = textures[i + 1]->handle;
    textures[count - 1]->handle = first;
    return true;
}

static bool flush(void *device)
{
    struct px_ddi *ddi = device;

    d3d_flush(ddi->device);
    return px_ddi_is_good(ddi);
}

const struct px_backend px_ddi_backend = {
    .error = error,
    .create_buffer = create_buffer,
    .create_texture = create_texture,
    .create_srv = create_srv,
    .create_rtv = create_rtv,
    .create_dsv = create_dsv,
    .create_uav = create_uav,
    .create_shader = create_shader,
    .create_layout = create_layout,
    .create_blend = create_blend,
    .create_depth_stencil = create_depth_stencil,
    .create_rasterizer = create_rasterizer,
    .create_sampler = create_sampler,
    .create_query = create_query,
    .set_shader = set_shader,
    .set_constant_buffer = set_constant_buffer,
    .set_srv = set_srv,
    .set_sampler = set_sampler,
    .set_uav = set_uav,
    .set_layout = set_layout,
    .set_vertex_buffer = set_vertex_buffer,
    .set_index_buffer = set_index_buffer,
    .set_targets = set_targets,
    .set_viewport = set_viewport,
    .set_scissor = set_scissor,
    .set_blend = set_blend,
    .set_depth_stencil = set_depth_stencil,
    .set_rasterizer = set_rasterizer,
    .draw = draw,
    .dispatch = dispatch,
    .clear_target = clear_target,
    .clear_depth_stencil = clear_depth_stencil,
    .update = update,
    .map_write = map_write,
    .copy = copy,
    .copy_region = copy_region,
    .generate_mips = generate_mips,
    .begin = begin,
    .end = end,
    .result = result,
    .set_predicate = set_predicate,
    .present = present,
    .rotate = rotate,
    .flush = flush,
    .read_texture = px_ddi_read_texture,
    .read_buffer = px_ddi_read_buffer,
    .read_presented = px_ddi_read_presented,
    .read_staging = px_ddi_read_staging,
};
