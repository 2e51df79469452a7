/* What shaders read: constant buffers, textures, samplers (driver semantics 14.3-14.5). */

#include "core/sampler.h"
#include "ddi/edge.h"

/* How many of count entries from start lie inside a table; hints beyond it are ignored. */
static UINT clip(UINT start, UINT count, UINT slots)
{
    if (start >= slots)
        return 0;
    return count < slots - start ? count : slots - start;
}

static void set_constant_buffers(D3D10DDI_HDEVICE h, enum stage stage, UINT start, UINT count,
                                 const D3D10DDI_HRESOURCE *h_buffers)
{
    struct state *state = &ddi_core_of(h)->state;

    count = h_buffers ? clip(start, count, STATE_CONSTANT_BUFFERS) : 0;
    for (UINT i = 0; i < count; i++)
        state_set_constant_buffer(state, stage, start + i, ddi_resource(h_buffers[i]));
}

static void set_shader_resources(D3D10DDI_HDEVICE h, enum stage stage, UINT start, UINT count,
                                 const D3D10DDI_HSHADERRESOURCEVIEW *h_views)
{
    struct state *state = &ddi_core_of(h)->state;

    count = h_views ? clip(start, count, STATE_SHADER_RESOURCES) : 0;
    for (UINT i = 0; i < count; i++)
        state_set_shader_resource(state, stage, start + i, ddi_shader_view(h_views[i]));
}

static void set_samplers(D3D10DDI_HDEVICE h, enum stage stage, UINT start, UINT count,
                         const D3D10DDI_HSAMPLER *h_samplers)
{
    struct state *state = &ddi_core_of(h)->state;

    count = h_samplers ? clip(start, count, STATE_SAMPLERS) : 0;
    for (UINT i = 0; i < count; i++)
        state_set_sampler(state, stage, start + i, ddi_sampler(h_samplers[i]));
}

/* The three entry points of a stage. */
#define STAGE_BINDINGS(prefix, stage)                                                              \
    void APIENTRY ddi_##prefix##_set_constant_buffers(D3D10DDI_HDEVICE h, UINT start, UINT count,  \
                                                      const D3D10DDI_HRESOURCE *h_buffers)         \
    {                                                                                              \
        set_constant_buffers(h, stage, start, count, h_buffers);                                   \
    }                                                                                              \
    void APIENTRY ddi_##prefix##_set_shader_resources(D3D10DDI_HDEVICE h, UINT start, UINT count,  \
                                                      const D3D10DDI_HSHADERRESOURCEVIEW *h_views) \
    {                                                                                              \
        set_shader_resources(h, stage, start, count, h_views);                                     \
    }                                                                                              \
    void APIENTRY ddi_##prefix##_set_samplers(D3D10DDI_HDEVICE h, UINT start, UINT count,          \
                                              const D3D10DDI_HSAMPLER *h_samplers)                 \
    {                                                                                              \
        set_samplers(h, stage, start, count, h_samplers);                                          \
    }

STAGE_BINDINGS(vs, STAGE_VERTEX)
STAGE_BINDINGS(ps, STAGE_PIXEL)
STAGE_BINDINGS(gs, STAGE_GEOMETRY)

SIZE_T APIENTRY ddi_calc_private_sampler_size(D3D10DDI_HDEVICE h,
                                              const D3D10_DDI_SAMPLER_DESC *desc)
{
    (void)h;
    (void)desc;
    return sizeof(struct sampler);
}

/* Fields of a filter are compared as unsigned: one of them is the sign bit (DDI facts 5). */
static struct sampler_desc describe_sampler(const D3D10_DDI_SAMPLER_DESC *from)
{
    enum { LAST_MIP = 14 };
    const UINT filter = (UINT)from->Filter;

    return (struct sampler_desc){
        .is_min_linear = filter >> D3D10_DDI_MIN_FILTER_SHIFT & D3D10_DDI_FILTER_TYPE_MASK,
        .is_mag_linear = filter >> D3D10_DDI_MAG_FILTER_SHIFT & D3D10_DDI_FILTER_TYPE_MASK,
        .is_mip_linear = filter >> D3D10_DDI_MIP_FILTER_SHIFT & D3D10_DDI_FILTER_TYPE_MASK,
        .is_anisotropic = filter & D3D10_DDI_ANISOTROPIC_FILTERING_BIT,
        .is_comparison = filter & D3D10_DDI_COMPARISON_FILTERING_BIT,
        .is_text = filter & D3D10_DDI_TEXT_1BIT_BIT,
        .address = { (uint32_t)from->AddressU, (uint32_t)from->AddressV, (uint32_t)from->AddressW },
        .has_lod_limits =
            from->MipLODBias != 0.0f || from->MinLOD > 0.0f || from->MaxLOD < (FLOAT)LAST_MIP,
    };
}

void APIENTRY ddi_create_sampler(D3D10DDI_HDEVICE h, const D3D10_DDI_SAMPLER_DESC *from,
                                 D3D10DDI_HSAMPLER h_sampler, D3D10DDI_HRTSAMPLER h_rt_sampler)
{
    struct sampler_desc desc;

    (void)h_rt_sampler;
    if (!from) {
        ddi_refuse_create(h, SLOT_pfnCreateSampler, h_sampler.pDrvPrivate, sizeof(struct sampler));
        return;
    }
    desc = describe_sampler(from);
    ddi_report(h, SLOT_pfnCreateSampler,
               sampler_init(ddi_core_of(h), h_sampler.pDrvPrivate, &desc));
}

void APIENTRY ddi_destroy_sampler(D3D10DDI_HDEVICE h, D3D10DDI_HSAMPLER h_sampler)
{
    struct sampler *sampler = ddi_sampler(h_sampler);

    if (sampler)
        sampler_finish(ddi_core_of(h), sampler);
}
